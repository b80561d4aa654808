// SPDX-License-Identifier: Apache-2.0
#include "invitations/template_linter.hpp"

#include "invitations/html_reader.hpp"
#include "invitations/invitation_mail.hpp"
#include "invitations/linting.hpp"
#include "invitations/mail_texts.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <random>

using namespace ppo;

class TemplateLinterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TemplateLinterTest);
    CPPUNIT_TEST(finds_nothing_in_good_texts);
    CPPUNIT_TEST(finds_nothing_in_the_texts_of_the_plugin);
    CPPUNIT_TEST(empty_parts_are_found);
    CPPUNIT_TEST(parts_that_are_too_long_are_found);
    CPPUNIT_TEST(bytes_that_are_no_utf8_are_found);
    CPPUNIT_TEST(control_characters_are_found);
    CPPUNIT_TEST(long_lines_are_found);
    CPPUNIT_TEST(unknown_variables_are_found);
    CPPUNIT_TEST(unclosed_variables_are_found);
    CPPUNIT_TEST(subject_of_several_lines_is_found);
    CPPUNIT_TEST(patient_data_in_a_subject_is_found);
    CPPUNIT_TEST(subject_may_name_the_practice);
    CPPUNIT_TEST(missing_link_is_found);
    CPPUNIT_TEST(second_link_is_found);
    CPPUNIT_TEST(link_that_something_sticks_to_is_found);
    CPPUNIT_TEST(other_addresses_are_found);
    CPPUNIT_TEST(missing_expiry_is_found);
    CPPUNIT_TEST(link_or_expiry_beside_the_username_is_found);
    CPPUNIT_TEST(findings_come_part_by_part_and_line_by_line);
    CPPUNIT_TEST(sentences_quote_what_is_meant);
    CPPUNIT_TEST(findings_have_an_end);
    CPPUNIT_TEST(whatever_is_accepted_has_one_link_for_every_patient);
    CPPUNIT_TEST_SUITE_END();

    static void assert_found(const std::string& expected, const std::string& found) {
        CPPUNIT_ASSERT_EQUAL(expected, found);
    }

    void finds_nothing_in_good_texts() { assert_found("", found_in(good_texts())); }

    void finds_nothing_in_the_texts_of_the_plugin() {
        for (const auto kind :
             {TemplateKind::FirstSetUp, TemplateKind::NewPassword, TemplateKind::Reminder})
            for (const auto* language : {"en", "es"})
                assert_found("", found_in(own_template(kind, language)));
    }

    void empty_parts_are_found() {
        assert_found("subject:1 empty\ntext:1 empty\nhtml:1 empty\n", found_in({}));
    }

    void parts_that_are_too_long_are_found() {
        assert_found("", found_in_subject(std::string(200, 's')));
        assert_found("subject:1 too_long\n", found_in_subject(std::string(201, 's')));
        auto text = good_texts().text;
        while (text.size() + 80 < 20'480) text += std::string(79, 'x') + "\n";
        text += std::string(20'480 - text.size(), 'x');
        assert_found("", found_in_text(text));
        assert_found("text:1 too_long\n", found_in_text(text + "x"));
        assert_found("html:1 too_long\n", found_in_html(text + "x"));
    }

    void bytes_that_are_no_utf8_are_found() {
        assert_found("subject:1 not_utf8\n", found_in_subject("caf\xE9"));
        assert_found("text:2 not_utf8\n", found_in_text("a\n\xC3(\n"));
        assert_found("html:1 not_utf8\n", found_in_html("\xED\xA0\x80"));
    }

    void control_characters_are_found() {
        assert_found("subject:1 control_character\n", found_in_subject("a\tb\x07"));
        assert_found("text:4 control_character\n", found_in_text(good_texts().text + "a\r\n"));
        assert_found("text:5 control_character\n", found_in_text(good_texts().text + "\n\x7F"));
        assert_found("text:4 control_character\n", found_in_text(good_texts().text + "\xC2\x85"));
        assert_found("html:4 control_character\n", found_behind_html("\x1B"));
        assert_found("", found_in_text(good_texts().text + "\t\xC2\xA0 é"));
    }

    void long_lines_are_found() {
        assert_found("", found_in_text(good_texts().text + std::string(998, 'x') + "\ny"));
        assert_found("text:4 long_line\n",
                     found_in_text(good_texts().text + std::string(999, 'x') + "\ny"));
        assert_found("html:4 long_line\n", found_behind_html(std::string(999, 'x')));
    }

    void unknown_variables_are_found() {
        assert_found("text:4 unknown_variable\n",
                     found_in_text(good_texts().text + "[[birth_date]]"));
        assert_found("html:4 unknown_variable\n", found_behind_html("[[ first_name ]]"));
        assert_found("subject:1 unknown_variable\n", found_in_subject("[[]]"));
        assert_found("text:4 unknown_variable\n", found_in_text(good_texts().text + "[[Link]]"));
    }

    void unclosed_variables_are_found() {
        assert_found("text:4 unclosed_variable\n",
                     found_in_text(good_texts().text + "[[username\n]]"));
        assert_found("html:4 unclosed_variable\n", found_behind_html("[[username]"));
        assert_found("subject:1 unclosed_variable\n", found_in_subject("a [["));
    }

    void subject_of_several_lines_is_found() {
        assert_found("subject:1 several_lines\n", found_in_subject("a\nBcc: b"));
    }

    void patient_data_in_a_subject_is_found() {
        for (const auto* name : {"first_name", "username", "link", "expires"})
            assert_found("subject:1 variable_in_subject\n",
                         found_in_subject("For [[" + std::string{name} + "]]"));
    }

    void subject_may_name_the_practice() {
        assert_found("", found_in_subject("[[practice_name]], [[practice_phone]]"));
    }

    void missing_link_is_found() {
        assert_found("text:1 no_link\n", found_in_text("until [[expires]]"));
        assert_found("html:1 no_link\n", found_in_html("<p>[[link]] until [[expires]]</p>"));
    }

    void second_link_is_found() {
        assert_found("text:5 two_links\ntext:6 two_links\n",
                     found_in_text(good_texts().text + "\n[[link]]\n[[link]]"));
        assert_found("html:5 two_links\n", found_behind_html("\n<a href='[[link]]'>again</a>"));
        assert_found("", found_behind_html("or copy [[link]]\n"));
    }

    void link_that_something_sticks_to_is_found() {
        for (const auto* glued : {"x[[link]]", "[[link]]x", "[[link]]/", "/[[link]]", "é[[link]]",
                                  "[[link]][[practice_phone]]", "[[link]]?"})
            assert_found("text:2 glued_link\n",
                         found_in_text("until [[expires]]\n" + std::string{glued}));
        for (const auto* apart :
             {"([[link]])", "[[link]].", "Here: [[link]], please", "<[[link]]>"})
            assert_found("", found_in_text("until [[expires]]\n" + std::string{apart}));
    }

    void other_addresses_are_found() {
        for (const auto* address : {"https://elm.example", "see WWW.elm.example", "ftp://x"})
            assert_found("text:4 other_link\n",
                         found_in_text(good_texts().text + std::string{address}));
        assert_found("html:4 other_link\n", found_behind_html("http&#58;//elm.example"));
    }

    void missing_expiry_is_found() {
        assert_found("text:1 no_expiry\n", found_in_text("a\n[[link]]"));
        assert_found("html:1 no_expiry\n", found_in_html("<a href=\"[[link]]\">x</a>"));
    }

    void link_or_expiry_beside_the_username_is_found() {
        assert_found("text:2 username_line\n", found_in_text("[[expires]]\n[[username]] [[link]]"));
        assert_found("text:1 username_line\n", found_in_text("[[expires]] [[username]]\n[[link]]"));
        assert_found("html:1 username_line\n",
                     found_in_html("<p>[[username]] [[expires]]</p>\n<a href=\"[[link]]\">x</a>"));
        assert_found("", found_in_text("[[username]]\n[[expires]]\n[[link]]"));
    }

    void findings_come_part_by_part_and_line_by_line() {
        assert_found(
            "subject:1 unknown_variable\ntext:1 no_expiry\ntext:2 unknown_variable\n"
            "html:1 no_link\nhtml:1 no_expiry\nhtml:2 unclosed_variable\n",
            found_in({"[[x]]", "[[link]]\n[[y]]", "a\n[["}));
    }

    void sentences_quote_what_is_meant() {
        auto texts = good_texts();
        texts.text += "[[birth_date]]";
        CPPUNIT_ASSERT(lint_template(texts).at(0).sentence.starts_with(
            "There is no variable \"birth_date\"."));
        texts.text = good_texts().text + "[[" + std::string(39, 'x') + "\xC3\xA9]]";
        CPPUNIT_ASSERT(lint_template(texts).at(0).sentence.find('\xC3') == std::string::npos);
    }

    void findings_have_an_end() {
        auto texts = good_texts();
        texts.html = std::string(20'000, '<');
        CPPUNIT_ASSERT(lint_template(texts).size() < 100);
    }

    void whatever_is_accepted_has_one_link_for_every_patient();
};
CPPUNIT_TEST_SUITE_REGISTRATION(TemplateLinterTest);

namespace {
const std::string url = "https://portal.example/link/" + std::string(43, 'k');

int count(const std::string& text, const std::string& part) {
    int found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

/// How often one can be clicked that leads to the portal.
int links_in(const std::string& html) {
    int links = 0;
    for (const auto& token : read_html(html))
        for (const auto& attribute : token.attributes)
            if (token.name == "a" && attribute.name == "href" && attribute.value == url) ++links;
    return links;
}

/// Pieces that a text may be broken with.
const std::vector<std::string> pieces{"[[link]]",
                                      "[[expires]]",
                                      "[[username]]",
                                      "[[first_name]]",
                                      "[[",
                                      "]]",
                                      "\n",
                                      "\r\n",
                                      "<",
                                      ">",
                                      "\"",
                                      "'",
                                      "=",
                                      "/",
                                      "<a href=\"[[link]]\">",
                                      "</a>",
                                      "<p>",
                                      "</p>",
                                      "<td ",
                                      "<!--",
                                      "-->",
                                      "<img src=x>",
                                      "href=\"https://evil.example\"",
                                      "<a href=[[link]]>",
                                      "<title>",
                                      "</title>",
                                      "<style>",
                                      "</style>",
                                      "style=\"x:[[first_name]]\"",
                                      "&#106;",
                                      "&lt;",
                                      "://",
                                      "www.",
                                      "\xC3",
                                      "é",
                                      "\x01",
                                      "<a title=\"[[first_name]]\">",
                                      "<br>",
                                      " ",
                                      "x"};

/// The texts with a few random cuts, doublings and pieces put in.
std::string broken(std::string text, std::mt19937& random) {
    const auto any = [&](std::size_t below) { return random() % std::max<std::size_t>(below, 1); };
    for (auto changes = 1 + any(4); changes > 0; --changes) {
        const auto at = any(text.size() + 1);
        switch (any(3)) {
        case 0: text.erase(at, any(12)); break;
        case 1: text.insert(at, text.substr(any(text.size()), any(30))); break;
        default: text.insert(at, pieces[any(pieces.size())]); break;
        }
    }
    return text;
}

LinkWords hostile(std::size_t which) {
    static const std::vector<std::string> names{"<a href=\"https://evil.example\">Anna</a>",
                                                "[[link]]",
                                                "\r\nBcc: x\r\n\r\nhttps://x",
                                                "\"><script src=//x></script>",
                                                "' onmouseover='x",
                                                "</p></a><a href='[[link]]'>",
                                                "&#60;a",
                                                "[[first_name",
                                                "]]",
                                                "-->",
                                                "</title>",
                                                "anna@evil.example"};
    LinkWords link;
    link.first_name = names[which % names.size()];
    if (which % 2 == 0) link.username = names[(which / 2) % names.size()];
    if (link.username.find("//") != std::string::npos) link.username = "[[link]]";
    link.url = url;
    link.expires_at = from_milliseconds(1'796'157'000'000);
    return link;
}
}  // namespace

void TemplateLinterTest::whatever_is_accepted_has_one_link_for_every_patient() {
    const PracticeWords practice{
        .name = "Elm", .phone = "(555) 010-0199", .language = "en", .time_zone = "UTC"};
    std::mt19937 random{20261122};  // NOLINT: the same texts at every run.
    int accepted = 0;
    for (std::size_t round = 0; round < 6000; ++round) {
        auto texts = round % 3 == 0 ? own_template(TemplateKind::FirstSetUp, "en") : good_texts();
        if (round % 2 == 0) texts.text = broken(std::move(texts.text), random);
        if (round % 2 == 1) texts.html = broken(std::move(texts.html), random);
        if (!lint_template(texts).empty()) continue;
        ++accepted;
        const auto link = hostile(round);
        const auto mail = write_invitation_mail(practice, link, texts, "en");
        const auto told = texts.text + "\n" + texts.html + "\n" + link.first_name;
        CPPUNIT_ASSERT_EQUAL_MESSAGE(told, 1, count(mail.text, url));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(told, 1, count(mail.text, "://"));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(told, 1, links_in(mail.html));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(told, count(mail.html, url), count(mail.html, "://"));
        CPPUNIT_ASSERT_MESSAGE(told, count(mail.html, "<a ") + count(mail.html, "<a\n") ==
                                         count(texts.html, "<a ") + count(texts.html, "<a\n"));
        CPPUNIT_ASSERT_MESSAGE(told, count(mail.html, "<script") == 0);
    }
    CPPUNIT_ASSERT_MESSAGE("too few texts were accepted to say anything", accepted > 500);
}

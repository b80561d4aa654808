// SPDX-License-Identifier: Apache-2.0
#include "invitations/mail_texts.hpp"

#include "invitations/linting.hpp"
#include "store/audit_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class MailTextsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailTextsTest);
    CPPUNIT_TEST(own_texts_name_every_variable);
    CPPUNIT_TEST(own_texts_leave_the_username_out_cleanly);
    CPPUNIT_TEST(own_texts_are_translated);
    CPPUNIT_TEST(link_stands_alone_in_own_texts);
    CPPUNIT_TEST(own_text_is_in_use_until_it_is_replaced);
    CPPUNIT_TEST(text_is_kept_with_plain_line_ends);
    CPPUNIT_TEST(bad_text_is_refused_with_part_line_and_reason);
    CPPUNIT_TEST(refused_text_changes_nothing);
    CPPUNIT_TEST(reset_brings_the_own_text_back);
    CPPUNIT_TEST(changes_are_recorded_and_nothing_else_is);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    static constexpr auto first = TemplateKind::FirstSetUp;

    Result<Done> set(const TemplateTexts& texts) {
        return set_template(store_, first, "en", texts, nurse, noon);
    }
    TemplateInUse in_use(const std::string& language = "en") {
        return store_.ask([&](Connection& c) { return template_in_use(c, first, language); });
    }
    std::vector<AuditEntry> audit() {
        return store_.ask([](Connection& c) { return read_audit(c, 0, "", 100); });
    }
    template <class Check>
    static void each_own(Check check) {
        for (const auto kind :
             {TemplateKind::FirstSetUp, TemplateKind::NewPassword, TemplateKind::Reminder})
            for (const auto* language : {"en", "es"}) check(own_template(kind, language));
    }

    void own_texts_name_every_variable() {
        each_own([](const TemplateTexts& texts) {
            for (const auto name : template_variables()) {
                const auto variable = "[[" + std::string{name} + "]]";
                CPPUNIT_ASSERT_MESSAGE(variable, texts.text.find(variable) != std::string::npos);
                CPPUNIT_ASSERT_MESSAGE(variable, texts.html.find(variable) != std::string::npos);
            }
        });
    }

    void own_texts_leave_the_username_out_cleanly() {
        each_own([](const TemplateTexts& texts) {
            auto without = texts;
            without.text = without_lines_naming("username", texts.text);
            without.html = without_lines_naming("username", texts.html);
            CPPUNIT_ASSERT_EQUAL(std::string{}, found_in(without));
            CPPUNIT_ASSERT(without.text.find("\n\n\n") == std::string::npos);
        });
    }

    void own_texts_are_translated() {
        for (const auto kind : {first, TemplateKind::NewPassword, TemplateKind::Reminder}) {
            const auto& english = own_template(kind, "en");
            const auto& spanish = own_template(kind, "es");
            CPPUNIT_ASSERT(english.subject != spanish.subject && english.text != spanish.text);
            CPPUNIT_ASSERT(spanish.html.find("<html lang=\"es\">") != std::string::npos);
        }
    }

    void link_stands_alone_in_own_texts() {
        each_own([](const TemplateTexts& texts) {
            CPPUNIT_ASSERT(texts.text.find("\n\n[[link]]\n\n") != std::string::npos);
        });
    }

    void own_text_is_in_use_until_it_is_replaced() {
        CPPUNIT_ASSERT(!in_use().replaced);
        CPPUNIT_ASSERT_EQUAL(own_template(first, "en").html, in_use().texts.html);
        CPPUNIT_ASSERT(set(good_texts()));
        CPPUNIT_ASSERT(in_use().replaced);
        CPPUNIT_ASSERT_EQUAL(good_texts().html, in_use().texts.html);
        CPPUNIT_ASSERT(!in_use("es").replaced);
    }

    void text_is_kept_with_plain_line_ends() {
        auto texts = good_texts();
        texts.text = "Hello,\r\n\r\n[[link]]\r\n[[expires]]\n";
        CPPUNIT_ASSERT(set(texts));
        CPPUNIT_ASSERT_EQUAL(std::string{"Hello,\n\n[[link]]\n[[expires]]\n"}, in_use().texts.text);
    }

    void bad_text_is_refused_with_part_line_and_reason() {
        auto texts = good_texts();
        texts.html += "\n<img src=\"x\">";
        const auto refused = set(texts);
        CPPUNIT_ASSERT_EQUAL(Refusal::Template, refusal_of(refused));
        CPPUNIT_ASSERT_EQUAL(
            std::string{"In the part html, line 5: The tag \"img\" shows content from elsewhere. A "
                        "mail must bring all it shows."},
            refused.refusal().advice);
        CPPUNIT_ASSERT_EQUAL(std::string{"html"}, refused.refusal().field);
    }

    void refused_text_changes_nothing() {
        CPPUNIT_ASSERT(set(good_texts()));
        const auto before = store_.bytes();
        CPPUNIT_ASSERT(!set({"s", "t", "h"}));
        CPPUNIT_ASSERT(before == store_.bytes());
    }

    void reset_brings_the_own_text_back() {
        CPPUNIT_ASSERT(set(good_texts()));
        reset_template(store_, first, "en", nurse, noon);
        CPPUNIT_ASSERT(!in_use().replaced);
    }

    void changes_are_recorded_and_nothing_else_is() {
        reset_template(store_, first, "en", nurse, noon);
        CPPUNIT_ASSERT(audit().empty());
        CPPUNIT_ASSERT(set(good_texts()));
        reset_template(store_, first, "en", nurse, noon);
        const auto entries = audit();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, entries.size());
        CPPUNIT_ASSERT_EQUAL(
            std::string{"mail_text_replaced first_set_up en nurse-1"},
            entries.at(0).action + " " + entries.at(0).detail + " " + entries.at(0).actor.id);
        CPPUNIT_ASSERT_EQUAL(std::string{"mail_text_reset first_set_up en"},
                             entries.at(1).action + " " + entries.at(1).detail);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MailTextsTest);

// SPDX-License-Identifier: Apache-2.0
#include "invitations/html_reader.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
/// "text open:td close:td broken", one word a piece.
std::string shape(const std::string& html) {
    std::string words;
    for (const auto& token : read_html(html)) {
        if (!words.empty()) words += ' ';
        switch (token.kind) {
        case HtmlToken::Kind::Text: words += "text"; break;
        case HtmlToken::Kind::Open: words += "open"; break;
        case HtmlToken::Kind::Close: words += "close"; break;
        case HtmlToken::Kind::Doctype: words += "doctype"; break;
        case HtmlToken::Kind::Broken: words += "broken"; break;
        }
        if (!token.name.empty()) words += ":" + token.name;
    }
    return words;
}
}  // namespace

class HtmlReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HtmlReaderTest);
    CPPUNIT_TEST(cuts_text_and_tags_apart);
    CPPUNIT_TEST(pieces_cover_everything_without_a_gap);
    CPPUNIT_TEST(names_come_in_lower_case);
    CPPUNIT_TEST(attributes_come_with_their_values_and_places);
    CPPUNIT_TEST(tags_may_span_lines_and_close_themselves);
    CPPUNIT_TEST(title_and_style_hold_no_tags);
    CPPUNIT_TEST(what_can_be_read_in_two_ways_is_broken);
    CPPUNIT_TEST(references_are_decoded_with_and_without_semicolon);
    CPPUNIT_TEST(what_is_no_reference_stays);
    CPPUNIT_TEST(numbers_beyond_every_character_break_nothing);
    CPPUNIT_TEST_SUITE_END();

    void cuts_text_and_tags_apart() {
        CPPUNIT_ASSERT_EQUAL(std::string{"doctype text open:p text open:b text close:b close:p"},
                             shape("<!DOCTYPE html>\n<p>a > b<b>x</b></p>"));
    }
    void pieces_cover_everything_without_a_gap() {
        for (const std::string html : {"<p>a</p>", "a<b", "<<>><!-- x --><p a=1 a=2>", "<style><a",
                                       "</", "<", "<title>x", "<p a='", "x<p/ >y"}) {
            std::size_t at = 0;
            for (const auto& token : read_html(html)) {
                CPPUNIT_ASSERT_EQUAL_MESSAGE(html, at, token.start);
                CPPUNIT_ASSERT(token.end > token.start);
                at = token.end;
            }
            CPPUNIT_ASSERT_EQUAL_MESSAGE(html, html.size(), at);
        }
    }
    void names_come_in_lower_case() {
        const auto tag = read_html("<TaBle ROLE=None>").at(0);
        CPPUNIT_ASSERT_EQUAL(std::string{"table"}, tag.name);
        CPPUNIT_ASSERT_EQUAL(std::string{"role"}, tag.attributes.at(0).name);
        CPPUNIT_ASSERT(tag.attributes.at(0).value == "None");
    }
    void attributes_come_with_their_values_and_places() {
        const std::string html = "<a href=\"x>y\" title='\"' nowrap width = 5>";
        const auto attributes = read_html(html).at(0).attributes;
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, attributes.size());
        CPPUNIT_ASSERT(attributes.at(0).value == "x>y" && attributes.at(0).is_quoted);
        CPPUNIT_ASSERT(attributes.at(1).value == "\"");
        CPPUNIT_ASSERT(attributes.at(2).value.empty() && !attributes.at(2).is_quoted);
        CPPUNIT_ASSERT(attributes.at(3).value == "5" && !attributes.at(3).is_quoted);
        CPPUNIT_ASSERT_EQUAL(html.find("title"), attributes.at(1).start);
    }
    void tags_may_span_lines_and_close_themselves() {
        CPPUNIT_ASSERT_EQUAL(std::string{"open:a open:br open:br"},
                             shape("<a\n href=\"x\"\n><br/><br />"));
    }
    void title_and_style_hold_no_tags() {
        CPPUNIT_ASSERT_EQUAL(std::string{"open:title text:title close:title open:p"},
                             shape("<title>a <b> c</TITLE><p>"));
        CPPUNIT_ASSERT_EQUAL(std::string{"open:style text:style"}, shape("<style>a <b> </sty"));
    }
    void what_can_be_read_in_two_ways_is_broken() {
        for (const auto* html :
             {"< p>", "<p", "<p a=\"", "<p a=\"x\"b=\"y\">", "<p a=x a=y>", "<p =x>", "<p a=>",
              "<p a=x'y>", "<p/ a>", "</p a=x>", "<!-- x -->", "<!DOCTYPE svg>", "<?xml ?>",
              "<![CDATA[x]]>", "<1>", "<[[link]]>", "<p a=[[link]]>", "<p \xC3\xA9=x>"})
            CPPUNIT_ASSERT_MESSAGE(html, shape(html).starts_with("broken"));
    }
    void references_are_decoded_with_and_without_semicolon() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"javascript:(<&é"},
            decode_references("&#106;&#x61;v&#X61script&colon;&lpar;&lt&amp;&#233;"));
    }
    void what_is_no_reference_stays() {
        for (const std::string text : {"a & b", "&;", "&#;", "&#x;", "&nothing;", "AT&T", "&", ""})
            CPPUNIT_ASSERT_EQUAL(text, decode_references(text));
    }
    void numbers_beyond_every_character_break_nothing() {
        for (const auto* text :
             {"&#0;", "&#xD800;", "&#x110000;", "&#99999999999999999999;", "&#xFFFFFFFFFFFFFFFF;"})
            CPPUNIT_ASSERT_EQUAL(std::string{"\xEF\xBF\xBD"}, decode_references(text));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HtmlReaderTest);

// SPDX-License-Identifier: Apache-2.0
#include "invitations/mail_template.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

using namespace ppo;

class MailTemplateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailTemplateTest);
    CPPUNIT_TEST(puts_values_in);
    CPPUNIT_TEST(html_escapes_values_and_not_itself);
    CPPUNIT_TEST(text_keeps_values_as_they_are);
    CPPUNIT_TEST(values_are_not_read_as_templates);
    CPPUNIT_TEST(line_breaks_in_values_become_blanks);
    CPPUNIT_TEST(unknown_variable_is_found_at_once);
    CPPUNIT_TEST(open_brackets_are_found_at_once);
    CPPUNIT_TEST(missing_value_is_an_error);
    CPPUNIT_TEST(variables_are_found_with_their_places);
    CPPUNIT_TEST(brackets_close_on_their_line_or_not_at_all);
    CPPUNIT_TEST(lines_that_name_a_variable_are_left_out);
    CPPUNIT_TEST(left_out_line_leaves_no_gap);
    CPPUNIT_TEST_SUITE_END();

    void puts_values_in() {
        const MailTemplate greeting{MailPart::Text, "Hello [[name]], bye [[name]]", {"name"}};
        CPPUNIT_ASSERT_EQUAL(std::string{"Hello Anna, bye Anna"},
                             greeting.fill({{"name", "Anna"}}));
    }
    void html_escapes_values_and_not_itself() {
        const MailTemplate bold{MailPart::Html, "<b>[[name]]</b>", {"name"}};
        CPPUNIT_ASSERT_EQUAL(std::string{"<b>&lt;i&gt;&amp;&quot;&#39;</b>"},
                             bold.fill({{"name", "<i>&\"'"}}));
    }
    void text_keeps_values_as_they_are() {
        const MailTemplate plain{MailPart::Text, "[[name]]", {"name"}};
        CPPUNIT_ASSERT_EQUAL(std::string{"<O'Brien & Co>"},
                             plain.fill({{"name", "<O'Brien & Co>"}}));
    }
    void values_are_not_read_as_templates() {
        const MailTemplate plain{MailPart::Text, "[[a]] [[b]]", {"a", "b"}};
        CPPUNIT_ASSERT_EQUAL(std::string{"[[b]] x"}, plain.fill({{"a", "[[b]]"}, {"b", "x"}}));
    }
    void line_breaks_in_values_become_blanks() {
        const MailTemplate plain{MailPart::Text, "[[a]]", {"a"}};
        CPPUNIT_ASSERT_EQUAL(std::string{"x  y"}, plain.fill({{"a", "x\r\ny"}}));
    }
    void unknown_variable_is_found_at_once() {
        CPPUNIT_ASSERT_THROW((MailTemplate{MailPart::Text, "[[nmae]]", {"name"}}),
                             std::logic_error);
    }
    void open_brackets_are_found_at_once() {
        CPPUNIT_ASSERT_THROW((MailTemplate{MailPart::Text, "[[name", {"name"}}), std::logic_error);
    }
    void missing_value_is_an_error() {
        const MailTemplate plain{MailPart::Text, "[[name]]", {"name"}};
        CPPUNIT_ASSERT_THROW((void)plain.fill({}), std::logic_error);
    }
    void variables_are_found_with_their_places() {
        const auto found = variables_in("a [[b]] c[[d]]");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, found.size());
        CPPUNIT_ASSERT(found.at(0).name == "b" && found.at(0).start == 2 && found.at(0).end == 7);
        CPPUNIT_ASSERT(found.at(1).name == "d" && found.at(1).end == 14);
    }
    void brackets_close_on_their_line_or_not_at_all() {
        for (const auto* text : {"[[a\n]]", "[[a [[", "[[", "x[[a]"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !variables_in(text).at(0).is_closed);
            CPPUNIT_ASSERT_THROW((MailTemplate{MailPart::Text, text, {"a"}}), std::logic_error);
        }
        const auto found = variables_in("[[a[[b]]");
        CPPUNIT_ASSERT(!found.at(0).is_closed && found.at(1).name == "b");
        CPPUNIT_ASSERT(variables_in("a]] [b] [c]]").empty());
    }
    void lines_that_name_a_variable_are_left_out() {
        CPPUNIT_ASSERT_EQUAL(std::string{"a\n[[y]]"},
                             without_lines_naming("x", "a\n[[x]] b\n[[y]]"));
        CPPUNIT_ASSERT_EQUAL(std::string{"a\n"}, without_lines_naming("x", "a\nb [[x]]"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, without_lines_naming("x", "[[x]]"));
        CPPUNIT_ASSERT_EQUAL(std::string{"[[xy]] x\n\n\n"},
                             without_lines_naming("x", "[[xy]] x\n\n\n"));
    }
    void left_out_line_leaves_no_gap() {
        CPPUNIT_ASSERT_EQUAL(std::string{"a\n\nb"}, without_lines_naming("x", "a\n\n[[x]]\n\nb"));
        CPPUNIT_ASSERT_EQUAL(std::string{"a\n\nb"}, without_lines_naming("x", "a\n[[x]]\n\nb"));
        CPPUNIT_ASSERT_EQUAL(std::string{"b"}, without_lines_naming("x", "[[x]]\n\nb"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MailTemplateTest);

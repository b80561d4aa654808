// SPDX-License-Identifier: Apache-2.0
#include "invitations/mail_layout.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}
}  // namespace

class MailLayoutTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailLayoutTest);
    CPPUNIT_TEST(both_parts_say_the_same);
    CPPUNIT_TEST(link_stands_alone_on_its_line_in_text);
    CPPUNIT_TEST(practice_name_signs_both_parts);
    CPPUNIT_TEST(tables_are_closed);
    CPPUNIT_TEST(reader_chooses_the_colours_of_text_and_ground);
    CPPUNIT_TEST_SUITE_END();

    static MailWords sample() {
        MailLayout mail{"en", "Elm & Oak"};
        mail.heading(Phrase::LinkOfPerson, {{"first_name", "Anna"}});
        mail.paragraph(Phrase::Greeting, {{"first_name", "Anna"}});
        mail.link(Phrase::ButtonFirstSetUp, "https://portal.example/x");
        return mail.finish(Phrase::SubjectFirstSetUp);
    }
    static int count(const std::string& text, const std::string& part) {
        int found = 0;
        for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
            ++found;
        return found;
    }

    void both_parts_say_the_same() {
        for (const auto* part : {"For Anna", "Hello Anna,", "https://portal.example/x"})
            CPPUNIT_ASSERT_MESSAGE(part, holds(sample().text, part) && holds(sample().html, part));
    }
    void link_stands_alone_on_its_line_in_text() {
        CPPUNIT_ASSERT(holds(sample().text, "\n\nhttps://portal.example/x\n\n"));
    }
    void practice_name_signs_both_parts() {
        CPPUNIT_ASSERT(sample().text.ends_with("\nElm & Oak\n"));
        CPPUNIT_ASSERT(holds(sample().html, "Elm &amp; Oak</td>"));
    }
    void tables_are_closed() {
        for (const std::string tag : {"table", "tr", "td", "a", "span"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(tag,
                                         count(sample().html, "<" + tag + " ") +
                                             count(sample().html, "<" + tag + ">") +
                                             count(sample().html, "<" + tag + "\n"),
                                         count(sample().html, "</" + tag + ">"));
    }
    void reader_chooses_the_colours_of_text_and_ground() {
        CPPUNIT_ASSERT(holds(sample().html, "content=\"light dark\""));
        CPPUNIT_ASSERT_EQUAL(1, count(sample().html, "background-color"));
        CPPUNIT_ASSERT_EQUAL(1, count(sample().html, ";color:"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MailLayoutTest);

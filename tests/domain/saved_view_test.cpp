// SPDX-License-Identifier: Apache-2.0
#include "domain/saved_view.hpp"

#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
std::string times(int count, const std::string& text) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
}
}  // namespace

class SavedViewTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SavedViewTest);
    CPPUNIT_TEST(a_name_loses_the_blanks_around_it_and_keeps_those_inside);
    CPPUNIT_TEST(a_name_has_one_spelling);
    CPPUNIT_TEST(a_name_has_at_most_64_characters_whatever_they_weigh);
    CPPUNIT_TEST(a_name_of_nothing_is_refused);
    CPPUNIT_TEST(what_is_not_seen_is_refused);
    CPPUNIT_TEST(the_refusal_names_the_field);
    CPPUNIT_TEST(letter_case_does_not_tell_names_apart);
    CPPUNIT_TEST_SUITE_END();

public:
    void a_name_loses_the_blanks_around_it_and_keeps_those_inside() {
        CPPUNIT_ASSERT_EQUAL(std::string{"My  recalls"}, *view_name(" \t My  recalls "));
    }

    void a_name_has_one_spelling() {
        CPPUNIT_ASSERT_EQUAL(std::string{"\xC3\xA9t\xC3\xA9"}, *view_name("e\xCC\x81te\xCC\x81"));
    }

    void a_name_has_at_most_64_characters_whatever_they_weigh() {
        CPPUNIT_ASSERT(view_name(times(64, "\xF0\x9F\xA9\xBA")));
        CPPUNIT_ASSERT_EQUAL(Refusal::ViewName, refusal_of(view_name(times(65, "a"))));
    }

    void a_name_of_nothing_is_refused() {
        for (const char* typed : {"", "   ", "\t"})
            CPPUNIT_ASSERT_EQUAL(Refusal::ViewName, refusal_of(view_name(typed)));
    }

    void what_is_not_seen_is_refused() {
        for (const char* typed : {"two\nlines", "bell\x07", "\xE2\x80\xAEturned", "del\x7F"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(typed, Refusal::ViewName, refusal_of(view_name(typed)));
    }

    void the_refusal_names_the_field() {
        CPPUNIT_ASSERT_EQUAL(std::string{"name"}, view_name("").refusal().field);
    }

    void letter_case_does_not_tell_names_apart() {
        CPPUNIT_ASSERT_EQUAL(view_name_key("RECALLS \xC3\x89T\xC3\x89"),
                             view_name_key("recalls \xC3\xA9t\xC3\xA9"));
        CPPUNIT_ASSERT(view_name_key("recalls") != view_name_key("recalls 2"));
        CPPUNIT_ASSERT(view_name_key("ete") != view_name_key("\xC3\xA9t\xC3\xA9"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SavedViewTest);

// SPDX-License-Identifier: Apache-2.0
#include "credentials/password_generator.hpp"

#include "domain/password_rule.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

using namespace ppo;

namespace {
bool is_one_of(char c, std::string_view letters) {
    return letters.find(c) != std::string_view::npos;
}
}  // namespace

class PasswordGeneratorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PasswordGeneratorTest);
    CPPUNIT_TEST(the_rule_accepts_ten_thousand_of_either_kind_in_either_profile);
    CPPUNIT_TEST(never_makes_one_twice);
    CPPUNIT_TEST(makes_three_words_of_three_syllables_and_three_digits);
    CPPUNIT_TEST(uses_every_letter_and_digit);
    CPPUNIT_TEST(keeps_to_words_that_can_be_said_at_a_desk);
    CPPUNIT_TEST(makes_sixteen_random_characters_in_four_groups);
    CPPUNIT_TEST(random_characters_do_not_look_like_one_another);
    CPPUNIT_TEST_SUITE_END();

    void the_rule_accepts_ten_thousand_of_either_kind_in_either_profile() {
        for (const auto profile : {Profile::Standard, Profile::Strict}) {
            const PasswordBounds bounds{{"Maple Grove Family Practice", "Anna", "Müller", "annaw"},
                                        fewest_password_characters(profile)};
            for (int i = 0; i < 10'000; ++i) {
                CPPUNIT_ASSERT(!check_password(generate_password(), bounds).has_value());
                CPPUNIT_ASSERT(!check_password(generate_random_password(), bounds).has_value());
            }
        }
    }

    void never_makes_one_twice() {
        std::set<std::string> made;
        for (int i = 0; i < 1000; ++i) CPPUNIT_ASSERT(made.insert(generate_password()).second);
    }

    void makes_three_words_of_three_syllables_and_three_digits() {
        for (int i = 0; i < 100; ++i) {
            const auto password = generate_password();
            CPPUNIT_ASSERT_EQUAL(std::size_t{24}, password.size());
            for (std::size_t at = 0; at < password.size(); ++at) {
                const auto in_word = at % 7;
                const std::string_view letters = at >= 21       ? "0123456789"
                                                 : in_word == 6 ? "-"
                                                 : in_word % 2  ? "aeiou"
                                                                : "bdfklmnprst";
                CPPUNIT_ASSERT(is_one_of(password[at], letters));
            }
        }
    }

    void uses_every_letter_and_digit() {
        std::set<char> used;
        for (int i = 0; i < 1000; ++i)
            for (const char c : generate_password()) used.insert(c);
        CPPUNIT_ASSERT_EQUAL(std::size_t{11 + 5 + 10 + 1}, used.size());
    }

    void keeps_to_words_that_can_be_said_at_a_desk() {
        for (int i = 0; i < 3000; ++i) {
            const auto password = generate_password();
            for (const char* word : {"tit", "fuk", "kaka", "sida", "tumor"})
                CPPUNIT_ASSERT(password.find(word) == std::string::npos);
        }
    }

    void makes_sixteen_random_characters_in_four_groups() {
        std::set<std::string> made;
        for (int i = 0; i < 1000; ++i) {
            const auto password = generate_random_password();
            CPPUNIT_ASSERT_EQUAL(std::size_t{19}, password.size());
            for (std::size_t at = 0; at < password.size(); ++at)
                CPPUNIT_ASSERT_EQUAL(at % 5 == 4, password[at] == '-');
            CPPUNIT_ASSERT(made.insert(password).second);
        }
    }

    void random_characters_do_not_look_like_one_another() {
        std::set<char> used;
        for (int i = 0; i < 1000; ++i)
            for (const char c : generate_random_password())
                if (c != '-') used.insert(c);
        CPPUNIT_ASSERT_EQUAL(std::size_t{31}, used.size());  // Sixteen of them are 79 bits.
        for (const std::string_view alike : {"0oODQ", "1lIi|", "5sS", "2zZ", "8B", "6bG", "9gq",
                                             "uUvV", "cC", "xX", "kK", "pP", "wW", "jJ"})
            CPPUNIT_ASSERT_MESSAGE(std::string{alike},
                                   std::count_if(used.begin(), used.end(), [alike](char c) {
                                       return is_one_of(c, alike);
                                   }) <= 1);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PasswordGeneratorTest);

// SPDX-License-Identifier: Apache-2.0
#include "domain/password_shape.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace ppo;

class PasswordShapeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PasswordShapeTest);
    CPPUNIT_TEST(takes_what_is_repeated_once);
    CPPUNIT_TEST(leaves_text_that_is_not_wholly_repeated);
    CPPUNIT_TEST(takes_digits_and_signs_off_the_end);
    CPPUNIT_TEST(keeps_letters_of_any_script_at_the_end);
    CPPUNIT_TEST(finds_rows_of_keys);
    CPPUNIT_TEST(finds_counted_and_repeated_characters);
    CPPUNIT_TEST(takes_no_words_for_rows);
    CPPUNIT_TEST(sees_text_of_known_words_digits_and_signs);
    CPPUNIT_TEST(sees_known_words_behind_digits_and_signs);
    CPPUNIT_TEST(does_not_see_known_words_among_others);
    CPPUNIT_TEST(digits_and_signs_alone_are_made_of_no_word);
    CPPUNIT_TEST_SUITE_END();

    void takes_what_is_repeated_once() {
        CPPUNIT_ASSERT_EQUAL(std::string_view{"summer24"}, without_repetition("summer24summer24"));
        CPPUNIT_ASSERT_EQUAL(std::string_view{"ab"}, without_repetition("abababab"));
        CPPUNIT_ASSERT_EQUAL(std::string_view{"密码"}, without_repetition("密码密码密码"));
    }

    void leaves_text_that_is_not_wholly_repeated() {
        for (const std::string_view text : {"", "a", "summer24summer2", "abcab", "kettle orbit"})
            CPPUNIT_ASSERT_EQUAL(text, without_repetition(text));
    }

    void takes_digits_and_signs_off_the_end() {
        CPPUNIT_ASSERT_EQUAL(std::string_view{"password"}, without_tail("password2024!! "));
        CPPUNIT_ASSERT_EQUAL(std::string_view{"pass1word"}, without_tail("pass1word1"));
        CPPUNIT_ASSERT_EQUAL(std::string_view{}, without_tail("2024-11-25"));
    }

    void keeps_letters_of_any_script_at_the_end() {
        CPPUNIT_ASSERT_EQUAL(std::string_view{"12ñ"}, without_tail("12ñ34"));
    }

    void finds_rows_of_keys() {
        for (const char* text :
             {"qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv", "1q2w3e4r5t6y7u8i",
              "qazwsxedcrfvtgby", "!@#$%^&*()", "poiuytrewq", "zaq12wsxcde34rfv"})
            CPPUNIT_ASSERT_MESSAGE(text, is_all_rows(text));
    }

    void finds_counted_and_repeated_characters() {
        for (const char* text :
             {"abcdefgh", "87654321", "aaaabbbbcccc", "abcabcabc123", "111222333444"})
            CPPUNIT_ASSERT_MESSAGE(text, is_all_rows(text));
    }

    void takes_no_words_for_rows() {
        for (const char* text :
             {"", "correcthorsebatterystaple", "kettleorbit", "kettle", "x7#kq!vz", "密码密码"})
            CPPUNIT_ASSERT_MESSAGE(text, !is_all_rows(text));
    }

    void sees_text_of_known_words_digits_and_signs() {
        for (const char* text : {"maple", "maple grove 1980!", "19-maplemaple-80", "groveanna",
                                 "anna/maple/grove/anna"})
            CPPUNIT_ASSERT_MESSAGE(text, is_made_of(text, words_));
    }

    void sees_known_words_behind_digits_and_signs() {
        for (const char* text : {"m@p1e", "gr0v3!!", "4nn4-m4ple"})
            CPPUNIT_ASSERT_MESSAGE(text, is_made_of(text, words_));
    }

    void does_not_see_known_words_among_others() {
        for (const char* text : {"maplewood", "xanna", "anna goes out", "mapl", "maple ü"})
            CPPUNIT_ASSERT_MESSAGE(text, !is_made_of(text, words_));
    }

    void digits_and_signs_alone_are_made_of_no_word() {
        for (const char* text : {"", "582-039-471", "..."})
            CPPUNIT_ASSERT_MESSAGE(text, !is_made_of(text, words_));
    }

    const std::vector<std::string> words_{"anna", "grove", "maple"};
};
CPPUNIT_TEST_SUITE_REGISTRATION(PasswordShapeTest);

// SPDX-License-Identifier: Apache-2.0
#include "domain/password_rule.hpp"

#include "domain/refusal_sentence.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

using namespace ppo;

namespace {
const PasswordBounds known{
    {"Maple Grove Family Practice", "Anna", "Müller", "annaw", "anna.m@example.org"}};

void assert_accepted(const std::string& password) {
    CPPUNIT_ASSERT_MESSAGE(password, !check_password(password, known).has_value());
}

void assert_refused(const std::string& password, Refusal reason) {
    const auto refused = check_password(password, known);
    CPPUNIT_ASSERT_MESSAGE(password, refused.has_value());
    CPPUNIT_ASSERT_MESSAGE(password, reason == refused->reason);
}

void assert_advice(const std::string& password, const std::string& start) {
    const auto refused = check_password(password, known);
    CPPUNIT_ASSERT_MESSAGE(password, refused.has_value());
    CPPUNIT_ASSERT_MESSAGE(password + ": " + refused->advice,
                           refused->advice.compare(0, start.size(), start) == 0);
}
}  // namespace

class PasswordRuleTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PasswordRuleTest);
    CPPUNIT_TEST(accepts_passwords_without_rules_of_composition);
    CPPUNIT_TEST(accepts_a_long_passphrase_with_umlauts);
    CPPUNIT_TEST(accepts_letters_of_other_scripts);
    CPPUNIT_TEST(refuses_fewer_than_eight_characters);
    CPPUNIT_TEST(counts_characters_and_not_bytes);
    CPPUNIT_TEST(asks_for_fifteen_characters_in_the_strict_profile);
    CPPUNIT_TEST(advice_comes_in_both_languages);
    CPPUNIT_TEST(accepts_256_characters_and_no_more);
    CPPUNIT_TEST(refuses_more_than_1024_bytes_unseen);
    CPPUNIT_TEST(refuses_control_characters_and_broken_text);
    CPPUNIT_TEST(refuses_common_passwords);
    CPPUNIT_TEST(refuses_rows_repetitions_and_dates);
    CPPUNIT_TEST(refuses_the_name_of_the_practice);
    CPPUNIT_TEST(refuses_the_name_of_the_patient);
    CPPUNIT_TEST(refuses_the_username_with_a_little_more);
    CPPUNIT_TEST(refuses_a_username_with_a_digit_behind_it);
    CPPUNIT_TEST(judges_by_known_words_and_not_by_their_letter_case);
    CPPUNIT_TEST(ignores_known_words_too_short_to_say_anything);
    CPPUNIT_TEST(advises_to_leave_names_out);
    CPPUNIT_TEST(advises_against_patterns);
    CPPUNIT_TEST(advises_four_words_instead_of_a_common_one);
    CPPUNIT_TEST(prepares_every_kind_of_space_alike);
    CPPUNIT_TEST(prepares_composed_and_decomposed_text_alike);
    CPPUNIT_TEST(keeps_case_width_and_outer_spaces);
    CPPUNIT_TEST(leaves_broken_text_as_it_is);
    CPPUNIT_TEST(refuses_what_a_guesser_makes_of_a_list_at_any_length);
    CPPUNIT_TEST(refuses_rows_of_any_length);
    CPPUNIT_TEST(refuses_what_is_made_of_known_words_alone);
    CPPUNIT_TEST(refuses_birth_date_and_phone_however_they_are_written);
    CPPUNIT_TEST(accepts_words_inside_of_long_phrases);
    CPPUNIT_TEST(says_how_many_characters_it_asks);
    CPPUNIT_TEST(advises_in_the_language_of_the_reader);
    CPPUNIT_TEST(cuts_nothing_off);
    CPPUNIT_TEST(takes_no_longer_than_the_length_explains);
    CPPUNIT_TEST(gives_the_same_verdict_to_many_threads);
    CPPUNIT_TEST_SUITE_END();

    void accepts_passwords_without_rules_of_composition() {
        for (const char* password : {"xkvbqzpt", "correct horse battery staple",
                                     "purple monkey dishwasher lamp", "correcthorsebatterystaple"})
            assert_accepted(password);
    }

    void accepts_a_long_passphrase_with_umlauts() {
        assert_accepted("grüne öltanker übersäen mühsam schöne bäume über großen flüssen.");
    }

    void accepts_letters_of_other_scripts() { assert_accepted("天地玄黄宇宙洪荒"); }

    void refuses_fewer_than_eight_characters() {
        for (const char* password : {"", "x", "xkvbqzp", "üöäßüöä"})
            assert_refused(password, Refusal::PasswordTooShort);
    }

    void counts_characters_and_not_bytes() {
        assert_refused("天地玄黄宇宙洪", Refusal::PasswordTooShort);
        assert_refused("u\u0308o\u0308a\u0308e\u0301xyz", Refusal::PasswordTooShort);
    }

    void asks_for_fifteen_characters_in_the_strict_profile() {
        CPPUNIT_ASSERT_EQUAL(8, fewest_password_characters(Profile::Standard));
        const PasswordBounds strict{{}, fewest_password_characters(Profile::Strict)};
        const auto refused = check_password("xkvbqzptrwmhjd", strict);
        CPPUNIT_ASSERT(refused && refused->reason == Refusal::PasswordTooShort);
        CPPUNIT_ASSERT_EQUAL(15, refused->least);
        CPPUNIT_ASSERT(!check_password("xkvbqzptrwmhjdf", strict));
    }

    void advice_comes_in_both_languages() {
        for (const char* password : {"maplegrove1", "aaaaaaaaaaaa", "password123"}) {
            const auto refused = check_password(password, known);
            CPPUNIT_ASSERT(refused && !refused->advice_es.empty());
            CPPUNIT_ASSERT(refused->advice_es != refused->advice);
        }
    }

    void accepts_256_characters_and_no_more() {
        std::string password = "correct horse battery staple ";
        while (password.size() < 256) password += "lamp";
        password.resize(256);
        assert_accepted(password);
        assert_refused(password + "x", Refusal::PasswordTooLong);
    }

    void refuses_more_than_1024_bytes_unseen() {
        assert_refused(std::string(1'000'000, '\x01'), Refusal::PasswordTooLong);
    }

    void refuses_control_characters_and_broken_text() {
        for (const auto& password : {std::string("xkvbqzpt\n"), std::string("xkvb\0qzpt", 9),
                                     std::string("xkvb\x7Fqzpt"), std::string("xkvb\u0085qzpt"),
                                     std::string("xkvb\u2028qzpt"), std::string("xkvb\xFFqzpt")})
            assert_refused(password, Refusal::PasswordCharacters);
    }

    void refuses_common_passwords() {
        for (const char* password : {"password123", "Password1!", "12345678", "letmein2024",
                                     "iloveyou123", "P@ssw0rd!", "Summer2024!", "passwordpassword"})
            assert_refused(password, Refusal::PasswordGuessable);
    }

    void refuses_rows_repetitions_and_dates() {
        for (const char* password : {"qwertyuiop", "abcdefghijkl", "1q2w3e4r5t", "aaaaaaaaaaaa",
                                     "1980-02-29", "19800229", "........", "密码密码密码密码"})
            assert_refused(password, Refusal::PasswordGuessable);
    }

    void refuses_the_name_of_the_practice() {
        for (const char* password : {"maplegrove", "Maple Grove Family Practice", "MapleGrove1",
                                     "m@plegr0ve", "Family-Practice"})
            assert_refused(password, Refusal::PasswordGuessable);
    }

    void refuses_the_name_of_the_patient() {
        for (const char* password : {"Müller1980!", "müllermüller", "MULLER99", "AnnaMuller1980"})
            assert_refused(password, Refusal::PasswordGuessable);
    }

    void refuses_the_username_with_a_little_more() {
        for (const char* password : {"annaw123", "AnnaW!!1", "anna.m@example.org", "annaw2024"})
            assert_refused(password, Refusal::PasswordGuessable);
    }

    void refuses_a_username_with_a_digit_behind_it() {
        CPPUNIT_ASSERT(check_password("zbrogawek1", {{"zbrogawek"}}).has_value());
        CPPUNIT_ASSERT(!check_password("zbrogawek1", {}).has_value());
    }

    void judges_by_known_words_and_not_by_their_letter_case() {
        CPPUNIT_ASSERT(check_password("zbrogawek1", {{"ZBROGAWEK"}}).has_value());
    }

    void ignores_known_words_too_short_to_say_anything() {
        CPPUNIT_ASSERT(!check_password("xkvbqzpt", {{"x", "kv", "", " "}}).has_value());
    }

    void advises_to_leave_names_out() { assert_advice("maplegrove1", "Leave out your name"); }

    void advises_against_patterns() {
        assert_advice("aaaaaaaaaaaa", "Rows of keys, dates");
        assert_advice("1980-02-29", "Rows of keys, dates");
    }

    void advises_four_words_instead_of_a_common_one() {
        assert_advice("password123", "Well-known passwords");
    }

    void prepares_every_kind_of_space_alike() {
        CPPUNIT_ASSERT_EQUAL(std::string{"four words in line"},
                             prepare_password("four\u00A0words\u3000in\u2003line"));
    }

    void prepares_composed_and_decomposed_text_alike() {
        CPPUNIT_ASSERT_EQUAL(prepare_password("caf\u00E9"), prepare_password("cafe\u0301"));
    }

    void keeps_case_width_and_outer_spaces() {
        for (const char* password : {" Pass Word ", "Ｐａｓｓ", "ﬁx²"})
            CPPUNIT_ASSERT_EQUAL(std::string{password}, prepare_password(password));
    }

    void leaves_broken_text_as_it_is() {
        CPPUNIT_ASSERT(prepare_password("caf\xC3") != prepare_password("caf\xE2"));
    }

    void refuses_what_a_guesser_makes_of_a_list_at_any_length() {
        // Case folded; digits and signs behind; leet; the same thing several times over.
        for (const char* password :
             {"PASSWORD2024!!!!", "Password!@#$%^&*()", "P@ssw0rd2024!!!!", "butterfly83!7294",
              "tiramisu-4821", "Sunshine1234567", "passwordpasswordpassword",
              "Summer2024!Summer2024!", "hunter2hunter2hunter2", "charlie!charlie!charlie!",
              "dragon dragon dragon 99", "jennifer 22 11 1985", "letmeinnowplease"})
            assert_refused(password, Refusal::PasswordGuessable);
    }

    void refuses_rows_of_any_length() {
        for (const char* password :
             {"qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv", "1q2w3e4r5t6y7u8i",
              "abcdefghijklmnopqrstuvwxyz", "9876543210987654", "aAaAbBbBcCcCdDdD",
              "147258369147258", "a b c d e a b c d e a b c d e"})
            assert_refused(password, Refusal::PasswordGuessable);
    }

    void refuses_what_is_made_of_known_words_alone() {
        for (const char* password :
             {"AnnaMullerMapleGrove", "Anna Müller Maple Grove Family Practice 1980",
              "m@plegr0ve-family-1", "annaw.annaw.annaw.99", "2024 Müller, Anna & Practice"})
            assert_advice(password, "Leave out your name");
    }

    void refuses_birth_date_and_phone_however_they_are_written() {
        const PasswordBounds facts{{"Anna", "19800229", "02291980", "290280", "5550100"}};
        for (const char* password : {"anna19800229", "02/29/1980-anna", "29.02.80.anna",
                                     "anna 555-0100", "555-0100/19800229", "anna 1980-02-29"})
            CPPUNIT_ASSERT_MESSAGE(password, check_password(password, facts).has_value());
    }

    void accepts_words_inside_of_long_phrases() {
        for (const char* password :
             {"anna likes her maple grove walk", "my password is on no list at all",
              "the practice near elm street 12", "kettle dragon orbit meadow",
              "copper-lantern-47-meadow", "qwerty was my first cat's name"})
            assert_accepted(password);
    }

    void says_how_many_characters_it_asks() {
        const PasswordBounds strict{{}, 15};
        CPPUNIT_ASSERT_EQUAL(std::string{"The password is too short: use at least 15 characters."},
                             refusal_sentence(*check_password("kettle orbit", strict), "en"));
        CPPUNIT_ASSERT_EQUAL(std::string{"La contraseña es demasiado corta: use al menos 8 "
                                         "caracteres."},
                             refusal_sentence(*check_password("kettle", {}), "es"));
    }

    void advises_in_the_language_of_the_reader() {
        const auto refused = check_password("maplegrove1", known);
        const std::string sentence = refusal_sentence(*refused, "es");
        CPPUNIT_ASSERT(sentence.find("No use su nombre") != std::string::npos);
        CPPUNIT_ASSERT(sentence.find("Leave out") == std::string::npos);
    }

    void cuts_nothing_off() {
        const std::string long_one = "correct horse battery staple " + std::string(227, 'x');
        CPPUNIT_ASSERT_EQUAL(long_one, prepare_password(long_one));
        std::string widest;
        for (int i = 0; i < 256; ++i) widest += i % 2 == 0 ? "\U0001F9A6" : "\U0001F33B";
        CPPUNIT_ASSERT_EQUAL(std::size_t{1024}, widest.size());
        CPPUNIT_ASSERT_EQUAL(widest, prepare_password(widest));
        assert_refused(widest + "x", Refusal::PasswordTooLong);
    }

    void takes_no_longer_than_the_length_explains() {
        // The best of many tries: what the machine does beside this lengthens the others.
        const auto best = [](const std::string& password) {
            auto shortest = std::chrono::steady_clock::duration::max();
            for (int i = 0; i < 30; ++i) {
                const auto begin = std::chrono::steady_clock::now();
                static_cast<void>(check_password(password, known));
                shortest = std::min(shortest, std::chrono::steady_clock::now() - begin);
            }
            return shortest;
        };
        const std::string piece = "annawmaplegrovef4milypracticemull3rxkvbqzpt1980ab1qaz2wsxmuelle";
        std::string longest;
        while (longest.size() < 256)
            longest += piece + static_cast<char>('a' + longest.size() / 64);
        longest.resize(256);
        // Four times the length: four times as long would be linear, sixteen times quadratic.
        CPPUNIT_ASSERT(best(longest) < 12 * best(piece));
    }

    void gives_the_same_verdict_to_many_threads() {
        std::atomic<int> wrong{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 16; ++i)
            threads.emplace_back([&wrong] {
                for (int round = 0; round < 50; ++round) {
                    if (!check_password("maplegrove1", known)) ++wrong;
                    if (check_password("correct horse battery staple", known)) ++wrong;
                }
            });
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PasswordRuleTest);

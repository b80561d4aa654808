// SPDX-License-Identifier: Apache-2.0
#include "domain/username.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace ppo;

namespace {
Username allowed(const std::string& typed) {
    const auto username = prepare_username(typed);
    CPPUNIT_ASSERT_MESSAGE(typed, bool{username});
    return *username;
}

void assert_refused(const std::string& typed, Refusal reason) {
    const auto username = prepare_username(typed);
    CPPUNIT_ASSERT_MESSAGE(typed, !username);
    CPPUNIT_ASSERT_MESSAGE(typed, reason == username.refusal().reason);
}

std::string skeleton_by_icu(const std::string& text) {
    UErrorCode status = U_ZERO_ERROR;
    auto* checker = uspoof_open(&status);
    icu::UnicodeString skeleton;
    uspoof_getSkeletonUnicodeString(checker, 0, icu::UnicodeString::fromUTF8(text), skeleton,
                                    &status);
    uspoof_close(checker);
    CPPUNIT_ASSERT(U_SUCCESS(status));
    std::string utf8;
    return skeleton.toUTF8String(utf8);
}
}  // namespace

class UsernameTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UsernameTest);
    CPPUNIT_TEST(shows_the_name_as_typed);
    CPPUNIT_TEST(has_one_key_for_every_letter_case);
    CPPUNIT_TEST(has_one_key_for_every_width);
    CPPUNIT_TEST(has_one_key_for_composed_and_decomposed_text);
    CPPUNIT_TEST(allows_an_email_address);
    CPPUNIT_TEST(allows_letters_of_other_scripts);
    CPPUNIT_TEST(has_one_skeleton_for_look_alikes);
    CPPUNIT_TEST(has_one_skeleton_for_the_case_forms_that_the_key_keeps_apart);
    CPPUNIT_TEST(has_another_skeleton_for_another_name);
    CPPUNIT_TEST(makes_the_skeleton_of_ascii_as_icu_does);
    CPPUNIT_TEST(keeps_its_key_when_the_key_is_typed);
    CPPUNIT_TEST(refuses_fewer_than_three_characters);
    CPPUNIT_TEST(counts_characters_as_people_see_them);
    CPPUNIT_TEST(refuses_more_than_64_characters);
    CPPUNIT_TEST(refuses_spaces_everywhere);
    CPPUNIT_TEST(refuses_signs_and_control_characters);
    CPPUNIT_TEST(refuses_characters_that_cannot_be_seen);
    CPPUNIT_TEST(refuses_letters_that_imitate_others);
    CPPUNIT_TEST(refuses_a_mark_on_nothing);
    CPPUNIT_TEST(refuses_text_that_reads_in_two_orders);
    CPPUNIT_TEST(refuses_broken_utf8);
    CPPUNIT_TEST(refuses_reserved_words_in_any_dress);
    CPPUNIT_TEST(allows_names_that_contain_a_reserved_word);
    CPPUNIT_TEST(suggests_from_what_was_typed_and_the_name);
    CPPUNIT_TEST(suggests_only_what_it_allows_itself);
    CPPUNIT_TEST(suggests_the_repaired_name_first);
    CPPUNIT_TEST(suggests_no_name_that_looks_like_the_typed_one);
    CPPUNIT_TEST(suggests_nothing_when_there_is_nothing_to_go_by);
    CPPUNIT_TEST_SUITE_END();

    void shows_the_name_as_typed() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Anna.W-3_x+y"}, allowed("Anna.W-3_x+y").shown);
    }

    void has_one_key_for_every_letter_case() {
        CPPUNIT_ASSERT_EQUAL(std::string{"anna.w"}, allowed("ANNA.w").key);
        CPPUNIT_ASSERT_EQUAL(allowed("ИВАНОВ").key, allowed("иванов").key);
    }

    void has_one_key_for_every_width() {
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@x"}, allowed("Ａｎｎａ＠ｘ").key);
        CPPUNIT_ASSERT_EQUAL(allowed("アンナ").key, allowed("ｱﾝﾅ").key);
    }

    void has_one_key_for_composed_and_decomposed_text() {
        CPPUNIT_ASSERT_EQUAL(allowed("andr\u00E9").key, allowed("andre\u0301").key);
        CPPUNIT_ASSERT_EQUAL(std::string{"andr\u00E9"}, allowed("andre\u0301").shown);
    }

    void allows_an_email_address() {
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org"}, allowed("Anna@Example.org").key);
    }

    void allows_letters_of_other_scripts() {
        for (const char* typed : {"müller", "ольга", "אברהם", "عمر", "李小龙", "한국어"})
            (void)allowed(typed);
    }

    void has_one_skeleton_for_look_alikes() {
        CPPUNIT_ASSERT_EQUAL(allowed("paypal").skeleton, allowed("p\u0430yp\u0430l").skeleton);
        CPPUNIT_ASSERT_EQUAL(allowed("anna1").skeleton, allowed("annal").skeleton);
        CPPUNIT_ASSERT_EQUAL(allowed("mary").skeleton, allowed("rnary").skeleton);
    }

    void has_one_skeleton_for_the_case_forms_that_the_key_keeps_apart() {
        CPPUNIT_ASSERT_EQUAL(allowed("straße").skeleton, allowed("STRASSE").skeleton);
        CPPUNIT_ASSERT_EQUAL(allowed("νικος").skeleton, allowed("νικοσ").skeleton);
    }

    void has_another_skeleton_for_another_name() {
        CPPUNIT_ASSERT(allowed("anna").skeleton != allowed("anne").skeleton);
        CPPUNIT_ASSERT(allowed("anna.w").skeleton != allowed("annaw").skeleton);
    }

    void makes_the_skeleton_of_ascii_as_icu_does() {
        const std::string every = "0123456789abcdefghijklmnopqrstuvwxyz._@+-";
        CPPUNIT_ASSERT_EQUAL(skeleton_by_icu(every), allowed(every).skeleton);
        for (const char one : every)
            for (const char other : every) {
                const std::string name{'a', one, other, 'b'};
                CPPUNIT_ASSERT_EQUAL(skeleton_by_icu(name), allowed(name).skeleton);
            }
    }

    void keeps_its_key_when_the_key_is_typed() {
        for (const char* typed : {"Anna.W", "Ａｎｎａ", "ΝΙΚΟΣ", "İnci", "andre\u0301", "Straße"}) {
            const auto key = allowed(typed).key;
            CPPUNIT_ASSERT_EQUAL(key, allowed(key).key);
        }
    }

    void refuses_fewer_than_three_characters() {
        for (const char* typed : {"", "a", "ab", "üü", "李小"})
            assert_refused(typed, Refusal::UsernameTooShort);
        (void)allowed("abc");
    }

    void counts_characters_as_people_see_them() {
        assert_refused("e\u0301e\u0301", Refusal::UsernameTooShort);
    }

    void refuses_more_than_64_characters() {
        (void)allowed(std::string(64, 'a'));
        assert_refused(std::string(65, 'a'), Refusal::UsernameTooLong);
        assert_refused(std::string(100'000, 'a'), Refusal::UsernameTooLong);
    }

    void refuses_spaces_everywhere() {
        for (const char* typed : {" anna", "anna ", "an na", "   ", "an\u00A0na", "an\u3000na"})
            assert_refused(typed, Refusal::UsernameCharacters);
    }

    void refuses_signs_and_control_characters() {
        for (const char* typed :
             {"anna!", "an/na", "an\\na", "<anna>", "an'na", "an\"na", "an,na", "an:na", "an#na",
              "anna\n", "an\x7Fna", "anna\U0001F600", "anna\u20AC", "an\u00B7na"})
            assert_refused(typed, Refusal::UsernameCharacters);
        assert_refused(std::string("an\0na", 5), Refusal::UsernameCharacters);
    }

    void refuses_characters_that_cannot_be_seen() {
        for (const char* typed :
             {"an\u200Dna", "an\u200Bna", "an\u00ADna", "an\u202Ena", "an\uFEFFna"})
            assert_refused(typed, Refusal::UsernameCharacters);
    }

    void refuses_letters_that_imitate_others() {
        for (const char* typed : {"ﬁona", "ann\u00AA", "anna\u00B2", "\u210Bans"})
            assert_refused(typed, Refusal::UsernameCharacters);
    }

    void refuses_a_mark_on_nothing() { assert_refused("\u0301anna", Refusal::UsernameCharacters); }

    void refuses_text_that_reads_in_two_orders() {
        assert_refused("annaאב", Refusal::UsernameCharacters);
        assert_refused("אבanna", Refusal::UsernameCharacters);
        assert_refused("1אבג", Refusal::UsernameCharacters);
        assert_refused("אבג.", Refusal::UsernameCharacters);
        (void)allowed("אבג1");
    }

    void refuses_broken_utf8() {
        assert_refused("an\xC3(na", Refusal::UsernameCharacters);
        assert_refused("anna\xED\xA0\x80", Refusal::UsernameCharacters);
    }

    void refuses_reserved_words_in_any_dress() {
        for (const char* typed : {"admin", "ADMIN", "ａｄｍｉｎ", "\u0430dmin", "root", "support",
                                  "portal", "test", "null"})
            assert_refused(typed, Refusal::UsernameReserved);
    }

    void allows_names_that_contain_a_reserved_word() { (void)allowed("rootbeer"); }

    void suggests_from_what_was_typed_and_the_name() {
        const std::vector<std::string> expected{"anna2",
                                                "anna3",
                                                "anna.muller-obrien",
                                                "amuller-obrien",
                                                "muller-obrien.anna",
                                                "anna_muller-obrien",
                                                "anna.muller-obrien2",
                                                "anna4"};
        CPPUNIT_ASSERT(expected == suggest_usernames("Anna", "Anna", "Müller-O'Brien"));
    }

    void suggests_only_what_it_allows_itself() {
        for (const char* typed :
             {"", "a", "an na", "Admin", "анна", "anna@example.org", "...", "\xFF"}) {
            const auto suggestions = suggest_usernames(typed, "Ł", "Weaver");
            CPPUNIT_ASSERT_MESSAGE(typed, !suggestions.empty());
            CPPUNIT_ASSERT(suggestions.size() <= 8);
            for (const auto& suggestion : suggestions) (void)allowed(suggestion);
        }
    }

    void suggests_the_repaired_name_first() {
        CPPUNIT_ASSERT_EQUAL(std::string{"annaweaver"},
                             suggest_usernames("Ánna Weaver", "", "")[0]);
    }

    void suggests_no_name_that_looks_like_the_typed_one() {
        const auto taken = allowed("anna.weaver");
        for (const auto& suggestion : suggest_usernames("anna.weaver", "Anna", "Weaver"))
            CPPUNIT_ASSERT(taken.skeleton != allowed(suggestion).skeleton);
    }

    void suggests_nothing_when_there_is_nothing_to_go_by() {
        CPPUNIT_ASSERT(suggest_usernames("", "", "").empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(UsernameTest);

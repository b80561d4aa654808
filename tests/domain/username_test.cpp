// SPDX-License-Identifier: Apache-2.0
#include "domain/username.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <iterator>
#include <random>
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
/// Letters and marks of many scripts, wide forms, digits and signs; most are names, some are not.
std::string random_text(std::mt19937& dice) {
    struct Range {
        UChar32 first = 0;
        UChar32 last = 0;
    };
    constexpr Range ranges[] = {
        {'a', 'z'},       {'A', 'Z'},       {'-', '9'},        {0xC0, 0x24F},    {0x300, 0x36F},
        {0x370, 0x3FF},   {0x400, 0x52F},   {0x5D0, 0x5EA},    {0x620, 0x669},   {0x904, 0x939},
        {0x10A0, 0x10FF}, {0x13A0, 0x13FF}, {0x1E00, 0x1FFF},  {0x2C00, 0x2DFF}, {0xAC00, 0xACFF},
        {0xFF10, 0xFF5A}, {0xFF66, 0xFF9F}, {0x10400, 0x1044F}};
    const auto& range = ranges[dice() % std::size(ranges)];
    icu::UnicodeString text;
    const auto length = 3 + dice() % 6;
    for (unsigned i = 0; i < length; ++i) {
        const auto& from = dice() % 4 == 0 ? ranges[dice() % std::size(ranges)] : range;
        const auto span = static_cast<std::uint32_t>(from.last - from.first + 1);
        text.append(from.first + static_cast<UChar32>(dice() % span));
    }
    std::string utf8;
    return text.toUTF8String(utf8);
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
    CPPUNIT_TEST(has_one_shown_skeleton_for_look_alikes_of_upper_case);
    CPPUNIT_TEST(has_one_skeleton_for_zero_and_o_but_another_for_other_digits);
    CPPUNIT_TEST(shows_full_width_as_it_looks);
    CPPUNIT_TEST(has_another_skeleton_for_another_name);
    CPPUNIT_TEST(makes_the_skeleton_of_ascii_as_icu_does);
    CPPUNIT_TEST(keeps_its_key_when_the_key_is_typed);
    CPPUNIT_TEST(is_the_same_when_applied_again_to_many_random_names);
    CPPUNIT_TEST(finds_the_key_of_a_reserved_or_short_name);
    CPPUNIT_TEST(finds_no_key_of_what_is_no_name);
    CPPUNIT_TEST(refuses_what_unicode_has_not_assigned);
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
    CPPUNIT_TEST(refuses_reserved_words_by_their_look_as_shown);
    CPPUNIT_TEST(allows_names_that_contain_a_reserved_word);
    CPPUNIT_TEST(suggests_from_what_was_typed_and_the_name);
    CPPUNIT_TEST(suggests_only_what_it_allows_itself);
    CPPUNIT_TEST(suggests_the_repaired_name_first);
    CPPUNIT_TEST(suggests_no_name_that_looks_like_the_typed_one);
    CPPUNIT_TEST(suggests_no_two_names_that_look_alike);
    CPPUNIT_TEST(suggests_no_mail_domain);
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

    void has_one_shown_skeleton_for_look_alikes_of_upper_case() {
        CPPUNIT_ASSERT(allowed("pauI01").skeleton != allowed("paul01").skeleton);
        CPPUNIT_ASSERT_EQUAL(allowed("pauI01").shown_skeleton, allowed("paul01").shown_skeleton);
        CPPUNIT_ASSERT_EQUAL(allowed("pau101").shown_skeleton, allowed("paulO1").shown_skeleton);
        CPPUNIT_ASSERT_EQUAL(allowed("ANNA").shown_skeleton,
                             allowed("\u0391\u039D\u039D\u0391").shown_skeleton);  // Greek.
        CPPUNIT_ASSERT_EQUAL(allowed("BOCA").shown_skeleton,
                             allowed("\u0412\u041E\u0421\u0410").shown_skeleton);  // Cyrillic.
        CPPUNIT_ASSERT(allowed("Anna").shown_skeleton != allowed("anna").shown_skeleton);
    }

    void has_one_skeleton_for_zero_and_o_but_another_for_other_digits() {
        CPPUNIT_ASSERT_EQUAL(allowed("bob0").shown_skeleton, allowed("bobO").shown_skeleton);
        CPPUNIT_ASSERT(allowed("bob2").shown_skeleton != allowed("bob3").shown_skeleton);
    }

    void shows_full_width_as_it_looks() {
        CPPUNIT_ASSERT_EQUAL(allowed("pauI01").shown_skeleton,
                             allowed("\uFF50\uFF41\uFF55\uFF29\uFF10\uFF11").shown_skeleton);
        CPPUNIT_ASSERT_EQUAL(allowed("andr\u00E9").shown_skeleton,
                             allowed("andre\u0301").shown_skeleton);
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

    void is_the_same_when_applied_again_to_many_random_names() {
        std::mt19937 dice{20'261'120};
        int names = 0;
        for (int i = 0; i < 200'000; ++i) {
            const auto typed = random_text(dice);
            const auto once = prepare_username(typed);
            if (!once) continue;
            ++names;
            const auto again = prepare_username(once->shown);
            CPPUNIT_ASSERT_MESSAGE(typed, again && again->shown == once->shown &&
                                              again->key == once->key &&
                                              again->skeleton == once->skeleton &&
                                              again->shown_skeleton == once->shown_skeleton);
            CPPUNIT_ASSERT_EQUAL(once->key, username_key(once->key));
            CPPUNIT_ASSERT_EQUAL(once->shown_skeleton, shown_skeleton(once->shown));
        }
        CPPUNIT_ASSERT(names > 20'000);
    }

    void finds_the_key_of_a_reserved_or_short_name() {
        CPPUNIT_ASSERT_EQUAL(std::string{"portal"}, username_key("Portal"));
        CPPUNIT_ASSERT_EQUAL(std::string{"ab"}, username_key("AB"));
        CPPUNIT_ASSERT_EQUAL(allowed("Ａｎｎａ").key, username_key("Ａｎｎａ"));
    }

    void finds_no_key_of_what_is_no_name() {
        for (const char* typed : {"", "an na", "an\xC3(na", "ﬁona"})
            CPPUNIT_ASSERT_EQUAL(std::string{}, username_key(typed));
        CPPUNIT_ASSERT_EQUAL(std::string{}, username_key(std::string(257, 'a')));
    }

    void refuses_what_unicode_has_not_assigned() {
        for (const char* typed : {"ann\u0378", "ann\uFFFF", "ann\U000E0080", "ann\uE000"})
            assert_refused(typed, Refusal::UsernameCharacters);
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

    void refuses_reserved_words_by_their_look_as_shown() {
        for (const char* typed : {"portaI", "ADMlN", "lnfo", "HE1P", "B1LLlNG"})
            assert_refused(typed, Refusal::UsernameReserved);
        (void)allowed("admln");
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

    void suggests_no_two_names_that_look_alike() {
        for (const char* typed : {"paul", "pauI", "O0O", "rnary"}) {
            std::vector<std::string> looks{allowed(typed).shown_skeleton};
            for (const auto& suggestion : suggest_usernames(typed, "Pau1", "Lil"))
                looks.push_back(allowed(suggestion).shown_skeleton);
            std::sort(looks.begin(), looks.end());
            CPPUNIT_ASSERT(std::adjacent_find(looks.begin(), looks.end()) == looks.end());
        }
    }

    void suggests_no_mail_domain() {
        for (const auto& suggestion : suggest_usernames("anna@clinic.example", "Anna", "Winter")) {
            CPPUNIT_ASSERT(suggestion.find('@') == std::string::npos);
            CPPUNIT_ASSERT(suggestion.find("clinic") == std::string::npos);
        }
    }

    void suggests_nothing_when_there_is_nothing_to_go_by() {
        CPPUNIT_ASSERT(suggest_usernames("", "", "").empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(UsernameTest);

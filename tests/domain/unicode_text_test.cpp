// SPDX-License-Identifier: Apache-2.0
#include "domain/unicode_text.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <array>
#include <new>
#include <string>
#include <string_view>

using namespace ppo;

class UnicodeTextTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UnicodeTextTest);
    CPPUNIT_TEST(tells_ascii_from_everything_else);
    CPPUNIT_TEST(lowers_ascii_letters_only);
    CPPUNIT_TEST(knows_ascii_letters_and_digits);
    CPPUNIT_TEST(trims_blanks_around_text_only);
    CPPUNIT_TEST(carries_utf8_through_icu_unchanged);
    CPPUNIT_TEST(replaces_bytes_that_are_no_utf8);
    CPPUNIT_TEST(replaces_half_a_pair_of_surrogates);
    CPPUNIT_TEST(wipes_text_short_and_long_when_it_goes);
    CPPUNIT_TEST(finds_what_nobody_sees);
    CPPUNIT_TEST(normalizes_to_the_form_asked_for);
    CPPUNIT_TEST_SUITE_END();

    void tells_ascii_from_everything_else() {
        CPPUNIT_ASSERT(is_ascii(""));
        CPPUNIT_ASSERT(is_ascii(std::string_view("a\0\x7F", 3)));
        CPPUNIT_ASSERT(!is_ascii("\u00E9"));
        CPPUNIT_ASSERT(!is_ascii("a\x80"));
    }

    void lowers_ascii_letters_only() {
        CPPUNIT_ASSERT_EQUAL('a', ascii_lower('A'));
        CPPUNIT_ASSERT_EQUAL('z', ascii_lower('Z'));
        CPPUNIT_ASSERT_EQUAL('[', ascii_lower('['));
        CPPUNIT_ASSERT_EQUAL('\xC4', ascii_lower('\xC4'));
    }

    void knows_ascii_letters_and_digits() {
        for (const char c : std::string_view{"azAZ09"}) CPPUNIT_ASSERT(is_ascii_alnum(c));
        for (const char c : std::string_view{"@[`{/: \xE9"}) CPPUNIT_ASSERT(!is_ascii_alnum(c));
    }

    void trims_blanks_around_text_only() {
        CPPUNIT_ASSERT(trim_ascii(" \t an na\r\n") == "an na");
        CPPUNIT_ASSERT(trim_ascii(" \t").empty());
        CPPUNIT_ASSERT(trim_ascii("\u00A0x") == "\u00A0x");
    }

    void carries_utf8_through_icu_unchanged() {
        const std::string text = "a\u00E9\u20AC\U0001F600";
        CPPUNIT_ASSERT_EQUAL(text, to_utf8(from_utf8(text)));
    }

    void replaces_bytes_that_are_no_utf8() {
        CPPUNIT_ASSERT_EQUAL(std::string{"a\uFFFDb"}, to_utf8(from_utf8("a\xFF"
                                                                        "b")));
    }

    void replaces_half_a_pair_of_surrogates() {
        icu::UnicodeString half{u'a'};
        half.append(char16_t{0xD800});
        CPPUNIT_ASSERT_EQUAL(std::string{"a\uFFFD"}, to_utf8(half));
    }

    // Short texts stand inside the object, where a test may look; long ones wipe by the same line.
    void wipes_text_short_and_long_when_it_goes() {
        alignas(UnicodeText) std::array<unsigned char, sizeof(UnicodeText)> place{};
        for (const auto& secret : {std::string(9, 'Q'), std::string(900, 'Q')}) {
            auto* text = new (place.data()) UnicodeText{from_utf8(secret)};
            CPPUNIT_ASSERT_EQUAL(static_cast<std::int32_t>(secret.size()), text->length());
            text->~UnicodeText();
            CPPUNIT_ASSERT(std::count(place.begin(), place.end(), 'Q') < 2);
        }
    }

    void finds_what_nobody_sees() {
        for (const char* hidden :
             {"a\n", "\x7F", "a\u0085", "\u2028", "\u2029", "\u202E", "\u2066"})
            CPPUNIT_ASSERT(has_hidden_controls(hidden));
        // Joiners belong to words of some scripts, and to some pictures.
        for (const char* plain : {"", "Núñez & Co.", "\u05D0\u05D1", "a\u200Db", "\U0001F600"})
            CPPUNIT_ASSERT(!has_hidden_controls(plain));
    }

    void normalizes_to_the_form_asked_for() {
        const auto of = [](std::string_view text, NormalForm form) {
            return to_utf8(normalized(from_utf8(text), form));
        };
        CPPUNIT_ASSERT_EQUAL(std::string{"\u00E9"}, of("e\u0301", NormalForm::Composed));
        CPPUNIT_ASSERT_EQUAL(std::string{"e\u0301"}, of("\u00E9", NormalForm::Decomposed));
        CPPUNIT_ASSERT_EQUAL(std::string{"\uFB01"}, of("\uFB01", NormalForm::Composed));
        CPPUNIT_ASSERT_EQUAL(std::string{"fi"}, of("\uFB01", NormalForm::CompatiblyComposed));
        CPPUNIT_ASSERT_EQUAL(std::string{"ss"}, of("\u1E9E", NormalForm::CompatiblyComposedFolded));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(UnicodeTextTest);

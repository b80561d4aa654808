// SPDX-License-Identifier: Apache-2.0
#include "domain/text_fold.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace ppo;

class TextFoldTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TextFoldTest);
    CPPUNIT_TEST(drops_accents_and_letter_case);
    CPPUNIT_TEST(folds_ascii_without_touching_signs);
    CPPUNIT_TEST(drops_strokes_that_do_not_decompose);
    CPPUNIT_TEST(spells_sharp_s_and_ligatures_out);
    CPPUNIT_TEST(folds_both_turkish_i_to_one);
    CPPUNIT_TEST(folds_composed_and_decomposed_text_alike);
    CPPUNIT_TEST(keeps_the_voicing_of_kana);
    CPPUNIT_TEST(keeps_the_vowels_of_indic_scripts);
    CPPUNIT_TEST(folds_to_text_that_folds_to_itself);
    CPPUNIT_TEST(accepts_every_length_of_utf8);
    CPPUNIT_TEST(refuses_overlong_forms);
    CPPUNIT_TEST(refuses_surrogates);
    CPPUNIT_TEST(refuses_what_lies_above_unicode);
    CPPUNIT_TEST(refuses_cut_and_stray_bytes);
    CPPUNIT_TEST(counts_code_points_and_not_bytes);
    CPPUNIT_TEST(composes_to_one_spelling);
    CPPUNIT_TEST_SUITE_END();

    void drops_accents_and_letter_case() {
        CPPUNIT_ASSERT_EQUAL(std::string{"muller"}, fold_for_search("Müller"));
    }

    void folds_ascii_without_touching_signs() {
        CPPUNIT_ASSERT_EQUAL(std::string{"o'brien-smith 3"}, fold_for_search("O'BRIEN-Smith 3"));
    }

    void drops_strokes_that_do_not_decompose() {
        CPPUNIT_ASSERT_EQUAL(std::string{"lodz osterbro"}, fold_for_search("Łódź Østerbro"));
    }

    void spells_sharp_s_and_ligatures_out() {
        CPPUNIT_ASSERT_EQUAL(std::string{"strasse fi aeon"}, fold_for_search("Straße ﬁ Æon"));
    }

    void folds_both_turkish_i_to_one() {
        CPPUNIT_ASSERT_EQUAL(fold_for_search("Işik"), fold_for_search("İşık"));
    }

    void folds_composed_and_decomposed_text_alike() {
        CPPUNIT_ASSERT_EQUAL(fold_for_search("N\u00FA\u00F1ez"),
                             fold_for_search("Nu\u0301n\u0303ez"));
    }

    void keeps_the_voicing_of_kana() {
        CPPUNIT_ASSERT(fold_for_search("が") != fold_for_search("か"));
    }

    void keeps_the_vowels_of_indic_scripts() {
        CPPUNIT_ASSERT(fold_for_search("की") != fold_for_search("कु"));
    }

    void folds_to_text_that_folds_to_itself() {
        for (const char* text : {"Müller", "İnci", "Łuß", "Ｆｕｌｌ", "が한", "ΝΙΚΟΣ"}) {
            const auto once = fold_for_search(text);
            CPPUNIT_ASSERT_EQUAL(once, fold_for_search(once));
        }
    }

    void accepts_every_length_of_utf8() {
        CPPUNIT_ASSERT(is_valid_utf8(""));
        CPPUNIT_ASSERT(is_valid_utf8("a\u00E9\u20AC\U0001F600\U0010FFFF"));
    }

    void refuses_overlong_forms() {
        CPPUNIT_ASSERT(!is_valid_utf8("\xC0\xAF"));
        CPPUNIT_ASSERT(!is_valid_utf8("\xC1\x81"));
        CPPUNIT_ASSERT(!is_valid_utf8("\xE0\x80\xAF"));
        CPPUNIT_ASSERT(!is_valid_utf8("\xF0\x80\x80\xAF"));
    }

    void refuses_surrogates() {
        CPPUNIT_ASSERT(!is_valid_utf8("\xED\xA0\x80"));
        CPPUNIT_ASSERT(is_valid_utf8("\xED\x9F\xBF"));
    }

    void refuses_what_lies_above_unicode() {
        CPPUNIT_ASSERT(!is_valid_utf8("\xF4\x90\x80\x80"));
        CPPUNIT_ASSERT(!is_valid_utf8("\xF5\x80\x80\x80"));
    }

    void refuses_cut_and_stray_bytes() {
        CPPUNIT_ASSERT(!is_valid_utf8("ab\xE2\x82"));
        CPPUNIT_ASSERT(!is_valid_utf8("\x80"));
        CPPUNIT_ASSERT(!is_valid_utf8("\xC3("));
    }

    void counts_code_points_and_not_bytes() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, count_code_points("a\u20AC\U0001F600"));
    }

    void composes_to_one_spelling() {
        CPPUNIT_ASSERT_EQUAL(std::string{"\u00E9"}, to_nfc("e\u0301"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TextFoldTest);

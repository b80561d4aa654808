// SPDX-License-Identifier: Apache-2.0
#include "domain/csv_cell.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class CsvCellTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CsvCellTest);
    CPPUNIT_TEST(plain_text_stays_as_it_is);
    CPPUNIT_TEST(separators_quotes_and_line_ends_are_quoted);
    CPPUNIT_TEST(formulas_are_only_shown);
    CPPUNIT_TEST(formulas_behind_blanks_and_in_wide_signs_too);
    CPPUNIT_TEST(signs_within_a_text_are_no_formula);
    CPPUNIT_TEST_SUITE_END();

public:
    void plain_text_stays_as_it_is() {
        for (const std::string text : {"", "Anna", "Núñez Gómez", "it's", " blank"})
            CPPUNIT_ASSERT_EQUAL(text, csv_cell(text));
    }

    void separators_quotes_and_line_ends_are_quoted() {
        CPPUNIT_ASSERT_EQUAL(std::string{"\"Winter, Anna\""}, csv_cell("Winter, Anna"));
        CPPUNIT_ASSERT_EQUAL(std::string{"\"a;b\""}, csv_cell("a;b"));
        CPPUNIT_ASSERT_EQUAL(std::string{"\"say \"\"hi\"\"\""}, csv_cell("say \"hi\""));
        CPPUNIT_ASSERT_EQUAL(std::string{"\"one\r\ntwo\""}, csv_cell("one\r\ntwo"));
    }

    void formulas_are_only_shown() {
        for (const std::string text : {"=1+1", "+1", "-1", "@sum"})
            CPPUNIT_ASSERT_EQUAL("'" + text, csv_cell(text));
    }

    void formulas_behind_blanks_and_in_wide_signs_too() {
        CPPUNIT_ASSERT_EQUAL(std::string{"'  =1"}, csv_cell("  =1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"'\tx"}, csv_cell("\tx"));
        CPPUNIT_ASSERT_EQUAL(std::string{"'\uFF1D1"}, csv_cell("\uFF1D1"));
    }

    void signs_within_a_text_are_no_formula() {
        CPPUNIT_ASSERT_EQUAL(std::string{"a=b"}, csv_cell("a=b"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Anna-Lena"}, csv_cell("Anna-Lena"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CsvCellTest);

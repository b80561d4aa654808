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
    CPPUNIT_TEST(formulas_behind_a_separator_a_quote_or_a_line_end_are_only_shown);
    CPPUNIT_TEST(blanks_alone_are_no_formula);
    CPPUNIT_TEST(machines_get_the_text_as_it_is);
    CPPUNIT_TEST(tsv_has_no_tab_and_no_line_end_within_a_cell);
    CPPUNIT_TEST(tsv_shows_formulas_and_opens_no_quotes);
    CPPUNIT_TEST(tsv_for_machines_is_only_escaped);
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
        CPPUNIT_ASSERT_EQUAL(std::string{"\"'\tx\""}, csv_cell("\tx"));
        CPPUNIT_ASSERT_EQUAL(std::string{"'\uFF1D1"}, csv_cell("\uFF1D1"));
    }

    void signs_within_a_text_are_no_formula() {
        CPPUNIT_ASSERT_EQUAL(std::string{"a=b"}, csv_cell("a=b"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Anna-Lena"}, csv_cell("Anna-Lena"));
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org"}, csv_cell("anna@example.org"));
        CPPUNIT_ASSERT_EQUAL(std::string{"\uFF21\uFF0D"}, csv_cell("\uFF21\uFF0D"));
    }

    void formulas_behind_a_separator_a_quote_or_a_line_end_are_only_shown() {
        CPPUNIT_ASSERT_EQUAL(std::string{"\"a;'=1\""}, csv_cell("a;=1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"\"a,'  @b\""}, csv_cell("a,  @b"));
        CPPUNIT_ASSERT_EQUAL(std::string{"\"a\"\"'+1\""}, csv_cell("a\"+1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"\"a\n'-1\""}, csv_cell("a\n-1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"\"a\t'\uFF1D1\""}, csv_cell("a\t\uFF1D1"));
    }

    void blanks_alone_are_no_formula() {
        CPPUNIT_ASSERT_EQUAL(std::string{"\"\t \""}, csv_cell("\t "));
    }

    void machines_get_the_text_as_it_is() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"=1|\"a;=1\"|\"say \"\"hi\"\"\""},
            for_machines("=1") + "|" + for_machines("a;=1") + "|" + for_machines("say \"hi\""));
    }

    void tsv_has_no_tab_and_no_line_end_within_a_cell() {
        CPPUNIT_ASSERT_EQUAL(std::string{"one\\ttwo\\r\\nthree\\\\four, five"},
                             tsv("one\ttwo\r\nthree\\four, five"));
    }

    void tsv_shows_formulas_and_opens_no_quotes() {
        CPPUNIT_ASSERT_EQUAL(std::string{"'=1"}, tsv("=1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"'\"a\""}, tsv("\"a\""));
        CPPUNIT_ASSERT_EQUAL(std::string{"a\\t'=1"}, tsv("a\t=1"));
    }

    void tsv_for_machines_is_only_escaped() {
        CPPUNIT_ASSERT_EQUAL(std::string{"\\t=\"1\""}, tsv("\t=\"1\"", CellReader::Machine));
    }

private:
    static std::string for_machines(std::string_view value) {
        std::string cell;
        append_csv_cell(cell, value, CellReader::Machine);
        return cell;
    }
    static std::string tsv(std::string_view value, CellReader reader = CellReader::Spreadsheet) {
        std::string cell;
        append_tsv_cell(cell, value, reader);
        return cell;
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CsvCellTest);

// SPDX-License-Identifier: Apache-2.0
#include "import/csv.hpp"

#include <cppunit/extensions/HelperMacros.h>

namespace {
using Fields = std::vector<std::string>;

std::vector<ppo_sim::CsvRow> rows_of(const std::string& content) {
    ppo_sim::CsvReader reader{content};
    std::vector<ppo_sim::CsvRow> rows;
    while (auto row = reader.next()) rows.push_back(*row);
    return rows;
}
}  // namespace

class CsvTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CsvTest);
    CPPUNIT_TEST(a_quoted_field_keeps_separator_quotation_mark_and_line_end);
    CPPUNIT_TEST(semicolon_and_tab_are_found_in_the_header);
    CPPUNIT_TEST(a_byte_order_mark_is_no_part_of_the_first_title);
    CPPUNIT_TEST(line_numbers_count_lines_inside_quotation_marks);
    CPPUNIT_TEST(an_empty_line_is_no_row);
    CPPUNIT_TEST(the_last_row_needs_no_line_end);
    CPPUNIT_TEST(a_row_with_another_number_of_columns_has_a_problem);
    CPPUNIT_TEST(a_quotation_mark_that_is_never_closed_costs_its_own_row_only);
    CPPUNIT_TEST(a_stray_quotation_mark_gives_the_rows_it_swallowed_back);
    CPPUNIT_TEST(carriage_returns_alone_end_lines_too);
    CPPUNIT_TEST_SUITE_END();

    void a_quoted_field_keeps_separator_quotation_mark_and_line_end() {
        const auto rows = rows_of("a,b\n\"x,\"\"y\"\"\nz\",2\n");
        CPPUNIT_ASSERT((Fields{"x,\"y\"\nz", "2"}) == rows.at(0).fields);
    }

    void semicolon_and_tab_are_found_in_the_header() {
        CPPUNIT_ASSERT_EQUAL(';', ppo_sim::CsvReader{"a;b\n"}.separator());
        CPPUNIT_ASSERT_EQUAL('\t', ppo_sim::CsvReader{"a\tb\n"}.separator());
    }

    void a_byte_order_mark_is_no_part_of_the_first_title() {
        CPPUNIT_ASSERT_EQUAL(std::string{"id"},
                             ppo_sim::CsvReader{"\xEF\xBB\xBFid,b\n"}.header()[0]);
    }

    void line_numbers_count_lines_inside_quotation_marks() {
        const auto rows = rows_of("a\n\"1\n2\"\nx\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, rows.at(1).line);
    }

    void an_empty_line_is_no_row() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, rows_of("a\n\n\n1\n\n").size());
    }

    void the_last_row_needs_no_line_end() {
        CPPUNIT_ASSERT((Fields{"1", ""}) == rows_of("a,b\n1,").at(0).fields);
    }

    void a_row_with_another_number_of_columns_has_a_problem() {
        const auto rows = rows_of("a,b\n1\n1,2,3\n1,2\n");
        CPPUNIT_ASSERT(!rows.at(0).problem.empty() && !rows.at(1).problem.empty());
        CPPUNIT_ASSERT(rows.at(2).problem.empty());
    }

    void a_quotation_mark_that_is_never_closed_costs_its_own_row_only() {
        const auto rows = rows_of("a,b\n\"1,2\n3,4\n5,6\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, rows.size());
        CPPUNIT_ASSERT(!rows[0].problem.empty());
        CPPUNIT_ASSERT((Fields{"3", "4"}) == rows[1].fields);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, rows[1].line);
    }

    void a_stray_quotation_mark_gives_the_rows_it_swallowed_back() {
        const auto rows = rows_of("a,b\n\"1,2\n3,4\n5,6\"\n7,8\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, rows.size());
        CPPUNIT_ASSERT((Fields{"3", "4"}) == rows[1].fields);
    }

    void carriage_returns_alone_end_lines_too() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, rows_of("a,b\r1,2\r3,4\r").size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CsvTest);

// SPDX-License-Identifier: Apache-2.0
#include "onboarding/report_column.hpp"

#include "onboarding/report.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <set>

using namespace ppo;

class ReportColumnTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportColumnTest);
    CPPUNIT_TEST(every_column_has_words_of_its_own);
    CPPUNIT_TEST(names_are_those_that_the_report_shows);
    CPPUNIT_TEST(marks_are_those_that_the_report_shows);
    CPPUNIT_TEST(never_is_empty_and_a_time_is_iso);
    CPPUNIT_TEST(texts_of_the_row_are_borrowed_from_it);
    CPPUNIT_TEST_SUITE_END();

public:
    void every_column_has_words_of_its_own() {
        std::set<std::string_view> ids;
        for (int column = 1; column <= 12; ++column)
            ids.insert(words_of(static_cast<ReportColumn>(column)).id);
        CPPUNIT_ASSERT_EQUAL(std::size_t{12}, ids.size());
    }

    void names_are_those_that_the_report_shows() {
        for (const auto& [last, first] :
             {std::pair{"Winter", "Anna"}, {"Winter", ""}, {"", "Anna"}}) {
            row_.last_name = last;
            row_.first_name = first;
            CPPUNIT_ASSERT_EQUAL(shown_name(row_), cell(ReportColumn::Name));
        }
    }

    void marks_are_those_that_the_report_shows() {
        for (const std::uint64_t bits : {0x0ULL, 0x1ULL, 0xFFFFULL}) {
            row_.marks = Marks{bits};
            CPPUNIT_ASSERT_EQUAL(mark_words(row_.marks, "en"), cell(ReportColumn::Marks));
        }
    }

    void never_is_empty_and_a_time_is_iso() {
        CPPUNIT_ASSERT_EQUAL(std::string{}, cell(ReportColumn::LastInvited));
        row_.last_invited_at = noon;
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-20T12:00:00Z"}, cell(ReportColumn::LastInvited));
    }

    void texts_of_the_row_are_borrowed_from_it() {
        row_.email = "anna@example.org";
        std::string scratch;
        CPPUNIT_ASSERT(cell_of(row_, ReportColumn::Email, scratch).data() == row_.email.data());
    }

private:
    std::string cell(ReportColumn column) {
        std::string scratch = "left over";
        return std::string{cell_of(row_, column, scratch)};
    }

    ReportRow row_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportColumnTest);

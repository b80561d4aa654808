// SPDX-License-Identifier: Apache-2.0
#include "domain/birth_date.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
void assert_read(const char* typed, const char* iso) {
    const auto date = parse_birth_date(typed);
    CPPUNIT_ASSERT_MESSAGE(typed, date.has_value());
    CPPUNIT_ASSERT_EQUAL(std::string{iso}, to_iso(*date));
}

void assert_refused(const char* typed) {
    CPPUNIT_ASSERT_MESSAGE(typed, !parse_birth_date(typed).has_value());
}
}  // namespace

class BirthDateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BirthDateTest);
    CPPUNIT_TEST(reads_the_three_ways_people_write_dates);
    CPPUNIT_TEST(ignores_blanks_around_the_date);
    CPPUNIT_TEST(refuses_days_that_no_calendar_has);
    CPPUNIT_TEST(refuses_years_in_which_no_patient_was_born);
    CPPUNIT_TEST(refuses_everything_that_is_no_date);
    CPPUNIT_TEST(nobody_is_born_in_the_future_wherever_they_live);
    CPPUNIT_TEST(orders_dates_by_the_calendar);
    CPPUNIT_TEST_SUITE_END();

    void reads_the_three_ways_people_write_dates() {
        assert_read("1980-02-29", "1980-02-29");
        assert_read("19800229", "1980-02-29");
        assert_read("2/29/1980", "1980-02-29");
        assert_read("02/29/1980", "1980-02-29");
    }

    void ignores_blanks_around_the_date() { assert_read(" 1980-02-29\t", "1980-02-29"); }

    void refuses_days_that_no_calendar_has() {
        assert_refused("1981-02-29");
        assert_refused("1900-02-29");
        assert_read("2000-02-29", "2000-02-29");
        assert_refused("2/30/1980");
        assert_refused("1980-02-30");
        assert_refused("0000-01-01");
        assert_refused("1/1/0000");
        assert_refused("19800431");
        assert_refused("13/1/1980");
        assert_refused("0/1/1980");
        assert_refused("1980-01-00");
    }

    void refuses_years_in_which_no_patient_was_born() {
        assert_refused("1849-12-31");
        assert_refused("2101-01-01");
        assert_read("1850-01-01", "1850-01-01");
        assert_read("2100-12-31", "2100-12-31");
    }

    void refuses_everything_that_is_no_date() {
        for (const char* typed :
             {"", " ", "today", "1980", "80-02-29", "2/29/80", "1980/02/29", "29.02.1980",
              "1980-2-29", "1980-02-29T00:00", "+980-02-29", "2/+9/1980", "//1980", "1/2/3/1980",
              "-1980-2-9", "1980-02-2a", "198002290"})
            assert_refused(typed);
    }

    void nobody_is_born_in_the_future_wherever_they_live() {
        constexpr UnixTime noon = from_milliseconds(1'795'176'000'000);  // 2026-11-20T12:00Z.
        CPPUNIT_ASSERT(can_be_born_by({2026, 11, 20}, noon));
        CPPUNIT_ASSERT(can_be_born_by({2026, 11, 21}, noon));  // Already, on Kiritimati.
        CPPUNIT_ASSERT(!can_be_born_by({2026, 11, 22}, noon));
        CPPUNIT_ASSERT(!can_be_born_by({2026, 11, 21}, noon - std::chrono::hours{3}));
    }

    void orders_dates_by_the_calendar() {
        CPPUNIT_ASSERT(*parse_birth_date("1979-12-31") < *parse_birth_date("1980-01-01"));
        CPPUNIT_ASSERT(*parse_birth_date("19800101") == *parse_birth_date("1/1/1980"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BirthDateTest);

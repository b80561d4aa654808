// SPDX-License-Identifier: Apache-2.0
#include "domain/iso_week.hpp"

#include "domain/local_time.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class IsoWeekTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(IsoWeekTest);
    CPPUNIT_TEST(begins_on_monday_and_ends_on_the_next);
    CPPUNIT_TEST(is_named_after_the_year_of_its_thursday);
    CPPUNIT_TEST(is_the_week_that_it_is_there);
    CPPUNIT_TEST(is_an_hour_longer_where_clocks_are_set_back);
    CPPUNIT_TEST(weeks_that_are_kept_are_the_same);
    CPPUNIT_TEST_SUITE_END();

public:
    void begins_on_monday_and_ends_on_the_next() {
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-16T00:00:00Z 2026-11-23T00:00:00Z"},
                             bounds(day(2026, 11, 20), "UTC"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-16T00:00:00Z 2026-11-23T00:00:00Z"},
                             bounds(day(2026, 11, 16), "UTC"));
    }

    void is_named_after_the_year_of_its_thursday() {
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-W47"}, name(day(2026, 11, 20)));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-W53"}, name(day(2027, 1, 3)));
        CPPUNIT_ASSERT_EQUAL(std::string{"2027-W01"}, name(day(2027, 1, 4)));
        CPPUNIT_ASSERT_EQUAL(std::string{"2025-W01"}, name(day(2024, 12, 30)));
    }

    void is_the_week_that_it_is_there() {
        const auto monday_in_london = day(2026, 11, 23);
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-W48"}, name(monday_in_london));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-W47"},
                             iso_week_of(monday_in_london, "America/Chicago").name);
    }

    void is_an_hour_longer_where_clocks_are_set_back() {
        const auto week = iso_week_of(day(2026, 10, 30), "America/Chicago");
        CPPUNIT_ASSERT(week.ends - week.begins == std::chrono::hours{7 * 24 + 1});
    }

    void weeks_that_are_kept_are_the_same() {
        IsoWeeks weeks{"America/Chicago"};
        for (int hours = 0; hours < 24 * 400; hours += 13) {
            const auto at = day(2026, 1, 1) + std::chrono::hours{hours * 7 % (24 * 400)};
            const auto alone = iso_week_of(at, "America/Chicago");
            CPPUNIT_ASSERT(weeks.of(at).begins == alone.begins && weeks.of(at).ends == alone.ends);
            CPPUNIT_ASSERT_EQUAL(alone.name, weeks.of(at).name);
        }
    }

private:
    static UnixTime day(int year, unsigned month, unsigned day) {
        return UnixTime{std::chrono::sys_days{std::chrono::year{year} / month / day}};
    }
    static std::string name(UnixTime at) { return iso_week_of(at, "UTC").name; }
    static std::string bounds(UnixTime at, const std::string& zone) {
        const auto week = iso_week_of(at, zone);
        return write_iso(week.begins) + " " + write_iso(week.ends);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(IsoWeekTest);

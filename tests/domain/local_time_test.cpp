// SPDX-License-Identifier: Apache-2.0
#include "domain/local_time.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
constexpr UnixTime winter = from_milliseconds(1'796'157'000'000);  // 2026-12-01T20:30:00Z
constexpr UnixTime summer = from_milliseconds(1'782'927'000'999);  // 2026-07-01T17:30:00.999Z
}  // namespace

class LocalTimeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LocalTimeTest);
    CPPUNIT_TEST(writes_english_with_weekday_and_zone);
    CPPUNIT_TEST(follows_summer_time);
    CPPUNIT_TEST(writes_spanish_in_spanish_words);
    CPPUNIT_TEST(spanish_says_one_o_clock_in_the_singular);
    CPPUNIT_TEST(unknown_language_reads_english);
    CPPUNIT_TEST(unknown_zone_is_shown_as_utc);
    CPPUNIT_TEST(short_time_names_no_day_today);
    CPPUNIT_TEST(short_time_names_the_day_where_it_is_another_in_that_place);
    CPPUNIT_TEST(short_time_names_another_year);
    CPPUNIT_TEST(knows_names_of_the_database);
    CPPUNIT_TEST(does_not_know_invented_zones);
    CPPUNIT_TEST(writes_iso_in_whole_seconds);
    CPPUNIT_TEST(writes_iso_before_1970);
    CPPUNIT_TEST(a_day_begins_at_midnight_of_that_place);
    CPPUNIT_TEST(a_day_whose_midnight_the_clock_skips_begins_after_it);
    CPPUNIT_TEST(local_day_is_the_one_of_that_place);
    CPPUNIT_TEST_SUITE_END();

    void writes_english_with_weekday_and_zone() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Tuesday, December 1, 2026 at 3:30 PM EST"},
                             write_local_time(winter, "America/New_York", "en"));
    }
    void follows_summer_time() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Wednesday, July 1, 2026 at 1:30 PM EDT"},
                             write_local_time(summer, "America/New_York", "en"));
    }
    void writes_spanish_in_spanish_words() {
        CPPUNIT_ASSERT_EQUAL(std::string{"martes, 1 de diciembre de 2026 a las 3:30 p. m. EST"},
                             write_local_time(winter, "America/New_York", "es"));
    }
    void spanish_says_one_o_clock_in_the_singular() {
        CPPUNIT_ASSERT_EQUAL(std::string{"miércoles, 1 de julio de 2026 a la 1:30 p. m. EDT"},
                             write_local_time(summer, "America/New_York", "es"));
    }
    void unknown_language_reads_english() {
        CPPUNIT_ASSERT_EQUAL(write_local_time(winter, "UTC", "en"),
                             write_local_time(winter, "UTC", "tlh"));
    }
    void unknown_zone_is_shown_as_utc() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Tuesday, December 1, 2026 at 8:30 PM UTC"},
                             write_local_time(winter, "Mars/Olympus", "en"));
    }
    void short_time_names_no_day_today() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"15:30"},
            write_short_time(winter, winter + std::chrono::hours{8}, "America/New_York"));
        CPPUNIT_ASSERT_EQUAL(std::string{"20:30"}, write_short_time(winter, winter, "UTC"));
    }
    void short_time_names_the_day_where_it_is_another_in_that_place() {
        const auto next_day = winter + std::chrono::hours{8};  // In London, not in New York.
        CPPUNIT_ASSERT_EQUAL(std::string{"Dec 1, 20:30"},
                             write_short_time(winter, next_day, "Europe/London"));
    }
    void short_time_names_another_year() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Dec 1, 2026, 20:30"},
                             write_short_time(winter, winter + std::chrono::hours{24 * 60}, "UTC"));
    }
    void knows_names_of_the_database() {
        for (const auto* zone : {"UTC", "America/New_York", "Europe/Berlin", "America/Puerto_Rico"})
            CPPUNIT_ASSERT_MESSAGE(zone, is_known_time_zone(zone));
    }
    void does_not_know_invented_zones() {
        for (const auto* zone : {"", "Mars/Olympus", "GMT+3:17", "America/New York", "Etc/Unknown"})
            CPPUNIT_ASSERT_MESSAGE(zone, !is_known_time_zone(zone));
    }
    void writes_iso_in_whole_seconds() {
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-07-01T17:30:00Z"}, write_iso(summer));
    }
    void writes_iso_before_1970() {
        CPPUNIT_ASSERT_EQUAL(std::string{"1969-12-31T23:59:59Z"}, write_iso(from_milliseconds(-1)));
    }

    void a_day_begins_at_midnight_of_that_place() {
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-05-01T05:00:00Z"},
                             write_iso(beginning_of_day({2026, 5, 1}, "America/Chicago")));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-12-01T06:00:00Z"},
                             write_iso(beginning_of_day({2026, 12, 1}, "America/Chicago")));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-04-30T22:00:00Z"},
                             write_iso(beginning_of_day({2026, 5, 1}, "Europe/Berlin")));
    }
    void a_day_whose_midnight_the_clock_skips_begins_after_it() {
        const auto begins = beginning_of_day({2018, 11, 4}, "America/Sao_Paulo");
        CPPUNIT_ASSERT_EQUAL(std::string{"2018-11-04"},
                             write_local_day(begins, "America/Sao_Paulo"));
    }
    void local_day_is_the_one_of_that_place() {
        const auto begins = beginning_of_day({2026, 5, 1}, "America/Chicago");
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-05-01"}, write_local_day(begins, "America/Chicago"));
        CPPUNIT_ASSERT_EQUAL(
            std::string{"2026-04-30"},
            write_local_day(begins - std::chrono::milliseconds{1}, "America/Chicago"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LocalTimeTest);

// SPDX-License-Identifier: Apache-2.0
#include "invitations/batch_pace.hpp"

#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;
using std::chrono::hours;
using std::chrono::minutes;

class BatchPaceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BatchPaceTest);
    CPPUNIT_TEST(nothing_to_mail_is_done_now);
    CPPUNIT_TEST(cap_a_minute_decides_until_something_is_measured);
    CPPUNIT_TEST(measured_pace_counts_once_there_is_one);
    CPPUNIT_TEST(twenty_thousand_leave_in_an_afternoon_by_default);
    CPPUNIT_TEST(what_is_over_the_day_s_cap_waits_for_the_next_day);
    CPPUNIT_TEST(mails_of_today_count_against_the_day_s_cap);
    CPPUNIT_TEST(pace_is_measured_over_the_last_minutes);
    CPPUNIT_TEST(quiet_minutes_measure_nothing);
    CPPUNIT_TEST_SUITE_END();

    Practice practice_{};

    UnixTime last(std::int64_t mails, const MailPace& pace = {}) const {
        return last_leaves_at(mails, pace, practice_, noon);
    }
    static std::string row(int minutes_ago, int mails) {
        return "(1, " + std::to_string(to_milliseconds(noon) / 60'000 - minutes_ago) + ", " +
               std::to_string(mails) + ", " + std::to_string(mails) + ")";
    }

public:
    void nothing_to_mail_is_done_now() { CPPUNIT_ASSERT(last(0) == noon); }

    void cap_a_minute_decides_until_something_is_measured() {
        CPPUNIT_ASSERT(last(120) == noon + minutes{1});
        CPPUNIT_ASSERT(last(121) == noon + minutes{2});
    }

    void measured_pace_counts_once_there_is_one() {
        CPPUNIT_ASSERT(last(120, {.measured_a_minute = 40}) == noon + minutes{3});
        CPPUNIT_ASSERT(last(120, {.measured_a_minute = 500}) == noon + minutes{1});
    }

    void twenty_thousand_leave_in_an_afternoon_by_default() {
        CPPUNIT_ASSERT(last(20'000) < noon + hours{3});
    }

    void what_is_over_the_day_s_cap_waits_for_the_next_day() {
        CPPUNIT_ASSERT(last(25'000) < noon + hours{4});
        CPPUNIT_ASSERT(last(25'120) == noon + hours{24} + minutes{1});
        CPPUNIT_ASSERT(last(50'120) == noon + hours{48} + minutes{1});
    }

    void mails_of_today_count_against_the_day_s_cap() {
        const MailPace pace{.today = {24'990, noon - hours{4}}};
        CPPUNIT_ASSERT(last(10, pace) == noon + minutes{1});
        CPPUNIT_ASSERT(last(11, pace) == noon + hours{20} + minutes{1});
    }

    void pace_is_measured_over_the_last_minutes() {
        TempStore store;
        store.tamper("INSERT INTO delivery_minute (practice, minute, mails, tries) VALUES " +
                     row(600, 7) + ", " + row(2, 100) + ", " + row(1, 110) + ", " + row(0, 90));
        Reading reading{store};
        const auto pace = read_pace(reading, noon + std::chrono::seconds{59});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{100}, pace.measured_a_minute);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{307}, pace.today.mails);
        CPPUNIT_ASSERT(pace.today.first_at == noon - hours{10});
    }

    void quiet_minutes_measure_nothing() {
        TempStore store;
        store.tamper("INSERT INTO delivery_minute (practice, minute, mails, tries) VALUES " +
                     row(6, 100) + ", " + row(1500, 3));
        Reading reading{store};
        const auto pace = read_pace(reading, noon);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, pace.measured_a_minute);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{100}, pace.today.mails);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BatchPaceTest);

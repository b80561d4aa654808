// SPDX-License-Identifier: Apache-2.0
#include "boundary/report_filter.hpp"

#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class ReportFilterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportFilterTest);
    CPPUNIT_TEST(nothing_asked_is_every_patient_by_name);
    CPPUNIT_TEST(every_filter_is_taken_over);
    CPPUNIT_TEST(no_time_is_no_limit);
    CPPUNIT_TEST(what_cannot_be_is_misuse);
    CPPUNIT_TEST(what_is_not_known_is_not_left_aside);
    CPPUNIT_TEST(what_is_given_back_asks_the_same);
    CPPUNIT_TEST(columns_are_checked_and_have_defaults);
    CPPUNIT_TEST_SUITE_END();

    ppo_report_query query_ = fresh<ppo_report_query>();

    ppo_result misuse() {
        try {
            static_cast<void>(to_query(query_));
        } catch (const Misuse& found) {
            return found.result();
        }
        return PPO_OK;
    }

public:
    void nothing_asked_is_every_patient_by_name() {
        const auto query = to_query(query_);
        CPPUNIT_ASSERT(query.sort == ReportSort::Name && !query.descending);
        CPPUNIT_ASSERT(query.statuses.empty() && query.marks == Marks{});
        CPPUNIT_ASSERT(!query.access_enabled && !query.has_username);
        CPPUNIT_ASSERT(query.search.empty() && query.tag.empty() && query.provider.empty());
    }

    void every_filter_is_taken_over() {
        query_.sort = PPO_SORT_LAST_INVITED;
        query_.descending = 1;
        query_.statuses = 1U << PPO_STATUS_NOT_INVITED | 1U << PPO_STATUS_SIGNED_IN;
        query_.marks = 0x40;
        query_.access_enabled = PPO_YES;
        query_.has_username = PPO_NO;
        query_.search = to_text("winter");
        query_.tag = to_text("recall");
        query_.provider = to_text("Dr. Reed");
        query_.appointment_after = 1000;
        query_.appointment_before = 2000;
        const auto query = to_query(query_);
        CPPUNIT_ASSERT(query.sort == ReportSort::LastInvited && query.descending);
        const std::vector statuses{PortalStatus::NotInvited, PortalStatus::SignedIn};
        CPPUNIT_ASSERT(query.statuses == statuses);
        CPPUNIT_ASSERT(query.marks.has(Mark::Queued));
        CPPUNIT_ASSERT(query.access_enabled == true && query.has_username == false);
        CPPUNIT_ASSERT_EQUAL(std::string{"winter recall Dr. Reed"},
                             query.search + " " + query.tag + " " + query.provider);
        CPPUNIT_ASSERT(query.appointment_after == from_milliseconds(1000));
        CPPUNIT_ASSERT(query.appointment_before == from_milliseconds(2000));
    }

    void what_is_not_known_is_not_left_aside() {
        query_.statuses = 1U << 5 | 1U << PPO_STATUS_INVITED;
        CPPUNIT_ASSERT_THROW(to_query(query_), Misuse);
        query_.statuses = 1U << PPO_STATUS_INVITED;
        query_.marks = PPO_MARK_OPTED_OUT << 1;
        CPPUNIT_ASSERT_THROW(to_query(query_), Misuse);
        query_.marks = 0;
        query_.descending = 2;
        CPPUNIT_ASSERT_THROW(to_query(query_), Misuse);
    }

    void what_is_given_back_asks_the_same() {
        for (const bool is_full : {false, true}) {
            if (is_full) {
                query_.sort = PPO_SORT_STATUS;
                query_.descending = 1;
                query_.statuses = 1U << PPO_STATUS_INVITED;
                query_.marks = PPO_MARK_OPTED_OUT | PPO_MARK_QUEUED;
                query_.access_enabled = PPO_NO;
                query_.has_username = PPO_YES;
                query_.search = to_text("winter");
                query_.tag = to_text("recall");
                query_.provider = to_text("Dr. Reed");
                query_.appointment_after = 1000;
                query_.appointment_before = 2000;
            }
            const auto query = to_query(query_);
            const auto given = to_given(query);
            CPPUNIT_ASSERT(given.sort == query_.sort && given.descending == query_.descending);
            CPPUNIT_ASSERT(given.statuses == query_.statuses && given.marks == query_.marks);
            CPPUNIT_ASSERT(given.access_enabled == query_.access_enabled &&
                           given.has_username == query_.has_username);
            CPPUNIT_ASSERT_EQUAL(
                copy_of(query_.search) + "|" + copy_of(query_.tag) + "|" + copy_of(query_.provider),
                copy_of(given.search) + "|" + copy_of(given.tag) + "|" + copy_of(given.provider));
            CPPUNIT_ASSERT(given.appointment_after == query_.appointment_after &&
                           given.appointment_before == query_.appointment_before);
            CPPUNIT_ASSERT(given.cursor.size == 0 && given.limit == 0 && given.column_count == 0);
        }
    }

    void columns_are_checked_and_have_defaults() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, to_columns(query_).size());
        const std::vector<std::uint32_t> wanted{PPO_COLUMN_TAGS, PPO_COLUMN_NAME};
        query_.columns = wanted.data();
        query_.column_count = wanted.size();
        CPPUNIT_ASSERT(wanted == to_columns(query_));
        const std::uint32_t unknown = 99;
        query_.columns = &unknown;
        query_.column_count = 1;
        CPPUNIT_ASSERT_THROW(to_columns(query_), Misuse);
    }

    void no_time_is_no_limit() {
        query_.appointment_after = PPO_TIME_NONE;
        CPPUNIT_ASSERT(!to_query(query_).appointment_after);
        CPPUNIT_ASSERT(!to_query(query_).appointment_before);
    }

    void what_cannot_be_is_misuse() {
        query_.sort = 5;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, misuse());
        query_.sort = 0;
        query_.has_username = 3;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, misuse());
        query_.has_username = PPO_ANY;
        const std::string long_search(129, 'x');
        query_.search = to_text(long_search);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_TOO_LONG}, misuse());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportFilterTest);

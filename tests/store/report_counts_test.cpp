// SPDX-License-Identifier: Apache-2.0
#include "store/report_counts.hpp"

#include "store/report_table.hpp"
#include "support/crowd.hpp"
#include "support/prints.hpp"
#include "support/query_plan.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <set>

using namespace ppo;

namespace {
constexpr int everybody = 100'000;

/// The counts as one who only sees the rows would make them.
ReportCounts counted(const std::vector<ReportRow>& rows, const std::set<std::string>& set_up) {
    ReportCounts counts;
    for (const auto& row : rows) {
        const bool enabled = row.status != PortalStatus::NotEnabled;
        const bool signed_in = row.status == PortalStatus::SignedIn;
        ++counts.patients;
        ++counts.by_status[static_cast<int>(row.status)];
        for (int bit = 0; bit < 64; ++bit)
            if ((row.marks.bits() >> bit & 1) != 0) ++counts.by_mark[bit];
        counts.enabled += enabled;
        counts.invited += row.status == PortalStatus::Invited || signed_in;
        counts.set_up += enabled && set_up.count(row.patient_id) > 0;
        counts.signed_in += signed_in;
    }
    return counts;
}

bool same(const ReportCounts& one, const ReportCounts& other) {
    return one.patients == other.patients && one.enabled == other.enabled &&
           one.invited == other.invited && one.set_up == other.set_up &&
           one.signed_in == other.signed_in &&
           std::equal(std::begin(one.by_status), std::end(one.by_status), other.by_status) &&
           std::equal(std::begin(one.by_mark), std::end(one.by_mark), other.by_mark);
}
}  // namespace

class ReportCountsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportCountsTest);
    CPPUNIT_TEST(counts_agree_with_the_rows_for_fifty_random_filters);
    CPPUNIT_TEST(counts_agree_with_the_rows_as_time_passes);
    CPPUNIT_TEST(funnel_never_widens);
    CPPUNIT_TEST(counts_of_the_whole_board_read_no_list_of_patients);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    std::set<std::string> set_up_{};

    std::vector<ReportRow> rows(const ReportQuery& query, UnixTime now = noon) {
        return store_.ask([&](Connection& connection) {
            return read_report(connection, query, std::nullopt, false, everybody, now);
        });
    }
    ReportCounts counts(const ReportQuery& query, UnixTime now = noon) {
        return store_.ask([&](Connection& c) { return count_report(c, query, now); });
    }

public:
    void setUp() override {
        add_crowd(store_, 400);
        store_.ask([&](Connection& connection) {
            auto found = connection.query(
                "SELECT patient_id FROM patient WHERE has_password = 1 AND username IS NOT NULL");
            while (found.next()) set_up_.insert(found.text(0));
            return 0;
        });
    }

    void counts_agree_with_the_rows_for_fifty_random_filters() {
        std::mt19937 dice{50};
        int not_empty = 0;
        for (int i = 0; i < 50; ++i) {
            const auto query = random_query(dice);
            const auto found = rows(query);
            CPPUNIT_ASSERT_MESSAGE("filter " + std::to_string(i),
                                   same(counted(found, set_up_), counts(query)));
            not_empty += found.empty() ? 0 : 1;
        }
        CPPUNIT_ASSERT_MESSAGE("the filters find too little to prove anything", not_empty > 25);
    }

    void counts_agree_with_the_rows_as_time_passes() {
        ReportQuery orange;
        orange.statuses = {PortalStatus::Invited};
        std::int64_t expired_before = 0;
        for (int hours = -300; hours <= 300; hours += 50) {
            const auto at = noon + std::chrono::hours{hours};
            CPPUNIT_ASSERT(same(counted(rows({}, at), set_up_), counts({}, at)));
            CPPUNIT_ASSERT(same(counted(rows(orange, at), set_up_), counts(orange, at)));
            CPPUNIT_ASSERT(counts({}, at).by_mark[5] >= expired_before);
            expired_before = counts({}, at).by_mark[5];
        }
        CPPUNIT_ASSERT(expired_before > 0);
    }

    void funnel_never_widens() {
        const auto all = counts({});
        CPPUNIT_ASSERT(all.patients >= all.enabled && all.enabled >= all.invited);
        CPPUNIT_ASSERT(all.enabled >= all.set_up && all.invited >= all.signed_in &&
                       all.signed_in > 0);
    }

    void counts_of_the_whole_board_read_no_list_of_patients() {
        if (!store_.is_file()) return;  // How SQLite goes about it.
        store_.reopen();
        const auto plan = plan_of(store_, [](Connection& connection) {
            return count_report(connection, ReportQuery{}, noon);
        });
        CPPUNIT_ASSERT_MESSAGE(plan, plan.find("SCAN patient\n") == std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(plan, plan.find("SCAN patient USING") == std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(plan, plan.find("TEMP B-TREE") == std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportCountsTest);

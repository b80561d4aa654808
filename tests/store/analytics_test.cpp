// SPDX-License-Identifier: Apache-2.0
#include "store/analytics.hpp"

#include "store/account_table.hpp"
#include "store/report_counts.hpp"
#include "store/report_table.hpp"
#include "support/crowd.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class StoreAnalyticsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StoreAnalyticsTest);
    CPPUNIT_TEST(a_journey_has_the_first_time_of_each_step);
    CPPUNIT_TEST(goes_through_whom_the_filters_match_and_nobody_else);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    void a_journey_has_the_first_time_of_each_step() {
        using std::chrono::hours;
        store_.add(anna());
        store_.change("P001", [](Transaction& t) { put_invited(t, "P001", noon + hours{1}); });
        store_.set_up("P001", "anna.w", noon + hours{2});
        store_.change("P001", [](Transaction& t) {
            put_signed_in(t, "P001", noon + hours{3});
            put_signed_in(t, "P001", noon + hours{9});
        });
        int journeys = 0;
        store_.ask([&](Connection& connection) {
            each_journey(connection, {}, noon, [&](const Journey& journey) {
                ++journeys;
                CPPUNIT_ASSERT(journey.enabled_at == noon && journey.is_set_up);
                CPPUNIT_ASSERT(journey.invited_at == noon + hours{1});
                CPPUNIT_ASSERT(journey.set_up_at == noon + hours{2});
                CPPUNIT_ASSERT(journey.signed_in_at == noon + hours{3});
                CPPUNIT_ASSERT_EQUAL(
                    std::string{"Dr. Reed ;diabetes;recall;"},
                    std::string{journey.provider} + " " + std::string{journey.tags});
            });
            return 0;
        });
        CPPUNIT_ASSERT_EQUAL(1, journeys);
    }

    void goes_through_whom_the_filters_match_and_nobody_else() {
        add_crowd(store_, 300);
        ReportQuery recalled;
        recalled.tag = "recall";
        ReportQuery expired;
        expired.marks.add(Mark::LinkExpired);
        for (const auto& query : {ReportQuery{}, recalled, expired}) {
            std::int64_t journeys = 0;
            const auto counts = store_.ask([&](Connection& connection) {
                each_journey(connection, query, noon, [&](const Journey&) { ++journeys; });
                return count_report(connection, query, noon);
            });
            CPPUNIT_ASSERT_EQUAL(counts.patients, journeys);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StoreAnalyticsTest);

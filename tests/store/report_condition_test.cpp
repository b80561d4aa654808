// SPDX-License-Identifier: Apache-2.0
#include "store/report_condition.hpp"

#include "domain/text_fold.hpp"
#include "store/kept_counts.hpp"
#include "store/search_index.hpp"
#include "support/crowd.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <set>

using namespace ppo;

namespace {
/// Every way to find the rows of a query that makes sense for it.
std::vector<ReportPlan> plans_for(Connection& connection, const ReportQuery& query) {
    std::vector<ReportPlan> plans{{}};
    const auto by_index = [&](ReportLead lead, bool makes_sense) {
        if (makes_sense) plans.push_back({.lead = lead});
    };
    by_index(ReportLead::Status, !query.statuses.empty());
    by_index(ReportLead::Provider, !query.provider.empty());
    by_index(ReportLead::Access, query.access_enabled.has_value());
    by_index(ReportLead::Username, query.has_username.has_value());
    by_index(ReportLead::Appointment, query.appointment_after || query.appointment_before);
    if (query.marks != Marks{}) {
        plans.push_back({.lead = ReportLead::Marks});
        for (const auto& alike : kept_counts(connection))
            if ((alike.marks.bits() & query.marks.bits()) != 0)
                plans.back().marked_as.push_back(static_cast<std::int64_t>(alike.marks.bits()));
    }
    const auto by_text = [&](ReportLead lead, const std::string& text) {
        if (const auto found = find_candidates(connection, text, 1000))
            plans.push_back({.lead = lead, .found_by = found->condition, .found = found->values});
    };
    if (!query.tag.empty()) by_text(ReportLead::Tag, ";" + query.tag + ";");
    if (!query.search.empty()) by_text(ReportLead::Search, fold_for_search(query.search));
    return plans;
}

std::set<std::string> found_by(Connection& connection, const Condition& condition) {
    std::set<std::string> ids;
    auto rows = connection.query_with("SELECT patient_id FROM patient" + condition.sql(),
                                      condition.values());
    while (rows.next()) ids.insert(rows.text(0));
    return ids;
}
}  // namespace

class ReportConditionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportConditionTest);
    CPPUNIT_TEST(every_lead_finds_the_same_patients);
    CPPUNIT_TEST(a_mark_that_nobody_has_leads_to_nobody);
    CPPUNIT_TEST(placeholders_come_in_their_order);
    CPPUNIT_TEST_SUITE_END();

    void every_lead_finds_the_same_patients() {
        TempStore store;
        add_crowd(store, 300);
        while (extend_search_index(store)) {
        }
        std::mt19937 dice{53};
        std::set<ReportLead> tried;
        store.ask([&](Connection& connection) {
            for (int i = 0; i < 200; ++i) {
                auto query = random_query(dice);
                query.sort = static_cast<ReportSort>(i % 5);
                const auto expected = found_by(
                    connection, condition_of(query, {.engine = connection.engine()}, noon));
                for (auto plan : plans_for(connection, query)) {
                    plan.engine = connection.engine();
                    CPPUNIT_ASSERT(expected ==
                                   found_by(connection, condition_of(query, plan, noon)));
                    if (!expected.empty()) tried.insert(plan.lead);
                }
            }
            return 0;
        });
        CPPUNIT_ASSERT_EQUAL(std::size_t{9}, tried.size());
    }

    void a_mark_that_nobody_has_leads_to_nobody() {
        TempStore store;
        store.add(anna());
        ReportQuery query;
        query.marks.add(Mark::Bounced);
        store.ask([&](Connection& connection) {
            const ReportPlan plan{.engine = connection.engine(), .lead = ReportLead::Marks};
            CPPUNIT_ASSERT(found_by(connection, condition_of(query, plan, noon)).empty());
            return 0;
        });
    }

    void placeholders_come_in_their_order() {
        Condition condition;
        condition.add("a = ? AND b = ?", {std::int64_t{1}, std::string{"x"}});
        condition.add("c = ?", {std::int64_t{2}});
        CPPUNIT_ASSERT_EQUAL(std::string{" WHERE practice = :practice AND in_directory = 1 AND a = "
                                         "$1 AND b = $2 AND c = $3"},
                             condition.sql());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, condition.values().size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportConditionTest);

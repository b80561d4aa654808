// SPDX-License-Identifier: Apache-2.0
#include "store/report_plan.hpp"

#include "store/account_table.hpp"
#include "store/patient_table.hpp"
#include "store/report_table.hpp"
#include "store/search_index.hpp"
#include "support/query_plan.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <set>

using namespace ppo;

/// 2,000 patients; a page has 20. Half of them are enabled, three of them are rare.
class ReportPlanTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportPlanTest);
    CPPUNIT_TEST(everybody_is_read_in_order);
    CPPUNIT_TEST(colour_leads_in_the_order_of_names);
    CPPUNIT_TEST(rare_mark_leads);
    CPPUNIT_TEST(frequent_mark_does_not_lead);
    CPPUNIT_TEST(rare_name_leads);
    CPPUNIT_TEST(frequent_part_of_names_does_not_lead);
    CPPUNIT_TEST(rarest_of_several_leads);
    CPPUNIT_TEST(another_order_is_walked_through_for_a_frequent_provider);
    CPPUNIT_TEST(whole_list_is_led_by_what_leaves_fewest);
    CPPUNIT_TEST(every_lead_uses_its_index);
    CPPUNIT_TEST_SUITE_END();

    static inline TempStore* store_ = nullptr;

    static void fill() {
        static TempStore store{TempStore::For::AllTests};
        if (store_ != nullptr) return;
        store_ = &store;
        add_patients(store);
        while (extend_search_index(store)) {
        }
    }

    static void add_patients(TempStore& store) {
        Transaction transaction{store};
        for (int i = 0; i < 2'000; ++i) {
            auto patient = anna("P" + std::to_string(10'000 + i));
            patient.last_name = "Winter" + std::to_string(i);
            patient.first_name = i == 77 ? "Zoltan" : "Anna";
            patient.postal_code = i % 2 == 0 ? "" : "02139";
            patient.access_granted = i % 2 == 0;
            patient.provider = i % 50 == 0 ? "Dr. Rare" : "Dr. Reed";
            patient.tags = i == 5 ? std::vector<std::string>{"odd"} : anna().tags;
            put_patient(transaction, patient);
        }
        put_mail_state(transaction, "P10008", MailState::Bounced);
        transaction.commit();
    }

    static ReportPlan page(const ReportQuery& query) {
        return store_->ask([&](Connection& c) { return plan_page(c, query, 20, noon); });
    }
    static ReportQuery marked(Mark mark) {
        ReportQuery query;
        query.marks.add(mark);
        return query;
    }

public:
    void setUp() override { fill(); }

    void everybody_is_read_in_order() { CPPUNIT_ASSERT(page({}).lead == ReportLead::Order); }

    void colour_leads_in_the_order_of_names() {
        ReportQuery query;
        query.statuses = {PortalStatus::NotInvited};
        const auto plan = page(query);
        CPPUNIT_ASSERT(plan.lead == ReportLead::Status && plan.in_order);
    }

    void rare_mark_leads() {
        const auto plan = page(marked(Mark::Bounced));
        CPPUNIT_ASSERT(plan.lead == ReportLead::Marks && !plan.in_order);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, plan.marked_as.size());
    }

    void frequent_mark_does_not_lead() {
        CPPUNIT_ASSERT(page(marked(Mark::NoPostalCode)).lead == ReportLead::Order);
    }

    void rare_name_leads() {
        ReportQuery query;
        query.search = "Zoltan";
        const auto plan = page(query);
        CPPUNIT_ASSERT(plan.lead == ReportLead::Search && !plan.found_by.empty());
    }

    void frequent_part_of_names_does_not_lead() {
        ReportQuery query;
        query.search = "winter";
        CPPUNIT_ASSERT(page(query).lead == ReportLead::Order);
    }

    void rarest_of_several_leads() {
        auto query = marked(Mark::NoPostalCode);
        query.provider = "Dr. Rare";
        query.tag = "odd";
        query.access_enabled = false;
        CPPUNIT_ASSERT(page(query).lead == ReportLead::Tag);
    }

    void another_order_is_walked_through_for_a_frequent_provider() {
        ReportQuery query;
        query.sort = ReportSort::LastInvited;
        query.provider = "Dr. Reed";
        CPPUNIT_ASSERT(page(query).lead == ReportLead::Order);
        query.provider = "Dr. Rare";
        const auto plan = page(query);
        CPPUNIT_ASSERT(plan.lead == ReportLead::Provider && !plan.in_order);
    }

    void whole_list_is_led_by_what_leaves_fewest() {
        ReportQuery query;
        query.sort = ReportSort::LastInvited;
        query.provider = "Dr. Rare";
        query.statuses = {PortalStatus::NotEnabled};
        const auto plan = store_->ask([&](Connection& c) { return plan_all(c, query, noon); });
        CPPUNIT_ASSERT(plan.lead == ReportLead::Provider);
    }

    void every_lead_uses_its_index() {
        if (!(*store_).is_file()) return;  // How SQLite goes about it.
        const auto assert_uses = [](const ReportQuery& query, const std::string& index) {
            store_->reopen();
            const auto plan = plan_of(*store_, [&](Connection& connection) {
                return read_report(connection, query, std::nullopt, false, 20, noon);
            });
            CPPUNIT_ASSERT_MESSAGE(index + " in:\n" + plan, plan.find(index) != std::string::npos);
        };
        ReportQuery query;
        query.statuses = {PortalStatus::NotInvited};
        assert_uses(query,
                    "SEARCH patient USING INDEX patient_by_status (practice=? AND status=?)");
        query = {};
        query.provider = "Dr. Rare";
        assert_uses(query,
                    "SEARCH patient USING INDEX patient_by_provider (practice=? AND provider=?)");
        query = {};
        query.access_enabled = false;
        assert_uses(query,
                    "SEARCH patient USING INDEX patient_by_status (practice=? AND status=?)");
        query.access_enabled = true;
        assert_uses(query, "SEARCH patient USING INDEX patient_enabled (practice=?)");
        assert_uses(marked(Mark::Bounced), "patient_by_marks (practice=? AND marks=?)");
        assert_uses(marked(Mark::LinkExpired),
                    "patient_by_link_expiry (practice=? AND link_expires_at<?)");
        assert_uses(marked(Mark::Locked),
                    "patient_by_locked_until (practice=? AND locked_until>?)");
        query = {};
        query.search = "zoltan";
        assert_uses(query, "SEARCH patient USING INTEGER PRIMARY KEY (rowid=?)");
        query = {};
        query.sort = ReportSort::NextAppointment;
        query.appointment_after = noon;
        assert_uses(
            query,
            "SEARCH patient USING INDEX patient_by_next_appointment (practice=? AND <expr>>?)");
        query = {};
        query.has_username = true;
        assert_uses(query, "one_username_key");
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportPlanTest);

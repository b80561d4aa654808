// SPDX-License-Identifier: Apache-2.0
#include "boundary/refused_callers.hpp"

#include "boundary/open_view.hpp"
#include "store/audit_table.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

class RefusedCallersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RefusedCallersTest);
    CPPUNIT_TEST(says_who_tried_what_on_whom_and_from_where);
    CPPUNIT_TEST(the_same_attempt_is_written_once_an_hour);
    CPPUNIT_TEST(another_verb_patient_or_member_of_staff_is_another_attempt);
    CPPUNIT_TEST(a_flood_ends_at_a_hundred_an_hour_and_says_so);
    CPPUNIT_TEST(names_nobody_who_is_no_patient);
    CPPUNIT_TEST(a_view_that_does_not_open_is_on_record);
    CPPUNIT_TEST(an_action_of_a_view_is_on_record_under_its_own_name);
    CPPUNIT_TEST(a_permitted_caller_leaves_no_such_entry);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { live_.emplace(); }
    void tearDown() override { live_.reset(); }

    void says_who_tried_what_on_whom_and_from_where() {
        live_->caller.permissions = 0;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, set_access("P002"));
        CPPUNIT_ASSERT_EQUAL(std::string{"nurse-1 desk-2 set_access P002 refused_not_permitted"},
                             entries().at(0));
    }

    void the_same_attempt_is_written_once_an_hour() {
        live_->caller.permissions = 0;
        for (int i = 0; i < 5; ++i) static_cast<void>(set_access("P001"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, entries().size());
        live_->advance(std::chrono::hours{1});
        for (int i = 0; i < 5; ++i) static_cast<void>(set_access("P001"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, entries().size());
    }

    void another_verb_patient_or_member_of_staff_is_another_attempt() {
        live_->caller.permissions = 0;
        static_cast<void>(set_access("P001"));
        static_cast<void>(set_access("P002"));
        static_cast<void>(LivePlugin::onboarding().lift_delays(live_->self, &live_->caller,
                                                               to_text("P001"), nullptr));
        live_->caller.staff_id = to_text("nurse-2");
        static_cast<void>(set_access("P001"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, entries().size());
    }

    void a_flood_ends_at_a_hundred_an_hour_and_says_so() {
        TempStore store;
        RefusedCallers refused{store.database()};
        for (int i = 0; i < 300; ++i) refused.note(nurse, "verb_" + std::to_string(i), "", noon);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{100}, store.number("SELECT COUNT(*) FROM audit"));
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{100},
            store.number("SELECT sequence FROM audit WHERE detail LIKE '% more_not_recorded'"));
        refused.note({Actor::Kind::Staff, "nurse-2", "desk-2"}, "verb_1", "", noon);
        refused.note(nurse, "verb_1", "", noon + std::chrono::hours{1});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{102}, store.number("SELECT COUNT(*) FROM audit"));
    }

    void names_nobody_who_is_no_patient() {
        live_->caller.permissions = 0;
        static_cast<void>(set_access("P404"));
        CPPUNIT_ASSERT_EQUAL(std::string{"nurse-1 desk-2 set_access  refused_not_permitted"},
                             entries().at(0));
    }

    void a_view_that_does_not_open_is_on_record() {
        live_->caller.permissions = PPO_MAY_READ_AUDIT;
        auto request = fresh<ppo_view_request>();
        request.view_id = to_text("patient-portal.tab");
        request.patient_id = to_text("P001");
        ppo_view* view = nullptr;
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_REFUSED_NOT_PERMITTED},
            LivePlugin::ui().open(live_->self, &live_->caller, &request, &view, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::string{"nurse-1 desk-2 open P001 refused_not_permitted"},
                             entries().at(0));
    }

    void an_action_of_a_view_is_on_record_under_its_own_name() {
        live_->enable("P001");
        live_->caller.permissions = PPO_MAY_ONBOARD;
        OpenView tab{*live_, "patient-portal.tab", "P001"};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, tab.invoke("suggest_password"));
        CPPUNIT_ASSERT_EQUAL(
            std::string{"nurse-1 desk-2 suggest_password P001 refused_not_permitted"},
            entries().at(0));
    }

    void a_permitted_caller_leaves_no_such_entry() {
        live_->enable("P001");
        CPPUNIT_ASSERT(set_access("P404") != PPO_OK);
        CPPUNIT_ASSERT(entries().empty());
    }

private:
    ppo_result set_access(std::string_view patient_id) {
        return LivePlugin::onboarding().set_access(live_->self, &live_->caller, to_text(patient_id),
                                                   1, nullptr, nullptr);
    }
    /// The entries of refused attempts, oldest first, read by somebody who may.
    std::vector<std::string> entries() {
        std::vector<std::string> found;
        const AuditSink sink{[&](const ppo_audit_entry& entry) {
            if (copy_of(entry.action) == "not_permitted")
                found.push_back(copy_of(entry.actor_id) + " " + copy_of(entry.from) + " " +
                                copy_of(entry.detail) + " " + copy_of(entry.patient_id) + " " +
                                copy_of(entry.outcome));
            return PPO_OK;
        }};
        auto reader = live_->caller;
        reader.permissions = PPO_MAY_READ_AUDIT;
        const auto query = fresh<ppo_audit_query>();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::audit().read(live_->self, &reader, &query, sink, nullptr));
        return found;
    }

    std::optional<LivePlugin> live_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(RefusedCallersTest);

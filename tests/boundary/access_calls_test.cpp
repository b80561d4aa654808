// SPDX-License-Identifier: Apache-2.0
#include "boundary/access_calls.hpp"

#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>
#include <vector>

using namespace ppo;

class AccessCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccessCallsTest);
    CPPUNIT_TEST(set_access_of_many_enables_whom_a_filter_matches);
    CPPUNIT_TEST(set_access_of_many_enables_those_named);
    CPPUNIT_TEST(ten_thousand_are_changed_unless_told_otherwise);
    CPPUNIT_TEST(disabling_ends_the_sessions_of_those_changed);
    CPPUNIT_TEST(enabling_ends_no_session);
    CPPUNIT_TEST(the_screen_is_refreshed_once_and_only_after_a_change);
    CPPUNIT_TEST(no_lock_is_held_while_sessions_end);
    CPPUNIT_TEST(selection_of_nobody_changes_nobody);
    CPPUNIT_TEST(what_cannot_be_is_misuse_and_changes_nobody);
    CPPUNIT_TEST(needs_the_permission_to_onboard);
    CPPUNIT_TEST(writes_as_much_as_the_struct_holds);
    CPPUNIT_TEST_SUITE_END();

    std::optional<LivePlugin> live_{};
    ppo_report_query filter_ = fresh<ppo_report_query>();
    ppo_batch_selection selection_ = fresh<ppo_batch_selection>();
    ppo_access_of_many done_ = fresh<ppo_access_of_many>();
    std::vector<ppo_text> ids_{};
    const ppo_onboarding_1& calls_ = LivePlugin::onboarding();

    ppo_result set(std::int32_t enabled, std::uint64_t most = 0) {
        return calls_.set_access_of_many(live_->self, &live_->caller, &selection_, enabled, most,
                                         &done_, nullptr);
    }
    std::string said() const {
        return std::to_string(done_.changed) + " " + std::to_string(done_.unchanged) + " " +
               std::to_string(done_.unknown) + " " + std::to_string(done_.left);
    }
    void name(std::vector<ppo_text> ids) {
        ids_ = std::move(ids);
        selection_.filter = nullptr;
        selection_.patient_ids = ids_.data();
        selection_.patient_id_count = ids_.size();
    }
    std::uint32_t status(std::string_view id) { return live_->account(id).status; }

public:
    void setUp() override {
        live_.emplace();
        selection_.filter = &filter_;
    }
    void tearDown() override { live_.reset(); }

    void set_access_of_many_enables_whom_a_filter_matches() {
        filter_.search = to_text("winter");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(1));
        CPPUNIT_ASSERT_EQUAL(std::string{"1 0 0 0"}, said());
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_INVITED}, status("P001"));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_ENABLED}, status("P002"));
    }

    void set_access_of_many_enables_those_named() {
        live_->enable("P002");
        name({to_text("P001"), to_text("P404"), to_text("P002"), to_text("P001")});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(1));
        CPPUNIT_ASSERT_EQUAL(std::string{"1 1 1 0"}, said());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             calls_.set_access_of_many(live_->self, &live_->caller, &selection_, 1,
                                                       UINT64_MAX, nullptr, nullptr));
    }

    void ten_thousand_are_changed_unless_told_otherwise() {
        for (int i = 0; i < 10'003; ++i)
            live_->host.patients.push_back(anna("M" + std::to_string(i)));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             calls_.sync_directory(live_->self, nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(1));
        CPPUNIT_ASSERT_EQUAL(std::string{"10000 0 0 5"}, said());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(1, 2));
        CPPUNIT_ASSERT_EQUAL(std::string{"2 10000 0 3"}, said());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(1));
        CPPUNIT_ASSERT_EQUAL(std::string{"3 10002 0 0"}, said());
    }

    void disabling_ends_the_sessions_of_those_changed() {
        live_->enable("P002");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(0));
        CPPUNIT_ASSERT(live_->host.ended_sessions() == std::vector<std::string>{"P002"});
        CPPUNIT_ASSERT_EQUAL(std::string{"1 1 0 0"}, said());
    }

    void enabling_ends_no_session() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(1));
        CPPUNIT_ASSERT(live_->host.ended_sessions().empty());
    }

    void the_screen_is_refreshed_once_and_only_after_a_change() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(1));
        CPPUNIT_ASSERT(live_->host.refreshed() == std::vector<std::string>{""});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(1));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, live_->host.refreshed().size());
    }

    void no_lock_is_held_while_sessions_end() {
        live_->enable("P001");
        live_->enable("P002");
        ppo_result answer = 0;
        live_->host.meanwhile = [&] {
            if (answer != 0) return;  // Of what it calls itself.
            answer = PPO_STOPPED;
            answer = calls_.set_access(live_->self, &live_->caller, to_text("P001"), 1, nullptr,
                                       nullptr);
        };
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(0));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, answer);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_INVITED}, status("P001"));
    }

    void selection_of_nobody_changes_nobody() {
        selection_ = fresh<ppo_batch_selection>();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(1));
        CPPUNIT_ASSERT(done_.changed == 0 && done_.unchanged == 0 && done_.unknown == 0);
    }

    void what_cannot_be_is_misuse_and_changes_nobody() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, set(2));
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_MISUSE_NULL},
            calls_.set_access_of_many(live_->self, &live_->caller, nullptr, 1, 0, &done_, nullptr));
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_MISUSE_NULL},
            calls_.set_access_of_many(live_->self, nullptr, &selection_, 1, 0, &done_, nullptr));
        name({to_text("P001")});
        selection_.filter = &filter_;  // Both.
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, set(1));
        name({to_text("P001"), {nullptr, 0}});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_EMPTY}, set(1));
        name({to_text("P001")});
        selection_.patient_id_count = 100'001;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, set(1));
        selection_.patient_id_count = 1;
        selection_.patient_ids = nullptr;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, set(1));
        name({to_text("P001")});
        done_.struct_size = 4;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_STRUCT_SIZE}, set(1));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_ENABLED}, status("P001"));
    }

    void needs_the_permission_to_onboard() {
        live_->caller.permissions = PPO_MAY_SET_PASSWORD;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, set(1));
        live_->caller.permissions = PPO_MAY_ONBOARD;
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_ENABLED}, status("P001"));
    }

    void writes_as_much_as_the_struct_holds() {
        done_.struct_size = 16;
        done_.unknown = done_.left = 77;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(1));
        CPPUNIT_ASSERT_EQUAL(std::string{"2 0 77 77"}, said());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AccessCallsTest);

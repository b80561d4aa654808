// SPDX-License-Identifier: Apache-2.0
#include "boundary/mending.hpp"

#include "boundary/open_view.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

// Through tab and report, which say and do the same.
class MendingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MendingTest);
    CPPUNIT_TEST(calls_a_patient_by_both_names);
    CPPUNIT_TEST(calls_a_patient_by_the_name_there_is);
    CPPUNIT_TEST(a_toggle_offers_the_way_back);
    CPPUNIT_TEST(the_way_back_from_enabling_disables);
    CPPUNIT_TEST(the_way_back_from_disabling_enables_and_says_what_stays_dead);
    CPPUNIT_TEST(the_way_back_ends_where_an_invitation_followed);
    CPPUNIT_TEST(nothing_changed_offers_no_way_back);
    CPPUNIT_TEST(the_way_back_of_nobody_is_refused);
    CPPUNIT_TEST(the_tab_takes_back_for_its_own_patient_only);
    CPPUNIT_TEST(an_invitation_offers_no_way_back);
    CPPUNIT_TEST(takes_what_the_patient_wanted_back);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        live_.emplace();
        report_.emplace(*live_, "onboarding.report", "");
        tab_.emplace(*live_, "patient-portal.tab", "P001");
    }

    void tearDown() override {
        tab_.reset();
        report_.reset();
        live_.reset();
    }

    void calls_a_patient_by_both_names() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Anna Winter"},
                             called({.first_name = "Anna", .last_name = "Winter"}));
    }

    void calls_a_patient_by_the_name_there_is() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Anna"}, called({.first_name = "Anna"}));
        CPPUNIT_ASSERT_EQUAL(std::string{"Winter"}, called({.last_name = "Winter"}));
    }

    void a_toggle_offers_the_way_back() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, report_->invoke("enable", "P001"));
        says(*report_, "Portal access is enabled for Anna Winter.", "undo_enable P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("set_access", "0"));
        says(*tab_, "Portal access is disabled for Anna Winter.", "undo_disable P001");
    }

    void the_way_back_from_enabling_disables() {
        for (auto* view : {&*report_, &*tab_}) {
            live_->enable("P001");
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view->invoke("undo_enable", "P001"));
            says(*view, "Portal access is disabled for Anna Winter.", "undo_disable P001");
            CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_ENABLED}, status());
        }
    }

    void the_way_back_from_disabling_enables_and_says_what_stays_dead() {
        static_cast<void>(live_->invited("P001"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, report_->invoke("disable", "P001"));
        says(
            *report_,
            "Portal access is disabled for Anna Winter. The link that was out has stopped working.",
            "undo_disable P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, report_->invoke("undo_disable", "P001"));
        says(
            *report_,
            "Portal access is enabled for Anna Winter. The link that was mailed before stays dead: "
            "send a new invitation.",
            "undo_enable P001");
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_INVITED}, status());
    }

    void the_way_back_ends_where_an_invitation_followed() {
        static_cast<void>(live_->invited("P001"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, report_->invoke("undo_enable", "P001"));
        says(*report_,
             "Access stays enabled: an invitation was sent to Anna Winter meanwhile. Click the "
             "rectangle to disable access all the same.",
             "");
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_INVITED}, status());
    }

    void nothing_changed_offers_no_way_back() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, report_->invoke("enable", "P001"));
        says(*report_, "Portal access is enabled for Anna Winter.", "");
    }

    void the_way_back_of_nobody_is_refused() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT},
                             report_->invoke("undo_enable", "P404"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT},
                             report_->invoke("undo_disable", "P404"));
        CPPUNIT_ASSERT(report_->effects.empty());
    }

    void the_tab_takes_back_for_its_own_patient_only() {
        live_->enable("P002");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, tab_->invoke("undo_enable", "P002"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, tab_->invoke("undo_enable", ""));
    }

    void an_invitation_offers_no_way_back() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, report_->invoke("send_invitation", "P001"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, report_->effects.at(0).action_id);
    }

    void takes_what_the_patient_wanted_back() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->edit("consent", "declined"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("save"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_DECLINED},
                             report_->invoke("send_invitation", "P001"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, report_->invoke("set_consent", "P001"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, report_->invoke("send_invitation", "P001"));
    }

private:
    static void says(const OpenView& view, const std::string& words, const std::string& action) {
        CPPUNIT_ASSERT_EQUAL(words, view.effects.at(0).text);
        CPPUNIT_ASSERT_EQUAL(action, view.effects.at(0).action_id);
    }
    [[nodiscard]] std::uint32_t status() { return live_->account("P001").status; }

    std::optional<LivePlugin> live_{};
    std::optional<OpenView> report_{};
    std::optional<OpenView> tab_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(MendingTest);

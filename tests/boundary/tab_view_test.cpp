// SPDX-License-Identifier: Apache-2.0
#include "boundary/tab_view.hpp"

#include "boundary/open_view.hpp"
#include "store/bounce_table.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <optional>

using namespace ppo;

class TabViewTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TabViewTest);
    CPPUNIT_TEST(shows_red_and_offers_to_enable);
    CPPUNIT_TEST(a_click_enables);
    CPPUNIT_TEST(asks_before_it_disables);
    CPPUNIT_TEST(toggles_by_0_and_1_only);
    CPPUNIT_TEST(says_what_stands_between_patient_and_portal);
    CPPUNIT_TEST(sends_the_invitation);
    CPPUNIT_TEST(says_why_no_invitation_can_be_sent);
    CPPUNIT_TEST(refuses_an_invitation_with_its_sentence);
    CPPUNIT_TEST(withdraws_the_link);
    CPPUNIT_TEST(offers_no_withdrawal_without_a_link);
    CPPUNIT_TEST(lifts_the_delay);
    CPPUNIT_TEST(shows_the_history_newest_first);
    CPPUNIT_TEST(shows_older_history_on_request_and_says_where_it_ends);
    CPPUNIT_TEST(shows_what_the_mail_server_said);
    CPPUNIT_TEST(says_that_the_mail_is_in_hand);
    CPPUNIT_TEST(says_why_the_mail_came_back);
    CPPUNIT_TEST(says_when_an_unknown_outcome_is_tried_again);
    CPPUNIT_TEST(is_refused_once_the_chart_has_gone);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        live_.emplace();
        tab_.emplace(*live_, "patient-portal.tab", "P001");
    }

    void tearDown() override {
        tab_.reset();
        live_.reset();
    }

    void shows_red_and_offers_to_enable() {
        const auto view = tab_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"red"}, view.colour());
        CPPUNIT_ASSERT_EQUAL(std::string{"Enable portal access"},
                             std::string{view.action("set_access")["label"].GetString()});
        CPPUNIT_ASSERT(!view.action("set_access").HasMember("confirm"));
    }

    void a_click_enables() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->click(tab_->look().action("set_access")));
        CPPUNIT_ASSERT_EQUAL(std::string{"gray"}, tab_->look().colour());
        CPPUNIT_ASSERT_EQUAL(std::string{"61"}, tab_->kinds());
        CPPUNIT_ASSERT_EQUAL(std::string{"P001"}, tab_->effects.at(1).target);
    }

    void asks_before_it_disables() {
        live_->enable("P001");
        const auto view = tab_->look();
        CPPUNIT_ASSERT(view.action("set_access").HasMember("confirm"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->click(view.action("set_access")));
        CPPUNIT_ASSERT_EQUAL(std::string{"red"}, tab_->look().colour());
    }

    void toggles_by_0_and_1_only() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, tab_->invoke("set_access", "2"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, tab_->invoke("set_access", ""));
    }

    void says_what_stands_between_patient_and_portal() {
        const auto view = tab_->look();
        const auto& first = view.element(
            "What stands between this patient and the portal")["items"][0];
        CPPUNIT_ASSERT_EQUAL(std::string{"access_not_enabled"},
                             std::string{first["code"].GetString()});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->click(first["action"]));
        CPPUNIT_ASSERT_EQUAL(std::string{"gray"}, tab_->look().colour());
    }

    void sends_the_invitation() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             tab_->click(tab_->look().action("send_invitation")));
        CPPUNIT_ASSERT_EQUAL(std::string{"queued"}, tab_->look().fact("Invitation mail"));
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::string{"orange"}, tab_->look().colour());
    }

    void says_why_no_invitation_can_be_sent() {
        const auto view = tab_->look();
        CPPUNIT_ASSERT(!view.action("send_invitation")["enabled"].GetBool());
        CPPUNIT_ASSERT_EQUAL(std::string{"Portal access is not enabled. Enable it first."},
                             std::string{view.action("send_invitation")["reason"].GetString()});
        live_->enable("P001");
        CPPUNIT_ASSERT(!tab_->look().action("send_invitation").HasMember("reason"));
    }

    void refuses_an_invitation_with_its_sentence() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_ACCESS_NOT_ENABLED},
                             tab_->invoke("send_invitation"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Portal access is not enabled. Enable it first."},
                             std::string{tab_->error.message});
        CPPUNIT_ASSERT(tab_->effects.empty());
    }

    void withdraws_the_link() {
        static_cast<void>(live_->invited("P001"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->click(tab_->look().action("withdraw")));
        CPPUNIT_ASSERT(!tab_->look().has_action("withdraw"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NO_OPEN_INVITATION}, tab_->invoke("withdraw"));
    }

    void offers_no_withdrawal_without_a_link() {
        CPPUNIT_ASSERT(!tab_->look().has_action("withdraw"));
    }

    void lifts_the_delay() {
        live_->set_up("P001", "anna.w", good_);
        for (int i = 0; i < 5; ++i) static_cast<void>(live_->sign_in("anna.w", "wrong"));
        CPPUNIT_ASSERT(has_mark("locked"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->invoke("lift_delays"));
        CPPUNIT_ASSERT(!has_mark("locked"));
    }

    void shows_the_history_newest_first() {
        static_cast<void>(live_->invited("P001"));
        const auto view = tab_->look();
        const auto& items = view.element("What happened, newest first")["items"];
        CPPUNIT_ASSERT_EQUAL(std::string{"Mail taken by the mail server (invitation)"},
                             std::string{items[0]["text"].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::string{"Portal software"},
                             std::string{items[0]["who"].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::string{"Staff nurse-1, desk-2"},
                             std::string{items[1]["who"].GetString()});
    }

    void shows_older_history_on_request_and_says_where_it_ends() {
        for (int i = 0; i < 45; ++i)
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                                 tab_->click(tab_->look().action("set_access")));
        const auto shown = [](const ViewReader& view) {
            return view.element("What happened, newest first")["items"].Size();
        };
        CPPUNIT_ASSERT_EQUAL(20U, shown(tab_->look()));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->click(tab_->look().action("show_older")));
        CPPUNIT_ASSERT_EQUAL(40U, shown(tab_->look()));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, tab_->click(tab_->look().action("show_older")));
        const auto whole = tab_->look();
        CPPUNIT_ASSERT_EQUAL(45U, shown(whole));
        CPPUNIT_ASSERT(!whole.has_action("show_older"));
        CPPUNIT_ASSERT(whole.notes().find("There is nothing older on record.") !=
                       std::string::npos);
    }

    void shows_what_the_mail_server_said() {
        live_->host.mail_answers = PPO_REFUSED_MAIL_DEFERRED;
        live_->host.mail_reason = "mailbox busy";
        static_cast<void>(live_->invited("P001"));
        const auto fact = tab_->look().fact("Invitation mail");
        CPPUNIT_ASSERT_EQUAL(std::string{"deferred: it is tried again. mailbox busy. Next try: "},
                             fact.substr(0, 53));
    }

    void says_that_the_mail_is_in_hand() {
        std::string meanwhile;
        live_->host.meanwhile = [&] {
            if (tab_) meanwhile = tab_->look().fact("Invitation mail");
        };
        static_cast<void>(live_->invited("P001"));
        live_->host.meanwhile = {};
        CPPUNIT_ASSERT_EQUAL(std::string{"sending: it is on its way to the mail server"},
                             meanwhile);
    }

    void says_why_the_mail_came_back() {
        static_cast<void>(live_->invited("P001"));
        {
            Transaction transaction{instances().find(live_->self)->database()};
            const auto mail = find_queued_mail(transaction, last_mail_to(transaction, "P001")->id);
            CPPUNIT_ASSERT(put_mail_bounced(transaction, *mail, "550 no such user"));
            transaction.commit();
        }
        const auto view = tab_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"bounced: the mail came back. 550 no such user"},
                             view.fact("Invitation mail"));
        CPPUNIT_ASSERT_EQUAL(std::string{"danger"},
                             std::string{view.element("Invitation mail")["tone"].GetString()});
    }

    void says_when_an_unknown_outcome_is_tried_again() {
        live_->host.mail_answers = PPO_REFUSED_MAIL_UNKNOWN;
        live_->host.mail_reason = "Connection lost.";
        static_cast<void>(live_->invited("P001"));
        const std::string expected =
            "outcome unknown: the connection was lost, it may have been sent. Connection lost. "
            "Next try: ";
        CPPUNIT_ASSERT_EQUAL(expected,
                             tab_->look().fact("Invitation mail").substr(0, expected.size()));
    }

    void is_refused_once_the_chart_has_gone() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().patient_removed(
                                                     live_->self, to_text("P001"), nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT}, tab_->render());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT}, tab_->invoke("save"));
    }

private:
    [[nodiscard]] bool has_mark(const std::string& mark) const {
        const auto marks = ViewReader::marks_in(tab_->look().element("status"));
        return std::count(marks.begin(), marks.end(), mark) > 0;
    }

    const std::string good_ = "maple kettle orbit";
    std::optional<LivePlugin> live_{};
    std::optional<OpenView> tab_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(TabViewTest);

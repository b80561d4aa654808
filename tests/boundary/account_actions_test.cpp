// SPDX-License-Identifier: Apache-2.0
#include "boundary/account_actions.hpp"

#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

using namespace ppo;

// Through the typed slots; tab and report do the same through the same functions.
class AccountActionsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccountActionsTest);
    CPPUNIT_TEST(set_credentials_needs_a_permission_of_its_own_for_passwords);
    CPPUNIT_TEST(set_credentials_refuses_by_the_rules_with_the_field);
    CPPUNIT_TEST(send_invitation_refuses_each_reason_of_its_own);
    CPPUNIT_TEST(send_invitation_cools_down_and_says_how_long);
    CPPUNIT_TEST(send_invitation_mails_to_the_address_on_the_chart_now);
    CPPUNIT_TEST(send_invitation_takes_out_whom_the_host_no_longer_knows);
    CPPUNIT_TEST(a_mail_that_waited_is_not_sent_to_whose_chart_closed_meanwhile);
    CPPUNIT_TEST(send_invitation_queues_nothing_if_the_directory_fails);
    CPPUNIT_TEST(send_invitation_queues_nothing_if_the_directory_gives_another);
    CPPUNIT_TEST(send_invitation_tells_a_spoilt_chart_from_a_directory_that_is_down);
    CPPUNIT_TEST(send_invitation_ends_the_sessions_of_whom_the_host_no_longer_knows);
    CPPUNIT_TEST(send_invitation_asks_nobody_without_permission);
    CPPUNIT_TEST(disabling_ends_the_sessions);
    CPPUNIT_TEST(enabling_ends_no_session);
    CPPUNIT_TEST(setting_what_is_set_tells_nobody);
    CPPUNIT_TEST(a_replaced_password_ends_the_sessions);
    CPPUNIT_TEST(a_first_password_ends_no_session);
    CPPUNIT_TEST(another_username_ends_the_sessions);
    CPPUNIT_TEST(another_email_ends_the_sessions);
    CPPUNIT_TEST(other_news_of_a_chart_end_no_session);
    CPPUNIT_TEST(a_chart_that_the_directory_shows_closed_ends_its_sessions);
    CPPUNIT_TEST(a_chart_that_the_directory_no_longer_has_ends_its_sessions);
    CPPUNIT_TEST(a_directory_that_breaks_off_ends_the_sessions_of_whom_it_closed);
    CPPUNIT_TEST(charts_that_a_batch_finds_closed_or_gone_end_their_sessions);
    CPPUNIT_TEST(a_merged_chart_ends_its_sessions);
    CPPUNIT_TEST(a_first_set_up_ends_no_session_and_a_reset_does);
    CPPUNIT_TEST(a_changed_password_ends_the_sessions);
    CPPUNIT_TEST(every_change_refreshes_the_screen);
    CPPUNIT_TEST(a_refusal_tells_nobody);
    CPPUNIT_TEST(no_lock_is_held_while_the_host_is_told);
    CPPUNIT_TEST(staff_lift_the_wait_of_a_patient);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { live_.emplace(); }

    void tearDown() override { live_.reset(); }

    void set_credentials_needs_a_permission_of_its_own_for_passwords() {
        live_->enable("P001");
        live_->caller.permissions = PPO_MAY_ONBOARD;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED},
                             set(to_text("anna.w"), to_text(good_)));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(to_text("anna.w"), {}));
        live_->caller.permissions = PPO_MAY_SET_PASSWORD;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, set({}, to_text(good_)));
    }

    void set_credentials_refuses_by_the_rules_with_the_field() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_ACCESS_NOT_ENABLED},
                             set(to_text("anna.w"), {}));
        live_->enable("P001");
        live_->set_up("P002", "taken.name", good_);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_USERNAME_TAKEN},
                             set(to_text("taken.name"), {}));
        CPPUNIT_ASSERT_EQUAL(std::string{"username"}, std::string{error_.field});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_USERNAME_MISSING}, set({}, to_text(good_)));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_PASSWORD_TOO_SHORT},
                             set(to_text("anna.w"), to_text("abc")));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_PASSWORD_GUESSABLE},
                             set(to_text("anna.w"), to_text("password")));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_PASSWORD_CHARACTERS},
                             set(to_text("anna.w"), to_text("maple\x01kettle orbit")));
        const std::string too_long(257, 'x');
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_PASSWORD_TOO_LONG},
                             set(to_text("anna.w"), to_text(too_long)));
    }

    void send_invitation_refuses_each_reason_of_its_own() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_ACCESS_NOT_ENABLED}, invite("P001"));
        live_->enable("P001");
        auto& patient = live_->host.patients.at(0);
        patient.chart_status = ChartStatus::Inactive;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_CHART_INACTIVE}, invite("P001"));
        patient.chart_status = ChartStatus::Deceased;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_CHART_DECEASED}, invite("P001"));
        patient.chart_status = ChartStatus::Active;
        patient.email = "no address";
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_INVALID_EMAIL}, invite("P001"));
        patient.email.clear();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NO_EMAIL}, invite("P001"));
        patient.email = "anna@example.org";
        patient.opted_out = true;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_OPTED_OUT}, invite("P001"));
        patient.opted_out = false;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, invite("P001"));
    }

    void send_invitation_cools_down_and_says_how_long() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, invite("P001"));
        live_->advance(std::chrono::seconds{30});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_COOLING_DOWN}, invite("P001"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{90'000}, error_.retry_after_ms);
        live_->advance(std::chrono::seconds{90});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, invite("P001"));
    }

    void send_invitation_mails_to_the_address_on_the_chart_now() {
        live_->enable("P001");
        live_->host.patients.at(0).email = "moved@example.org";
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, invite("P001"));
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::string{"moved@example.org"}, live_->host.mails().at(0).recipient);
    }

    void send_invitation_takes_out_whom_the_host_no_longer_knows() {
        live_->enable("P001");
        live_->host.patients.erase(live_->host.patients.begin());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT}, invite("P001"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT}, set_access(0));
    }

    void send_invitation_queues_nothing_if_the_directory_fails() {
        live_->enable("P001");
        live_->host.directory_answers = 0;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, invite("P001"));
        live_->work();
        CPPUNIT_ASSERT(live_->host.mails().empty());
    }

    void send_invitation_queues_nothing_if_the_directory_gives_another() {
        live_->enable("P001");
        live_->host.gives_instead = bruno();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, invite("P001"));
        live_->work();
        CPPUNIT_ASSERT(live_->host.mails().empty());
    }

    void send_invitation_asks_nobody_without_permission() {
        live_->caller.permissions = PPO_MAY_SET_PASSWORD | PPO_MAY_READ_AUDIT;
        bool asked = false;
        live_->host.meanwhile = [&] { asked = true; };
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, invite("P001"));
        CPPUNIT_ASSERT(!asked);
    }

    void disabling_ends_the_sessions() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set_access(0));
        CPPUNIT_ASSERT(std::vector<std::string>{"P001"} == live_->host.ended_sessions());
    }

    void enabling_ends_no_session() {
        live_->enable("P001");
        CPPUNIT_ASSERT(live_->host.ended_sessions().empty());
    }

    void setting_what_is_set_tells_nobody() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set_access(0));
        CPPUNIT_ASSERT(live_->host.ended_sessions().empty() && live_->host.refreshed().empty());
    }

    void a_replaced_password_ends_the_sessions() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(to_text("anna.w"), to_text(good_)));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set({}, to_text("violet hammer cloud")));
        CPPUNIT_ASSERT(std::vector<std::string>{"P001"} == live_->host.ended_sessions());
    }

    void a_first_password_ends_no_session() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(to_text("anna.w"), to_text(good_)));
        CPPUNIT_ASSERT(live_->host.ended_sessions().empty());
    }

    void every_change_refreshes_the_screen() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, invite("P001"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, revoke());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(to_text("anna.w"), {}));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, lift());
        CPPUNIT_ASSERT(std::vector<std::string>(5, "P001") == live_->host.refreshed());
    }

    void a_refusal_tells_nobody() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NO_OPEN_INVITATION}, revoke());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_ACCESS_NOT_ENABLED},
                             set(to_text("anna.w"), {}));
        CPPUNIT_ASSERT(live_->host.ended_sessions().empty() && live_->host.refreshed().empty());
    }

    void no_lock_is_held_while_the_host_is_told() {
        int told = 0;
        live_->host.meanwhile = [&] {
            if (++told == 1) CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, lift());
        };
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(2, told);
    }

    void staff_lift_the_wait_of_a_patient() {
        live_->set_up("P001", "anna.w", good_);
        for (int i = 0; i < 5; ++i)
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN},
                                 live_->sign_in("anna.w", "wrong"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN}, live_->sign_in("anna.w", good_));
        CPPUNIT_ASSERT((live_->account("P001").marks & PPO_MARK_LOCKED) != 0);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, lift());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", good_));
    }

    void send_invitation_tells_a_spoilt_chart_from_a_directory_that_is_down() {
        live_->enable("P001");
        live_->host.spoils = [](ppo_patient& patient) { patient.chart_status = 99; };
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_CHART_UNREADABLE}, invite("P001"));
        CPPUNIT_ASSERT(live_->host.whole_log().find("chart") == std::string::npos);
        live_->host.spoils = {};
        live_->host.directory_answers = 0;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, invite("P001"));
        live_->host.directory_answers.reset();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, invite("P001"));
    }

    void send_invitation_ends_the_sessions_of_whom_the_host_no_longer_knows() {
        live_->enable("P001");
        live_->host.patients.erase(live_->host.patients.begin());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT}, invite("P001"));
        assert_ended({"P001"});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT}, invite("P001"));
        assert_ended({"P001"});  // Nobody is told twice of a chart that has gone.
    }

    void a_mail_that_waited_is_not_sent_to_whose_chart_closed_meanwhile() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, invite("P001"));
        live_->host.patients.at(0).chart_status = ChartStatus::Deceased;
        live_->advance(std::chrono::minutes{10});
        live_->work();
        CPPUNIT_ASSERT(live_->host.mails().empty());
        assert_ended({"P001"});
    }

    void another_username_ends_the_sessions() {
        live_->set_up("P001", "anna.w", good_);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(to_text("anna.winter"), {}));
        assert_ended({"P001"});
    }

    void another_email_ends_the_sessions() {
        live_->host.patients.at(0).email = "new@example.org";
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sync());
        assert_ended({"P001"});
    }

    void other_news_of_a_chart_end_no_session() {
        live_->host.patients.at(0).last_name = "Summer";
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sync());
        assert_ended({});
    }

    void a_chart_that_the_directory_shows_closed_ends_its_sessions() {
        live_->host.patients.at(0).chart_status = ChartStatus::Inactive;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sync());
        assert_ended({"P001"});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sync());
        assert_ended({"P001"});
    }

    void a_chart_that_the_directory_no_longer_has_ends_its_sessions() {
        live_->host.patients.pop_back();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sync());
        assert_ended({"P002"});
    }

    void a_directory_that_breaks_off_ends_the_sessions_of_whom_it_closed() {
        live_->host.patients.at(0).chart_status = ChartStatus::Deceased;
        for (int i = 0; i < 5'000; ++i)  // So that a part is stored before the end.
            live_->host.patients.push_back(bruno("Q" + std::to_string(i)));
        live_->host.directory_answers = 0;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, sync());
        assert_ended({"P001"});
    }

    void charts_that_a_batch_finds_closed_or_gone_end_their_sessions() {
        live_->enable("P001");
        live_->enable("P002");
        const std::array<ppo_text, 2> ids{to_text("P001"), to_text("P002")};
        auto selection = fresh<ppo_batch_selection>();
        selection.patient_ids = ids.data();
        selection.patient_id_count = ids.size();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, calls_.start_batch(live_->self, &live_->caller,
                                                                    &selection, nullptr, &error_));
        live_->host.patients.at(0).chart_status = ChartStatus::Inactive;
        live_->host.patients.pop_back();
        live_->advance(std::chrono::minutes{10});
        live_->work();
        auto ended = live_->host.ended_sessions();
        std::sort(ended.begin(), ended.end());
        CPPUNIT_ASSERT(ended == (std::vector<std::string>{"P001", "P002"}));
    }

    void a_merged_chart_ends_its_sessions() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, calls_.patient_merged(live_->self, to_text("P002"),
                                                                       to_text("P001"), &error_));
        assert_ended({"P002"});
    }

    void a_first_set_up_ends_no_session_and_a_reset_does() {
        live_->set_up("P001", "anna.w", good_);
        assert_ended({});
        live_->advance(std::chrono::hours{1});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, invite("P001"));
        live_->work();
        const auto link = links_in(live_->host.mails().back()).at(0);
        const auto born = anna().birth_date;
        const auto answers = live_->answers(link, born);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::selfservice().complete_setup(
                                                     live_->self, &live_->visitor, &answers, {},
                                                     to_text("copper lantern meadow"), &error_));
        assert_ended({"P001"});
    }

    void a_changed_password_ends_the_sessions() {
        live_->set_up("P001", "anna.w", good_);
        const auto change = [&](std::string_view current) {
            return LivePlugin::selfservice().change_password(
                live_->self, &live_->visitor, to_text("P001"), to_text(current),
                to_text("copper lantern meadow"), nullptr, &error_);
        };
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN}, change("wrong"));
        assert_ended({});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, change(good_));
        assert_ended({"P001"});
    }

private:
    ppo_result sync() { return calls_.sync_directory(live_->self, nullptr, &error_); }
    void assert_ended(const std::vector<std::string>& expected) {
        CPPUNIT_ASSERT(expected == live_->host.ended_sessions());
    }
    ppo_result set_access(std::int32_t enabled) {
        return calls_.set_access(live_->self, &live_->caller, to_text("P001"), enabled, nullptr,
                                 &error_);
    }
    ppo_result invite(std::string_view id) {
        return calls_.send_invitation(live_->self, &live_->caller, to_text(id), nullptr, &error_);
    }
    ppo_result revoke() {
        return calls_.revoke_invitation(live_->self, &live_->caller, to_text("P001"), &error_);
    }
    ppo_result lift() {
        return calls_.lift_delays(live_->self, &live_->caller, to_text("P001"), &error_);
    }
    ppo_result set(ppo_text username, ppo_text password) {
        const ppo_credentials given{sizeof given, 0, username, password};
        return calls_.set_credentials(live_->self, &live_->caller, to_text("P001"), &given, nullptr,
                                      &error_);
    }

    const std::string good_ = "maple kettle orbit";
    std::optional<LivePlugin> live_{};
    const ppo_onboarding_1& calls_ = LivePlugin::onboarding();
    ppo_error error_ = fresh_error();
};
CPPUNIT_TEST_SUITE_REGISTRATION(AccountActionsTest);

// SPDX-License-Identifier: Apache-2.0
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <optional>

using namespace ppo;

// What patients want, over the typed slots: staff's and the patient's own.
class ConsentCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConsentCallsTest);
    CPPUNIT_TEST(set_consent_stands_in_the_account);
    CPPUNIT_TEST(set_consent_answers_status_and_marks);
    CPPUNIT_TEST(set_consent_refreshes_the_screen_once);
    CPPUNIT_TEST(set_consent_needs_permission);
    CPPUNIT_TEST(set_consent_refuses_what_is_not_ahead);
    CPPUNIT_TEST(set_consent_takes_no_number_or_moment_that_cannot_be);
    CPPUNIT_TEST(set_consent_reads_until_of_a_deferral_only);
    CPPUNIT_TEST(invitations_are_refused_with_the_reason_of_the_patient);
    CPPUNIT_TEST(a_mail_that_waits_does_not_leave);
    CPPUNIT_TEST(reasons_name_the_action_that_takes_it_back);
    CPPUNIT_TEST(patient_reads_and_changes_the_choice);
    CPPUNIT_TEST(patient_s_choice_refreshes_the_screen);
    CPPUNIT_TEST(patient_s_choice_is_refused_for_a_closed_account);
    CPPUNIT_TEST(patient_s_choice_is_yes_or_no);
    CPPUNIT_TEST(get_mail_choice_needs_a_place);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        live_.emplace();
        live_->enable("P001");
    }

    void tearDown() override { live_.reset(); }

    void set_consent_stands_in_the_account() {
        const ppo_time until = live_->host.time + 86'400'000;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(PPO_CONSENT_DEFERRED, until));
        const auto account = live_->account("P001");
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_CONSENT_DEFERRED}, account.consent);
        CPPUNIT_ASSERT_EQUAL(until, account.consent_until);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(PPO_CONSENT_NONE));
        CPPUNIT_ASSERT_EQUAL(ppo_time{PPO_TIME_NONE}, live_->account("P001").consent_until);
    }

    void set_consent_answers_status_and_marks() {
        auto state = fresh<ppo_account_state>();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::onboarding().set_consent(
                                 live_->self, &live_->caller, to_text("P001"), PPO_CONSENT_DECLINED,
                                 PPO_TIME_NONE, &state, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_INVITED}, state.status);
        CPPUNIT_ASSERT_EQUAL(PPO_MARK_OPTED_OUT, state.marks);
    }

    void set_consent_refreshes_the_screen_once() {
        const auto before = live_->host.refreshed().size();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(PPO_CONSENT_DECLINED));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(PPO_CONSENT_DECLINED));
        CPPUNIT_ASSERT_EQUAL(before + 1, live_->host.refreshed().size());
    }

    void set_consent_needs_permission() {
        live_->caller.permissions = PPO_MAY_SET_PASSWORD;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, set(PPO_CONSENT_DECLINED));
    }

    void set_consent_refuses_what_is_not_ahead() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_DATE_NOT_AHEAD},
                             set(PPO_CONSENT_DEFERRED, live_->host.time));
        CPPUNIT_ASSERT_EQUAL(std::string{"refused_date_not_ahead"}, std::string{error_.code});
    }

    void set_consent_takes_no_number_or_moment_that_cannot_be() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, set(4));
        CPPUNIT_ASSERT_EQUAL(std::string{"consent"}, std::string{error_.field});
        for (const ppo_time until : {ppo_time{PPO_TIME_NONE}, ppo_time{INT64_MAX}}) {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, set(PPO_CONSENT_DEFERRED, until));
            CPPUNIT_ASSERT_EQUAL(std::string{"until"}, std::string{error_.field});
        }
    }

    void set_consent_reads_until_of_a_deferral_only() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(PPO_CONSENT_DECLINED, INT64_MAX));
        CPPUNIT_ASSERT_EQUAL(ppo_time{PPO_TIME_NONE}, live_->account("P001").consent_until);
    }

    void invitations_are_refused_with_the_reason_of_the_patient() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(PPO_CONSENT_DECLINED));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_DECLINED}, invite());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, error_.retry_after_ms);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             set(PPO_CONSENT_DEFERRED, live_->host.time + 90'000));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_DEFERRED}, invite());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{90'000}, error_.retry_after_ms);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(PPO_CONSENT_DO_NOT_MAIL));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_OPTED_OUT}, invite());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(PPO_CONSENT_NONE));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, invite());
    }

    void a_mail_that_waits_does_not_leave() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, invite());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(PPO_CONSENT_DECLINED));
        live_->work();
        CPPUNIT_ASSERT(live_->host.mails().empty());
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_INVITED}, live_->account("P001").status);
    }

    void reasons_name_the_action_that_takes_it_back() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(PPO_CONSENT_DECLINED));
        std::string reason;
        const AccountSink sink{[&](const ppo_account& account) {
            for (std::uint64_t i = 0; i < account.why_count; ++i)
                reason += copy_of(account.why[i]->code) + " " + copy_of(account.why[i]->action_id) +
                          (account.why[i]->action_label.size > 0 ? " labelled;" : ";");
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::onboarding().get_account(live_->self, &live_->caller,
                                                                  to_text("P001"), sink, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::string{"declined set_consent labelled;"}, reason);
    }

    void patient_reads_and_changes_the_choice() {
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_MAIL_CHOICE_MAIL_ME}, choice());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, choose(0));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{0}, choice());
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_CONSENT_DO_NOT_MAIL},
                             live_->account("P001").consent);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, choose(1));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_MAIL_CHOICE_MAIL_ME}, choice());
    }

    void patient_s_choice_refreshes_the_screen() {
        const auto before = live_->host.refreshed().size();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, choose(0));
        CPPUNIT_ASSERT_EQUAL(before + 1, live_->host.refreshed().size());
    }

    void patient_s_choice_is_refused_for_a_closed_account() {
        auto place = fresh<ppo_mail_choice>();
        place.flags = 77;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN},
                             LivePlugin::selfservice().get_mail_choice(
                                 live_->self, &live_->visitor, to_text("P002"), &place, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{77}, place.flags);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN}, choose(0, "P002"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN}, choose(0, "P404"));
    }

    void patient_s_choice_is_yes_or_no() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, choose(2));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, choose(-1));
    }

    void get_mail_choice_needs_a_place() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             LivePlugin::selfservice().get_mail_choice(
                                 live_->self, &live_->visitor, to_text("P001"), nullptr, nullptr));
        ppo_mail_choice none{};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_STRUCT_SIZE},
                             LivePlugin::selfservice().get_mail_choice(
                                 live_->self, &live_->visitor, to_text("P001"), &none, nullptr));
    }

private:
    ppo_result set(std::uint32_t consent, ppo_time until = PPO_TIME_NONE) {
        error_ = fresh_error();
        return LivePlugin::onboarding().set_consent(live_->self, &live_->caller, to_text("P001"),
                                                    consent, until, nullptr, &error_);
    }
    ppo_result invite() {
        error_ = fresh_error();
        return LivePlugin::onboarding().send_invitation(live_->self, &live_->caller,
                                                        to_text("P001"), nullptr, &error_);
    }
    ppo_result choose(std::int32_t mail_me, std::string_view patient_id = "P001") {
        return LivePlugin::selfservice().set_mail_choice(live_->self, &live_->visitor,
                                                         to_text(patient_id), mail_me, nullptr);
    }
    std::uint32_t choice() {
        auto place = fresh<ppo_mail_choice>();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::selfservice().get_mail_choice(
                                 live_->self, &live_->visitor, to_text("P001"), &place, nullptr));
        return place.flags;
    }

    std::optional<LivePlugin> live_{};
    ppo_error error_ = fresh_error();
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConsentCallsTest);

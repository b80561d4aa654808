// SPDX-License-Identifier: Apache-2.0
#include "boundary/tables.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

class OnboardingCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OnboardingCallsTest);
    CPPUNIT_TEST(get_account_tells_how_far_a_patient_has_come);
    CPPUNIT_TEST(get_account_says_why_and_how_to_mend_it);
    CPPUNIT_TEST(get_account_tells_what_the_mail_server_said);
    CPPUNIT_TEST(get_account_tells_that_a_mail_is_in_hand);
    CPPUNIT_TEST(get_account_takes_a_failing_sink_for_a_fault);
    CPPUNIT_TEST(get_account_needs_a_sink);
    CPPUNIT_TEST(patient_ids_are_checked_everywhere);
    CPPUNIT_TEST(unknown_patients_are_refused_everywhere);
    CPPUNIT_TEST(set_access_enables_and_disables);
    CPPUNIT_TEST(set_access_takes_0_and_1_only);
    CPPUNIT_TEST(set_access_checks_the_size_of_the_state);
    CPPUNIT_TEST(check_username_gives_the_verdict);
    CPPUNIT_TEST(check_username_suggests_when_taken);
    CPPUNIT_TEST(check_username_takes_256_bytes_and_no_more);
    CPPUNIT_TEST(set_credentials_sets_both);
    CPPUNIT_TEST(set_credentials_refuses_empty_texts);
    CPPUNIT_TEST(send_invitation_says_when_the_link_expires);
    CPPUNIT_TEST(revoke_invitation_kills_the_link);
    CPPUNIT_TEST(revoke_invitation_refuses_without_a_link);
    CPPUNIT_TEST(lift_delays_lifting_nothing_is_ok);
    CPPUNIT_TEST(patient_changed_takes_the_new_facts_over);
    CPPUNIT_TEST(patient_changed_ends_sessions_of_a_closed_chart);
    CPPUNIT_TEST(patient_changed_checks_the_patient);
    CPPUNIT_TEST(patient_removed_takes_the_patient_out);
    CPPUNIT_TEST(patient_merged_moves_the_account);
    CPPUNIT_TEST(patient_merged_needs_two_charts);
    CPPUNIT_TEST(sync_directory_may_be_asked_without_a_place_for_the_number);
    CPPUNIT_TEST(a_refusal_changes_nothing);
    CPPUNIT_TEST(callbacks_may_call_back_in);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { live_.emplace(); }

    void tearDown() override { live_.reset(); }

    void get_account_tells_how_far_a_patient_has_come() {
        live_->set_up("P001", "anna.w", good_);
        std::string texts;
        const AccountSink sink{[&](const ppo_account& account) {
            texts = copy_of(account.patient_id) + " " + copy_of(account.username) + " " +
                    copy_of(account.email);
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, get_account(sink));
        CPPUNIT_ASSERT_EQUAL(std::string{"P001 anna.w anna@example.org"}, texts);
        const auto account = live_->account("P001");
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_INVITED}, account.status);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_ACCOUNT_ACCESS_ENABLED | PPO_ACCOUNT_HAS_PASSWORD},
                             account.flags);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_MAIL_SENT}, account.mail_state);
        CPPUNIT_ASSERT_EQUAL(ppo_time{to_milliseconds(noon)}, account.last_invited_at);
        CPPUNIT_ASSERT_EQUAL(PPO_TIME_NONE, account.first_signed_in_at);
        CPPUNIT_ASSERT_EQUAL(PPO_TIME_NONE, account.link_expires_at);
    }

    void get_account_says_why_and_how_to_mend_it() {
        std::string first;
        const AccountSink sink{[&](const ppo_account& account) {
            if (account.why_count > 0)
                first = copy_of(account.why[0]->code) + " " + copy_of(account.why[0]->action_id) +
                        " " + copy_of(account.why[0]->action_label);
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, get_account(sink));
        CPPUNIT_ASSERT_EQUAL(std::string{"access_not_enabled set_access Enable portal access"},
                             first);
    }

    void get_account_tells_what_the_mail_server_said() {
        live_->host.mail_answers = PPO_REFUSED_MAIL_DEFERRED;
        live_->host.mail_reason = "try later";
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, invite("P001"));
        live_->work();
        std::string reason;
        const AccountSink sink{[&](const ppo_account& account) {
            reason = copy_of(account.mail_reason);
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, get_account(sink));
        CPPUNIT_ASSERT_EQUAL(std::string{"try later"}, reason);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_MAIL_DEFERRED}, live_->account("P001").mail_state);
        const auto wait = live_->account("P001").next_try_at - to_milliseconds(noon);
        CPPUNIT_ASSERT(wait >= 48'000 && wait <= 72'000);
        CPPUNIT_ASSERT((live_->account("P001").marks & PPO_MARK_DEFERRED) != 0);
    }

    void get_account_tells_that_a_mail_is_in_hand() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, invite("P001"));
        bool was_in_hand = false;
        live_->host.meanwhile = [&] {
            if (live_->account("P001").mail_state == PPO_MAIL_SENDING) was_in_hand = true;
        };
        live_->work();
        CPPUNIT_ASSERT(was_in_hand);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_MAIL_SENT}, live_->account("P001").mail_state);
    }

    void get_account_takes_a_failing_sink_for_a_fault() {
        for (const ppo_result answer : {0, -1, 3}) {
            const AccountSink sink{[&](const ppo_account&) { return answer; }};
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, get_account(sink));
        }
    }

    void get_account_needs_a_sink() {
        const ppo_account_sink empty{nullptr, nullptr};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, get_account(nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, get_account(&empty));
        CPPUNIT_ASSERT_EQUAL(std::string{"sink"}, std::string{error_.field});
    }

    void patient_ids_are_checked_everywhere() {
        const std::string too_long(65, 'P');
        ids_answer({nullptr, 0}, PPO_MISUSE_TEXT_EMPTY);
        ids_answer({nullptr, 4}, PPO_MISUSE_NULL);
        ids_answer(to_text(too_long), PPO_MISUSE_TEXT_TOO_LONG);
        ids_answer({"P\0001", 4}, PPO_MISUSE_TEXT_HAS_NUL);
        ids_answer({"P\xFF", 2}, PPO_MISUSE_TEXT_NOT_UTF8);
    }

    void unknown_patients_are_refused_everywhere() {
        ids_answer(to_text("P404"), PPO_REFUSED_UNKNOWN_PATIENT);
    }

    void set_access_enables_and_disables() {
        auto state = fresh<ppo_account_state>();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set_access(1, &state));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_INVITED}, state.status);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set_access(0, &state));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_ENABLED}, state.status);
    }

    void set_access_takes_0_and_1_only() {
        for (const int enabled : {-1, 2}) {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, set_access(enabled, nullptr));
            CPPUNIT_ASSERT_EQUAL(std::string{"enabled"}, std::string{error_.field});
        }
    }

    void set_access_checks_the_size_of_the_state() {
        ppo_account_state state{4, 0, 0};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_STRUCT_SIZE}, set_access(1, &state));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_ENABLED}, live_->account("P001").status);
        state.struct_size = 8;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set_access(1, &state));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_INVITED}, state.status);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, state.marks);
    }

    void check_username_gives_the_verdict() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Available"}, verdict("anna.w").sentence);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, verdict("anna.w").verdict);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_USERNAME_TOO_SHORT}, verdict("an").verdict);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_USERNAME_TOO_LONG},
                             verdict(std::string(65, 'a')).verdict);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_USERNAME_CHARACTERS}, verdict("an na").verdict);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_USERNAME_RESERVED}, verdict("admin").verdict);
    }

    void check_username_suggests_when_taken() {
        live_->set_up("P002", "winter.a", good_);
        const auto taken = verdict("winter.a");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_USERNAME_TAKEN}, taken.verdict);
        CPPUNIT_ASSERT(!taken.suggestions.empty());
        for (const auto& suggestion : taken.suggestions)
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, verdict(suggestion).verdict);
    }

    void check_username_takes_256_bytes_and_no_more() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_USERNAME_TOO_LONG},
                             verdict(std::string(256, 'a')).verdict);
        const VerdictSink sink{[](const ppo_username_verdict&) { return PPO_OK; }};
        const std::string too_long(257, 'a');
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_TOO_LONG},
                             calls_.check_username(live_->self, &live_->caller, to_text("P001"),
                                                   to_text(too_long), sink, &error_));
        CPPUNIT_ASSERT_EQUAL(std::string{"username"}, std::string{error_.field});
    }

    void set_credentials_sets_both() {
        live_->enable("P001");
        auto state = fresh<ppo_account_state>();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set(to_text("anna.w"), to_text(good_), &state));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_INVITED}, state.status);
        CPPUNIT_ASSERT((state.marks & PPO_MARK_MUST_CHANGE_PASSWORD) != 0);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", good_));
    }

    void set_credentials_refuses_empty_texts() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_EMPTY}, set({"", 0}, {}));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_EMPTY}, set(to_text("anna.w"), {"", 0}));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, set({nullptr, 4}, {}));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, set(to_text("anna.w"), {nullptr, 4}));
        const std::string too_long(1'025, 'x');
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_TOO_LONG},
                             set(to_text("anna.w"), to_text(too_long)));
    }

    void send_invitation_says_when_the_link_expires() {
        live_->enable("P001");
        auto sent = fresh<ppo_invitation>();
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_OK},
            calls_.send_invitation(live_->self, &live_->caller, to_text("P001"), &sent, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_MAIL_QUEUED}, sent.mail_state);
        CPPUNIT_ASSERT_EQUAL(to_milliseconds(noon + std::chrono::hours{7 * 24}),
                             sent.link_expires_at);
    }

    void revoke_invitation_kills_the_link() {
        const auto link = live_->invited("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, revoke());
        const auto answers = live_->answers(link, "1980-02-29");
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_REFUSED_LINK_WITHDRAWN},
            LivePlugin::selfservice().complete_setup(live_->self, &live_->visitor, &answers,
                                                     to_text("anna.w"), to_text(good_), nullptr));
    }

    void revoke_invitation_refuses_without_a_link() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NO_OPEN_INVITATION}, revoke());
    }

    void lift_delays_lifting_nothing_is_ok() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, calls_.lift_delays(live_->self, &live_->caller,
                                                                    to_text("P001"), nullptr));
    }

    void patient_changed_takes_the_new_facts_over() {
        auto changed = anna();
        changed.email.clear();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, change(changed));
        CPPUNIT_ASSERT((live_->account("P001").marks & PPO_MARK_NO_EMAIL) != 0);
    }

    void patient_changed_ends_sessions_of_a_closed_chart() {
        auto changed = anna();
        changed.chart_status = ChartStatus::Inactive;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, change(changed));
        CPPUNIT_ASSERT(std::vector<std::string>{"P001"} == live_->host.ended_sessions());
    }

    void patient_changed_checks_the_patient() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             calls_.patient_changed(live_->self, nullptr, nullptr));
        auto changed = anna();
        changed.birth_date = "1980-13-01";
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, change(changed));
        CPPUNIT_ASSERT_EQUAL(std::string{"birth_date"}, std::string{error_.field});
    }

    void patient_removed_takes_the_patient_out() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             calls_.patient_removed(live_->self, to_text("P001"), nullptr));
        const AccountSink sink{[](const ppo_account&) { return PPO_OK; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT}, get_account(sink));
        CPPUNIT_ASSERT(std::vector<std::string>{"P001"} == live_->host.ended_sessions());
    }

    void patient_merged_moves_the_account() {
        live_->set_up("P001", "anna.w", good_);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, calls_.patient_merged(live_->self, to_text("P001"),
                                                                       to_text("P002"), nullptr));
        std::string who;
        const SignedInSink sink{[&](const ppo_signed_in& in) {
            who = copy_of(in.patient_id);
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_OK},
            LivePlugin::selfservice().sign_in(live_->self, &live_->visitor, to_text("anna.w"),
                                              to_text(good_), sink, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::string{"P002"}, who);
    }

    void patient_merged_needs_two_charts() {
        const auto p1 = to_text("P001");
        const auto p4 = to_text("P404");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE},
                             calls_.patient_merged(live_->self, p1, p1, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT},
                             calls_.patient_merged(live_->self, p1, p4, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT},
                             calls_.patient_merged(live_->self, p4, p1, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_EMPTY},
                             calls_.patient_merged(live_->self, p1, {}, &error_));
        CPPUNIT_ASSERT_EQUAL(std::string{"surviving_id"}, std::string{error_.field});
    }

    void sync_directory_may_be_asked_without_a_place_for_the_number() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             calls_.sync_directory(live_->self, nullptr, nullptr));
    }

    void a_refusal_changes_nothing() {
        const auto before = live_->store_bytes();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_ACCESS_NOT_ENABLED}, invite("P001"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NO_OPEN_INVITATION}, revoke());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, set_access(2, nullptr));
        CPPUNIT_ASSERT(before == live_->store_bytes());
    }

    void callbacks_may_call_back_in() {
        int calls = 0;
        live_->host.meanwhile = [&] {
            ++calls;
            static_cast<void>(live_->account("P001"));
            static_cast<void>(set_access(1, nullptr));
        };
        live_->enable("P001");
        const AccountSink sink{[&](const ppo_account&) { return set_access(0, nullptr); }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, get_account(sink));
        CPPUNIT_ASSERT(calls > 0);
    }

private:
    struct Verdict {
        ppo_result verdict = 0;
        std::string sentence{};
        std::vector<std::string> suggestions{};
    };

    ppo_result get_account(const ppo_account_sink* sink) {
        return calls_.get_account(live_->self, &live_->caller, to_text("P001"), sink, &error_);
    }
    ppo_result set_access(std::int32_t enabled, ppo_account_state* state) {
        return calls_.set_access(live_->self, &live_->caller, to_text("P001"), enabled, state,
                                 &error_);
    }
    ppo_result invite(std::string_view id) {
        return calls_.send_invitation(live_->self, &live_->caller, to_text(id), nullptr, &error_);
    }
    ppo_result revoke() {
        return calls_.revoke_invitation(live_->self, &live_->caller, to_text("P001"), &error_);
    }
    ppo_result set(ppo_text username, ppo_text password, ppo_account_state* state = nullptr) {
        const ppo_credentials given{sizeof given, 0, username, password};
        return calls_.set_credentials(live_->self, &live_->caller, to_text("P001"), &given, state,
                                      &error_);
    }
    ppo_result change(const Patient& patient) {
        std::vector<ppo_text> tags;
        const auto given = as_given(patient, tags);
        return calls_.patient_changed(live_->self, &given, &error_);
    }
    Verdict verdict(const std::string& typed) {
        Verdict found;
        const VerdictSink sink{[&](const ppo_username_verdict& given) {
            found.verdict = given.verdict;
            found.sentence = copy_of(given.sentence);
            for (std::uint64_t i = 0; i < given.suggestion_count; ++i)
                found.suggestions.push_back(copy_of(given.suggestions[i]));
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             calls_.check_username(live_->self, &live_->caller, to_text("P001"),
                                                   to_text(typed), sink, nullptr));
        return found;
    }
    void ids_answer(ppo_text id, ppo_result expected) {
        const AccountSink account{[](const ppo_account&) { return PPO_OK; }};
        const VerdictSink verdict{[](const ppo_username_verdict&) { return PPO_OK; }};
        const ppo_credentials given{sizeof given, 0, to_text("anna.w"), {}};
        auto* self = live_->self;
        const auto* by = &live_->caller;
        for (const auto result :
             {calls_.get_account(self, by, id, account, nullptr),
              calls_.set_access(self, by, id, 1, nullptr, nullptr),
              calls_.check_username(self, by, id, to_text("anna.w"), verdict, nullptr),
              calls_.set_credentials(self, by, id, &given, nullptr, nullptr),
              calls_.send_invitation(self, by, id, nullptr, nullptr),
              calls_.revoke_invitation(self, by, id, nullptr),
              calls_.lift_delays(self, by, id, nullptr), calls_.patient_removed(self, id, nullptr)})
            CPPUNIT_ASSERT_EQUAL(expected, result);
    }

    const std::string good_ = "maple kettle orbit";
    std::optional<LivePlugin> live_{};
    const ppo_onboarding_1& calls_ = LivePlugin::onboarding();
    ppo_error error_ = fresh_error();
};
CPPUNIT_TEST_SUITE_REGISTRATION(OnboardingCallsTest);

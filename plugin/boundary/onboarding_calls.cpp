// SPDX-License-Identifier: Apache-2.0
#include "boundary/access_calls.hpp"
#include "boundary/account_actions.hpp"
#include "boundary/batch_calls.hpp"
#include "boundary/consent_calls.hpp"
#include "boundary/guard.hpp"
#include "boundary/tables.hpp"
#include "boundary/verdict.hpp"
#include "domain/why.hpp"
#include "invitations/take_delivery_report.hpp"
#include "mail/delivery_report_reader.hpp"
#include "onboarding/patients.hpp"
#include "store/outbox_table.hpp"
#include "store/patient_table.hpp"

#include <vector>

namespace ppo {
namespace {
constexpr std::size_t longest_username = 256;
constexpr std::size_t longest_password = 1024;

std::string_view label_of(std::string_view action) {
    if (action == "set_access") return "Enable portal access";
    if (action == "send_invitation") return "Send invitation/reset email";
    if (action == "lift_delays") return "Lift the delay";
    if (action == "set_consent") return "Take it back on the patient's word";
    return {};
}

std::vector<ppo_reason> reasons_of(const std::vector<Reason>& why) {
    std::vector<ppo_reason> reasons;
    for (const auto& reason : why)
        reasons.push_back({sizeof(ppo_reason), 0, to_text(reason.code), to_text(reason.sentence),
                           to_text(reason.action), to_text(label_of(reason.action))});
    return reasons;
}

void put_account(const Account& account, const std::optional<QueuedMail>& mail, UnixTime now,
                 const ppo_account_sink& sink) {
    const auto reasons = reasons_of(why_not_green(account.facts, account.has_password, now));
    std::vector<const ppo_reason*> pointers;
    for (const auto& reason : reasons) pointers.push_back(&reason);
    const auto state = state_of(account, now);
    ppo_account out{};
    out.struct_size = sizeof out;
    out.status = state.status;
    out.marks = state.marks;
    out.flags = (account.facts.access_enabled ? std::uint32_t{PPO_ACCOUNT_ACCESS_ENABLED} : 0U) |
                (account.has_password ? std::uint32_t{PPO_ACCOUNT_HAS_PASSWORD} : 0U);
    out.mail_state = mail && mail->in_hand(now)
                         ? std::uint32_t{PPO_MAIL_SENDING}
                         : static_cast<std::uint32_t>(account.facts.mail_state);
    out.patient_id = to_text(account.patient.id);
    out.username = to_text(account.username);
    out.email = to_text(account.patient.email);
    if (mail) out.mail_reason = to_text(mail->reason);
    out.last_invited_at = to_time(account.last_invited_at);
    out.link_expires_at = to_time(account.facts.link_expires_at);
    out.next_try_at = mail ? to_time(mail->next_try_at) : PPO_TIME_NONE;
    out.first_signed_in_at = to_time(account.facts.first_signed_in_at);
    out.last_signed_in_at = to_time(account.last_signed_in_at);
    out.why = pointers.data();
    out.why_count = pointers.size();
    out.password_lapses_at = to_time(account.facts.password_lapses_at);
    out.consent = static_cast<std::uint32_t>(account.facts.consent);
    out.consent_until = to_time(account.facts.consent_until);
    static_cast<void>(goes_on(sink.put(sink.context, &out)));
}

// Named like the slots and like the actions behind them, hence in a namespace of their own.
namespace calls {
Outcome get_account(Instance& self, const ppo_caller* caller, ppo_text patient_id,
                    const ppo_account_sink* sink) {
    check_sink(sink);
    const auto id = patient_id_of(patient_id);
    if (!to_caller(caller).may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    std::optional<Account> account;
    std::optional<QueuedMail> mail;
    {
        Reading reading{self.database(), Reading::Sees::EachItsOwn};  // The mail only adds detail.
        account = find_account(reading, id);
        mail = last_mail_to(reading, id);
    }
    if (!account) return Refusal::UnknownPatient;
    put_account(*account, mail, self.now(), *sink);
    return PPO_OK;
}

Outcome set_access(Instance& self, const ppo_caller* caller, ppo_text patient_id,
                   std::int32_t enabled, ppo_account_state* state) {
    check_out(state, "state");
    if (enabled != 0 && enabled != 1)
        throw Misuse{PPO_MISUSE_VALUE, "enabled", "enabled must be 0 or 1."};
    const auto set = change_access(self, to_caller(caller), patient_id_of(patient_id),
                                   enabled == 1);
    if (!set) return set.refusal();
    write_out(state, state_of(set->account, self.now()));
    return PPO_OK;
}

Outcome check_username(Instance& self, const ppo_caller* caller, ppo_text patient_id,
                       ppo_text username, const ppo_username_verdict_sink* sink) {
    check_sink(sink);
    const auto id = patient_id_of(patient_id);
    const auto typed = optional_text(username, "username", longest_username);
    if (!to_caller(caller).may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    std::optional<UsernameVerdict> verdict;
    {
        Reading reading{self.database(), Reading::Sees::EachItsOwn};  // Saving judges again.
        const auto account = find_account(reading, id);
        if (!account) return Refusal::UnknownPatient;
        verdict = check_username(reading, *account, typed);
    }
    put_verdict(*verdict, "en", *sink);
    return PPO_OK;
}

Outcome set_credentials(Instance& self, const ppo_caller* caller, ppo_text patient_id,
                        const ppo_credentials* credentials, ppo_account_state* state) {
    check_out(state, "state");
    const ppo_credentials& given = filled(credentials, "credentials");
    StaffCredentials chosen;
    const auto is_given = [](ppo_text text) { return text.data != nullptr || text.size != 0; };
    if (is_given(given.username))
        chosen.username = required_text(given.username, "username", longest_username);
    if (is_given(given.password))
        chosen.password = required_text(given.password, "password", longest_password);
    const auto set = save_credentials(self, to_caller(caller), patient_id_of(patient_id), chosen);
    if (!set) return set.refusal();
    write_out(state, state_of(set->account, self.now()));
    return PPO_OK;
}

Outcome send_invitation(Instance& self, const ppo_caller* caller, ppo_text patient_id,
                        ppo_invitation* sent) {
    check_out(sent, "sent");
    const auto queued = invite(self, to_caller(caller), patient_id_of(patient_id));
    if (!queued) return queued.refusal();
    ppo_invitation out{};
    out.mail_state = PPO_MAIL_QUEUED;
    out.link_expires_at = to_milliseconds(queued->link_expires_at);
    write_out(sent, out);
    return PPO_OK;
}

Outcome revoke_invitation(Instance& self, const ppo_caller* caller, ppo_text patient_id) {
    const auto done = withdraw_invitation(self, to_caller(caller), patient_id_of(patient_id));
    if (!done) return done.refusal();
    return PPO_OK;
}

Outcome lift_delays(Instance& self, const ppo_caller* caller, ppo_text patient_id) {
    const auto done = lift_waits(self, to_caller(caller), patient_id_of(patient_id));
    if (!done) return done.refusal();
    return PPO_OK;
}

Outcome patient_changed(Instance& self, const ppo_patient* patient) {
    const auto changed = to_patient(patient);
    const auto taken = take_patient(self.database(), changed, self.now());
    if (taken.sessions_end) self.host().end_sessions(changed.id);
    return PPO_OK;
}

Outcome patient_removed(Instance& self, ppo_text patient_id) {
    const auto id = patient_id_of(patient_id);
    const auto done = remove_patient(self.database(), id, self.now());
    if (!done) return done.refusal();
    self.host().end_sessions(id);
    return PPO_OK;
}

Outcome patient_merged(Instance& self, ppo_text losing_id, ppo_text surviving_id) {
    const auto losing = required_text(losing_id, "losing_id", 64);
    const auto surviving = required_text(surviving_id, "surviving_id", 64);
    if (losing == surviving)
        throw Misuse{PPO_MISUSE_VALUE, "surviving_id", "Both charts are the same."};
    const auto done = merge_patients(self.database(), losing, surviving, self.now());
    if (!done) return done.refusal();
    self.host().end_sessions(losing);
    return PPO_OK;
}

Outcome sync_directory(Instance& self, std::uint64_t* read) {
    const auto taken = self.sync_directory();
    if (read != nullptr) *read = taken;
    return PPO_OK;
}

Outcome directory_progress(Instance& self, ppo_directory_progress* progress) {
    if (progress == nullptr)
        throw Misuse{PPO_MISUSE_NULL, "progress", "The place for the progress is NULL."};
    check_out(progress, "progress");
    const auto& reading = self.directory_reading();
    const auto time = [](std::int64_t at) { return at == 0 ? PPO_TIME_NONE : at; };
    ppo_directory_progress out{};
    out.state = static_cast<std::uint32_t>(reading.state.load());
    out.taken = reading.taken;
    out.left_out = reading.left_out;
    out.gone = reading.gone;
    out.started_at = time(reading.started_at);
    out.ended_at = time(reading.ended_at);
    write_out(progress, out);
    return PPO_OK;
}

Outcome take_delivery_report(Instance& self, const std::uint8_t* report, std::size_t size) {
    constexpr std::size_t largest_report = 1024 * 1024;
    if (report == nullptr) throw Misuse{PPO_MISUSE_NULL, "report", "The report is NULL."};
    if (size == 0 || size > largest_report) return Refusal::NotADeliveryReport;
    const auto read = read_delivery_report({reinterpret_cast<const char*>(report), size});
    if (!read) return Refusal::NotADeliveryReport;
    const auto taken = take_delivery_report(self.database(), *read, self.now());
    if (!taken) return taken.refusal();
    return PPO_OK;
}
}  // namespace calls
}  // namespace

const ppo_onboarding_1 onboarding_table{sizeof onboarding_table,
                                        0,
                                        guard<calls::get_account>,
                                        guard<calls::set_access>,
                                        guard<calls::check_username>,
                                        guard<calls::set_credentials>,
                                        guard<calls::send_invitation>,
                                        guard<calls::revoke_invitation>,
                                        guard<calls::lift_delays>,
                                        guard<calls::patient_changed>,
                                        guard<calls::patient_removed>,
                                        guard<calls::patient_merged>,
                                        guard<calls::sync_directory>,
                                        guard<batch_calls::preview_batch>,
                                        guard<batch_calls::start_batch>,
                                        guard<batch_calls::undo_batch>,
                                        guard<batch_calls::pause_batch>,
                                        guard<batch_calls::resume_batch>,
                                        guard<batch_calls::cancel_batch>,
                                        guard<batch_calls::each_batch>,
                                        guard<batch_calls::each_batch_person>,
                                        guard<batch_calls::write_batch>,
                                        guard<calls::take_delivery_report>,
                                        guard<consent_calls::set_consent>,
                                        guard<access_calls::set_access_of_many>,
                                        guard<calls::directory_progress>};
}  // namespace ppo

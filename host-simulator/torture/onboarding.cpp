// SPDX-License-Identifier: Apache-2.0
// ppo.onboarding/1, but for its batches.
#include "torture/call.hpp"
#include "torture/people.hpp"
#include "torture/tables.hpp"

#include <algorithm>
#include <vector>

namespace ppo_torture {
ppo_result judge_username(Call& call, const std::string& username,
                          const ppo_username_verdict_sink& sink) {
    bool taken = false;
    {
        const std::lock_guard guard{call.practice().lock};
        for (const auto& [id, person] : call.practice().people)
            taken = taken || (!username.empty() && person.username == username);
    }
    std::vector<ppo_text> suggestions;
    const std::size_t many = call.has(Mode::Extremes) ? 100 : 2;
    for (std::size_t i = 0; i < many; ++i) suggestions.push_back(call.words().lend("ada.novak"));
    ppo_username_verdict made{};
    made.verdict = PPO_OK;
    if (taken) made.verdict = PPO_REFUSED_USERNAME_TAKEN;
    if (call.has(Mode::Unknown)) made.verdict = -1199;
    made.sentence = call.words().lend(taken ? "Taken" : "Available");
    made.suggestions = suggestions.data();
    made.suggestion_count = taken || call.has(Mode::Unknown) ? suggestions.size() : 0;
    if (const auto end = call.hand(sink, made)) return *end;
    return PPO_OK;
}

namespace {
ppo_reason reason_of(Call& call, const char* code) {
    ppo_reason reason{};
    reason.struct_size = sizeof reason;
    reason.code = call.words().keep(call.has(Mode::Unknown) ? "later_reason" : code);
    reason.sentence = call.words().lend("Something stands in the way.");
    reason.action_id = call.words().lend("mend");
    reason.action_label = call.words().lend("Mend it");
    return reason;
}

ppo_account account_of(Call& call, const Person& person) {
    ppo_account made{};
    const auto state = state_of(call, person);
    made.status = state.status;
    made.marks = state.marks;
    made.flags = person.enabled ? PPO_ACCOUNT_ACCESS_ENABLED : 0;
    if (!person.password.empty()) made.flags |= PPO_ACCOUNT_HAS_PASSWORD;
    if (call.has(Mode::Unknown)) made.flags |= 0xffff0000U;
    made.mail_state = call.has(Mode::Unknown) ? 99 : person.invited ? PPO_MAIL_SENT : 0;
    made.patient_id = call.words().keep(person.id);
    made.username = call.words().keep(person.username);
    made.email = call.words().lend(person.email);
    made.mail_reason = call.words().lend("The server's words");
    const ppo_time now = call.now();
    made.last_invited_at = time_of(call, person.invited ? now : PPO_TIME_NONE);
    made.link_expires_at = time_of(call, now);
    made.next_try_at = time_of(call, PPO_TIME_NONE);
    made.first_signed_in_at = time_of(call, person.signed_in ? now : PPO_TIME_NONE);
    made.last_signed_in_at = made.first_signed_in_at;
    made.password_lapses_at = time_of(call, PPO_TIME_NONE);
    made.consent = call.has(Mode::Unknown) ? 12 : person.consent;
    made.consent_until = time_of(call, PPO_TIME_NONE);
    return made;
}

ppo_result PPO_CALL get_account(ppo_instance* self, const ppo_caller* caller, ppo_text patient_id,
                                const ppo_account_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_get_account, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.present(sink != nullptr)) return call.refused();
        Person found;
        const auto result = change_person(call, patient_id, 0, nullptr, [&](Person& person) {
            found = person;
            return PPO_OK;
        });
        if (result < 0) return result;
        ppo_account made = account_of(call, found);
        Longer<ppo_reason> reasons[2];
        const ppo_reason* why[2] = {&reasons[0].known, &reasons[1].known};
        for (auto& reason : reasons) {
            reason.known = reason_of(call, "no_email");
            if (call.has(Mode::Tails)) reason.known.struct_size = sizeof reason;
        }
        made.why = call.has(Mode::NoRows) ? nullptr : why;
        made.why_count = call.has(Mode::NoRows) ? 0 : std::size(why);
        if (const auto end = call.hand(*sink, made)) return *end;
        return PPO_OK;
    });
}

ppo_result PPO_CALL set_access(ppo_instance* self, const ppo_caller* caller, ppo_text patient_id,
                               int32_t enabled, ppo_account_state* state, ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_set_access, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized_or_null(state)) return call.refused();
        const char* action = enabled == 1 ? "access_enabled" : "access_disabled";
        return change_person(call, patient_id, PPO_ACTOR_STAFF, action, [&](Person& person) {
            person.enabled = enabled == 1;
            ++person.epoch;
            call.give(state, state_of(call, person));
            return PPO_OK;
        });
    });
}

ppo_result PPO_CALL check_username(ppo_instance* self, const ppo_caller* caller, ppo_text,
                                   ppo_text username, const ppo_username_verdict_sink* sink,
                                   ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_check_username, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.present(sink != nullptr)) return call.refused();
        return judge_username(call, copy(username), *sink);
    });
}

ppo_result PPO_CALL set_credentials(ppo_instance* self, const ppo_caller* caller,
                                    ppo_text patient_id, const ppo_credentials* credentials,
                                    ppo_account_state* state, ppo_error* error) {
    return enter(
        Slot::ppo_onboarding_1_set_credentials, self, error, [&](Call& call) -> ppo_result {
            if (!call.sized(caller) || !call.sized(credentials) || !call.sized_or_null(state))
                return call.refused();
            return change_person(call, patient_id, PPO_ACTOR_STAFF, "credentials_set",
                                 [&](Person& person) {
                                     if (credentials->username.data != nullptr)
                                         person.username = copy(credentials->username);
                                     if (credentials->password.data != nullptr)
                                         person.password = copy(credentials->password);
                                     ++person.epoch;
                                     call.give(state, state_of(call, person));
                                     return PPO_OK;
                                 });
        });
}

ppo_result PPO_CALL send_invitation(ppo_instance* self, const ppo_caller* caller,
                                    ppo_text patient_id, ppo_invitation* sent, ppo_error* error) {
    return enter(
        Slot::ppo_onboarding_1_send_invitation, self, error, [&](Call& call) -> ppo_result {
            if (!call.sized(caller) || !call.sized_or_null(sent)) return call.refused();
            const ppo_time now = call.now();
            return change_person(
                call, patient_id, PPO_ACTOR_STAFF, "invitation_queued", [&](Person& person) {
                    person.invited = true;
                    call.practice().to_mail.push_back(person.id);
                    const std::uint32_t state = call.has(Mode::Unknown) ? 99 : PPO_MAIL_QUEUED;
                    call.give(sent, ppo_invitation{0, state, time_of(call, now)});
                    return PPO_OK;
                });
        });
}

ppo_result PPO_CALL revoke_invitation(ppo_instance* self, const ppo_caller* caller,
                                      ppo_text patient_id, ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_revoke_invitation, self, error,
                 [&](Call& call) -> ppo_result {
                     if (!call.sized(caller)) return call.refused();
                     return change_person(call, patient_id, PPO_ACTOR_STAFF, "invitation_revoked",
                                          [](Person& person) {
                                              person.invited = false;
                                              return PPO_OK;
                                          });
                 });
}

ppo_result PPO_CALL lift_delays(ppo_instance* self, const ppo_caller* caller, ppo_text patient_id,
                                ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_lift_delays, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller)) return call.refused();
        return change_person(call, patient_id, PPO_ACTOR_STAFF, "delays_lifted",
                             [](Person&) { return PPO_OK; });
    });
}

ppo_result PPO_CALL patient_changed(ppo_instance* self, const ppo_patient* patient,
                                    ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_patient_changed, self, error,
                 [&](Call& call) -> ppo_result {
                     if (!call.sized(patient)) return call.refused();
                     const std::lock_guard guard{call.practice().lock};
                     call.practice().take({copy(patient->id), copy(patient->first_name),
                                           copy(patient->last_name), copy(patient->email),
                                           patient->chart_status,
                                           (patient->flags & PPO_PATIENT_ACCESS_GRANTED) != 0});
                     return PPO_OK;
                 });
}

ppo_result PPO_CALL patient_removed(ppo_instance* self, ppo_text patient_id, ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_patient_removed, self, error,
                 [&](Call& call) -> ppo_result {
                     const std::lock_guard guard{call.practice().lock};
                     if (call.practice().people.erase(copy(patient_id)) == 1) return PPO_OK;
                     return call.say(PPO_REFUSED_UNKNOWN_PATIENT, "refused_unknown_patient");
                 });
}

ppo_result PPO_CALL patient_merged(ppo_instance* self, ppo_text losing_id, ppo_text surviving_id,
                                   ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_patient_merged, self, error, [&](Call& call) -> ppo_result {
        const std::string losing = copy(losing_id);
        if (losing == copy(surviving_id)) return call.say(PPO_MISUSE_VALUE, "misuse_value");
        const std::lock_guard guard{call.practice().lock};
        auto& people = call.practice().people;
        if (people.count(copy(surviving_id)) == 1 && people.erase(losing) == 1) return PPO_OK;
        return call.say(PPO_REFUSED_UNKNOWN_PATIENT, "refused_unknown_patient");
    });
}

ppo_result PPO_CALL sync_directory(ppo_instance* self, std::uint64_t* read, ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_sync_directory, self, error, [&](Call& call) -> ppo_result {
        const Instance& instance = call.self();
        const auto taken = instance.host.each_chart(instance, 0, [&](const Chart& chart) {
            const std::lock_guard guard{call.practice().lock};
            call.practice().take(chart);
        });
        if (taken < 0)
            return call.say(PPO_FAULT_HOST, "fault_host", "", "The host's directory broke off.");
        if (read != nullptr) *read = count_of(call, static_cast<std::uint64_t>(taken));
        return PPO_OK;
    });
}

ppo_result PPO_CALL take_delivery_report(ppo_instance* self, const std::uint8_t* report,
                                         std::size_t size, ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_take_delivery_report, self, error,
                 [&](Call& call) -> ppo_result {
                     if (!call.present(report != nullptr)) return call.refused();
                     return size == 0 ? call.say(PPO_REFUSED_NOT_A_DELIVERY_REPORT, "") : PPO_OK;
                 });
}

ppo_result PPO_CALL set_consent(ppo_instance* self, const ppo_caller* caller, ppo_text patient_id,
                                uint32_t consent, ppo_time, ppo_account_state* state,
                                ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_set_consent, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized_or_null(state)) return call.refused();
        return change_person(call, patient_id, PPO_ACTOR_STAFF, "consent_noted",
                             [&](Person& person) {
                                 person.consent = consent;
                                 call.give(state, state_of(call, person));
                                 return PPO_OK;
                             });
    });
}

ppo_result PPO_CALL directory_progress(ppo_instance* self, ppo_directory_progress* progress,
                                       ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_directory_progress, self, error,
                 [&](Call& call) -> ppo_result {
                     if (!call.sized(progress)) return call.refused();
                     ppo_directory_progress made{};
                     made.state = call.has(Mode::Unknown) ? 44 : PPO_DIRECTORY_READ;
                     made.taken = count_of(call, 24);
                     made.left_out = count_of(call, 0);
                     made.gone = count_of(call, 0);
                     made.started_at = time_of(call, call.now());
                     made.ended_at = time_of(call, call.now());
                     call.give(progress, made);
                     return PPO_OK;
                 });
}
}  // namespace

const ppo_onboarding_1 onboarding_table = {
    .struct_size = sizeof(ppo_onboarding_1),
    .reserved = 0,
    .get_account = get_account,
    .set_access = set_access,
    .check_username = check_username,
    .set_credentials = set_credentials,
    .send_invitation = send_invitation,
    .revoke_invitation = revoke_invitation,
    .lift_delays = lift_delays,
    .patient_changed = patient_changed,
    .patient_removed = patient_removed,
    .patient_merged = patient_merged,
    .sync_directory = sync_directory,
    .preview_batch = preview_batch,
    .start_batch = start_batch,
    .undo_batch = undo_batch,
    .pause_batch = pause_batch,
    .resume_batch = resume_batch,
    .cancel_batch = cancel_batch,
    .each_batch = each_batch,
    .each_batch_person = each_batch_person,
    .write_batch = write_batch,
    .take_delivery_report = take_delivery_report,
    .set_consent = set_consent,
    .set_access_of_many = set_access_of_many,
    .directory_progress = directory_progress,
};
}  // namespace ppo_torture

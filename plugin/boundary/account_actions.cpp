// SPDX-License-Identifier: Apache-2.0
#include "boundary/account_actions.hpp"

#include "ppo/people.h"

#include <algorithm>

namespace ppo {
ppo_account_state state_of(const Account& account, UnixTime now) {
    const auto passing = passing_marks(account.facts, now);
    ppo_account_state state{};
    state.status = static_cast<std::uint32_t>(account.status);
    state.marks = account.marks.bits() | passing.bits();
    return state;
}

Result<AccessSet> change_access(Instance& instance, const Caller& caller,
                                std::string_view patient_id, bool enabled) {
    if (!caller.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    auto set = set_access(instance.database(), patient_id, enabled, caller.actor, instance.now());
    if (!set || !set->changed) return set;
    if (!enabled) instance.host().end_sessions(patient_id);
    instance.host().refresh(patient_id);
    return set;
}

Result<AccessSet> take_back_access(Instance& instance, const Caller& caller,
                                   std::string_view patient_id) {
    if (!caller.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    auto set = take_back_access(instance.database(), patient_id, caller.actor, instance.now());
    if (!set || !set->changed) return set;
    instance.host().end_sessions(patient_id);
    instance.host().refresh(patient_id);
    return set;
}

Result<AccessOfMany> change_access_of_many(Instance& instance, const Caller& caller,
                                           const BatchSelection& selection, bool enabled,
                                           std::uint64_t most) {
    constexpr std::uint64_t largest = std::uint64_t{1} << 53;  // As every count of the contract.
    if (!caller.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    const auto end_sessions = [&](const std::vector<std::string>& patient_ids) {
        if (enabled) return;
        for (const auto& patient_id : patient_ids) instance.host().end_sessions(patient_id);
    };
    const auto done = set_access_of_many(
        instance.database(), selection, enabled,
        most == 0 ? access_in_one_call : static_cast<std::int64_t>(std::min(most, largest)),
        caller.actor, instance.now(), end_sessions);
    if (done.changed > 0) instance.host().refresh({});
    return done;
}

Result<QueuedInvitation> invite(Instance& instance, const Caller& caller,
                                std::string_view patient_id) {
    if (!caller.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    if (auto fresh = instance.freshen(std::string{patient_id}); !fresh) return fresh.refusal();
    auto queued = send_invitation(instance.database(), instance.practice(), patient_id,
                                  caller.actor, instance.now());
    if (!queued) return queued;
    instance.wake();
    instance.host().refresh(patient_id);
    return queued;
}

Result<CredentialsSet> save_credentials(Instance& instance, const Caller& caller,
                                        std::string_view patient_id,
                                        const StaffCredentials& chosen) {
    if (!caller.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    if (chosen.password && !caller.may(PPO_MAY_SET_PASSWORD)) return Refusal::NotPermitted;
    auto set = set_credentials(instance.database(), instance.hasher(), instance.practice(),
                               patient_id, chosen, caller.actor, instance.now());
    if (!set) return set;
    if (set->sessions_end) instance.host().end_sessions(patient_id);
    instance.wake();
    instance.host().refresh(patient_id);
    return set;
}

Result<Done> withdraw_invitation(Instance& instance, const Caller& caller,
                                 std::string_view patient_id) {
    if (!caller.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    auto done = revoke_invitation(instance.database(), patient_id, caller.actor, instance.now());
    if (done) instance.host().refresh(patient_id);
    return done;
}

Result<Done> lift_waits(Instance& instance, const Caller& caller, std::string_view patient_id) {
    if (!caller.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    auto done = lift_delays(instance.database(), patient_id, caller.actor, instance.now());
    if (done) instance.host().refresh(patient_id);
    return done;
}

Result<ConsentSet> change_consent(Instance& instance, const Caller& caller,
                                  std::string_view patient_id, const ConsentSaid& said) {
    if (!caller.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    auto set = set_consent(instance.database(), patient_id, said, caller.actor, instance.now());
    if (set && set->changed) instance.host().refresh(patient_id);
    return set;
}
}  // namespace ppo

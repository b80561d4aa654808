// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "torture/call.hpp"

namespace ppo_torture {
/// Changes one patient under the practice's lock, and notes it; the refusal if there is none.
template <typename Change>
[[nodiscard]] ppo_result change_person(Call& call, ppo_text patient_id, std::uint32_t actor,
                                       const char* action, const Change& change) {
    const std::string id = copy(patient_id);
    if (id.empty())
        return call.say(PPO_MISUSE_TEXT_EMPTY, "misuse_text_empty", "patient_id",
                        "An id is empty.");
    const ppo_time now = call.now();
    ppo_result result = PPO_OK;
    {
        const std::lock_guard guard{call.practice().lock};
        const auto found = call.practice().people.find(id);
        const bool unknown = call.has(Mode::Strangers) || found == call.practice().people.end();
        result = PPO_REFUSED_UNKNOWN_PATIENT;
        if (!unknown) result = change(found->second);
        if (result == PPO_OK && action != nullptr) call.practice().note(now, actor, action, id);
    }
    if (result == PPO_OK) return call.has(Mode::Stopped) ? 77 : PPO_OK;
    return call.say(result, result == PPO_REFUSED_UNKNOWN_PATIENT ? "refused_unknown_patient" : "");
}

/// Status and marks of a patient as this call tells them: of a later minor where the mode says so.
[[nodiscard]] inline ppo_account_state state_of(const Call& call, const Person& person) {
    ppo_account_state state{sizeof(ppo_account_state), person.status(), PPO_MARK_QUEUED};
    if (call.has(Mode::Unknown)) state.status = 9;
    if (call.has(Mode::Unknown) || call.has(Mode::Extremes)) state.marks = UINT64_MAX;
    return state;
}

/// A time for people to read, or one that nobody lives in.
[[nodiscard]] inline ppo_time time_of(const Call& call, ppo_time usual) {
    if (!call.has(Mode::Extremes)) return usual;
    static constexpr ppo_time ends[] = {INT64_MAX, INT64_MIN + 1,  PPO_TIME_NONE, 0,
                                        -1,        253402300800000};
    return ends[call.nth() % std::size(ends)];
}

/// A count, or the largest that the contract has.
[[nodiscard]] inline std::uint64_t count_of(const Call& call, std::uint64_t usual) {
    return call.has(Mode::Extremes) ? (std::uint64_t{1} << 53U) - 1 : usual;
}

/// Gives a verdict on a username.
[[nodiscard]] ppo_result judge_username(Call& call, const std::string& username,
                                        const ppo_username_verdict_sink& sink);
}  // namespace ppo_torture

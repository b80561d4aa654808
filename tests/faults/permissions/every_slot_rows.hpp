// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "faults/permissions/every_slot.hpp"

// How the rows of every_slot() are made.
namespace ppo {
/// A sink that takes whatever comes.
template <class Sink, class Item>
[[nodiscard]] const Sink* any() {
    static const Sink sink{nullptr, [](void*, const Item*) { return ppo_result{PPO_OK}; }};
    return &sink;
}
[[nodiscard]] inline const ppo_text_sink* any_text() {
    static const ppo_text_sink sink{
        nullptr, [](void*, const char*, std::size_t) { return ppo_result{PPO_OK}; }};
    return &sink;
}
[[nodiscard]] inline const ppo_effect_sink* any_effect() {
    return any<ppo_effect_sink, ppo_effect>();
}

/// A row of staff about one patient, whom it has to know.
template <class Call>
[[nodiscard]] EverySlot of_patient(const char* slot, std::uint32_t needs, Call call) {
    return {slot, true, needs, PPO_OK, PPO_REFUSED_UNKNOWN_PATIENT, false, call};
}
/// A row of staff about nobody in particular.
template <class Call>
[[nodiscard]] EverySlot of_staff(const char* slot, std::uint32_t needs, ppo_result result,
                                 Call call) {
    return {slot, true, needs, result, result, false, call};
}
/// A row that asks for no member of staff.
template <class Call>
[[nodiscard]] EverySlot of_nobody(const char* slot, Call call) {
    return {slot, false, 0, PPO_OK, PPO_OK, false, call};
}
[[nodiscard]] inline EverySlot writing_a_password(EverySlot row) {
    row.writes_a_password = true;
    return row;
}

/// The rows of ppo.selfservice/1.
void put_portal_rows(std::vector<EverySlot>& all);
}  // namespace ppo

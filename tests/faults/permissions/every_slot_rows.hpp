// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "faults/permissions/every_slot.hpp"

// How the rows of every_slot() are made.
namespace ppo {
/// Every text that a slot has given to a sink of these rows, one after the other.
inline std::string& heard() {
    static std::string texts;
    return texts;
}

inline void hear(ppo_text text) { heard() += copy_of(text) + "\n"; }

/// The texts among an item's members, by the names that the contract gives them.
template <class Item>
void hear_item(const Item& item) {
#define PPO_HEAR(member) \
    if constexpr (requires { item.member.data; }) hear(item.member)
    PPO_HEAR(action);
    PPO_HEAR(action_id);
    PPO_HEAR(action_label);
    PPO_HEAR(actor_id);
    PPO_HEAR(argument);
    PPO_HEAR(birth_date);
    PPO_HEAR(broken_because);
    PPO_HEAR(code);
    PPO_HEAR(cursor);
    PPO_HEAR(detail);
    PPO_HEAR(email);
    PPO_HEAR(expires_text);
    PPO_HEAR(first_name);
    PPO_HEAR(from);
    PPO_HEAR(hint);
    PPO_HEAR(html);
    PPO_HEAR(label);
    PPO_HEAR(language);
    PPO_HEAR(last_name);
    PPO_HEAR(link);
    PPO_HEAR(location);
    PPO_HEAR(name);
    PPO_HEAR(next_cursor);
    PPO_HEAR(outcome);
    PPO_HEAR(part);
    PPO_HEAR(patient_id);
    PPO_HEAR(practice_name);
    PPO_HEAR(practice_phone);
    PPO_HEAR(previous_cursor);
    PPO_HEAR(provider);
    PPO_HEAR(reason);
    PPO_HEAR(rule);
    PPO_HEAR(search);
    PPO_HEAR(sentence);
    PPO_HEAR(setting);
    PPO_HEAR(step);
    PPO_HEAR(subject);
    PPO_HEAR(tag);
    PPO_HEAR(target);
    PPO_HEAR(text);
    PPO_HEAR(title);
    PPO_HEAR(username);
    PPO_HEAR(view_id);
    if constexpr (requires { item.cells; })
        for (std::uint64_t i = 0; i < item.row_count * item.column_count; ++i)
            hear(item.cells[i].text);
#undef PPO_HEAR
}

/// A sink that takes whatever comes.
template <class Sink, class Item>
[[nodiscard]] const Sink* any() {
    static const Sink sink{nullptr, [](void*, const Item* item) {
                               hear_item(*item);
                               return ppo_result{PPO_OK};
                           }};
    return &sink;
}
[[nodiscard]] inline const ppo_text_sink* any_text() {
    static const ppo_text_sink sink{nullptr, [](void*, const char* data, std::size_t size) {
                                        heard().append(data, size);
                                        return ppo_result{PPO_OK};
                                    }};
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

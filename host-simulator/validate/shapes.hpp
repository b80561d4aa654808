// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ppo/ppo.h"

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <vector>

// What the structs of the contract are made of, so that one engine can spoil and read all of them.
namespace ppo_validate {
static_assert(PPO_ABI_MINOR == 0, "sizeof is the size of 1.0 no more: write the sizes of 1.0 down");

struct Member {
    const char* name = "";
    std::size_t offset = 0;
    std::size_t size = 0;
};

#define PPO_TEXT(member)                                                  \
    if constexpr (requires(Struct it) { it.member.data; })                \
        if constexpr (std::is_same_v<decltype(Struct::member), ppo_text>) \
    members.push_back({#member, offsetof(Struct, member), sizeof(ppo_text)})
template <class Struct>
void put_text_members_to_l(std::vector<Member>& members) {
    PPO_TEXT(action);
    PPO_TEXT(action_id);
    PPO_TEXT(action_label);
    PPO_TEXT(actor_id);
    PPO_TEXT(argument);
    PPO_TEXT(batch_id);
    PPO_TEXT(birth_date);
    PPO_TEXT(broken_because);
    PPO_TEXT(code);
    PPO_TEXT(cursor);
    PPO_TEXT(detail);
    PPO_TEXT(email);
    PPO_TEXT(expires_text);
    PPO_TEXT(first_name);
    PPO_TEXT(from);
    PPO_TEXT(hint);
    PPO_TEXT(html);
    PPO_TEXT(id);
    PPO_TEXT(key_file);
    PPO_TEXT(label);
    PPO_TEXT(language);
    PPO_TEXT(last_name);
    PPO_TEXT(link);
    PPO_TEXT(location);
}
template <class Struct>
void put_text_members_from_m(std::vector<Member>& members) {
    PPO_TEXT(mail_authorities);
    PPO_TEXT(mail_password);
    PPO_TEXT(mail_reason);
    PPO_TEXT(mail_reply_to);
    PPO_TEXT(mail_sender);
    PPO_TEXT(mail_transport);
    PPO_TEXT(mail_user);
    PPO_TEXT(name);
    PPO_TEXT(next_cursor);
    PPO_TEXT(outcome);
    PPO_TEXT(part);
    PPO_TEXT(password);
    PPO_TEXT(patient_id);
    PPO_TEXT(portal_url);
    PPO_TEXT(postal_code);
    PPO_TEXT(practice_id);
    PPO_TEXT(practice_name);
    PPO_TEXT(practice_phone);
    PPO_TEXT(previous_cursor);
    PPO_TEXT(provider);
    PPO_TEXT(reason);
    PPO_TEXT(rule);
    PPO_TEXT(search);
    PPO_TEXT(sentence);
    PPO_TEXT(setting);
    PPO_TEXT(staff_id);
    PPO_TEXT(started_by);
    PPO_TEXT(state_folder);
    PPO_TEXT(step);
    PPO_TEXT(store);
    PPO_TEXT(subject);
    PPO_TEXT(tag);
    PPO_TEXT(target);
    PPO_TEXT(text);
    PPO_TEXT(time_zone);
    PPO_TEXT(user_agent);
    PPO_TEXT(username);
    PPO_TEXT(view_id);
}
#undef PPO_TEXT

/// The members of a struct that hold text.
template <class Struct>
[[nodiscard]] std::vector<Member> text_members() {
    std::vector<Member> members;
    put_text_members_to_l<Struct>(members);
    put_text_members_from_m<Struct>(members);
    return members;
}

/// Those numbers of a struct that a caller fills and could get wrong.
template <class Struct>
[[nodiscard]] std::vector<Member> number_members() {
    std::vector<Member> members;
#define PPO_NUMBER(member)                                          \
    if constexpr (requires(Struct it) { it.member; })               \
        if constexpr (std::is_integral_v<decltype(Struct::member)>) \
    members.push_back({#member, offsetof(Struct, member), sizeof(Struct::member)})
    PPO_NUMBER(abi_major);
    PPO_NUMBER(access_enabled);
    PPO_NUMBER(after_sequence);
    PPO_NUMBER(appointment_after);
    PPO_NUMBER(appointment_before);
    PPO_NUMBER(chart_status);
    PPO_NUMBER(descending);
    PPO_NUMBER(flags);
    PPO_NUMBER(has_username);
    PPO_NUMBER(kind);
    PPO_NUMBER(last_appointment);
    PPO_NUMBER(limit);
    PPO_NUMBER(marks);
    PPO_NUMBER(next_appointment);
    PPO_NUMBER(permissions);
    PPO_NUMBER(replaced);
    PPO_NUMBER(reserved);
    PPO_NUMBER(sort);
    PPO_NUMBER(statuses);
#undef PPO_NUMBER
    return members;
}

/// A pointer in a struct and the number of what it points to.
struct CountedMember {
    const char* name = "";
    std::size_t pointer = 0;
    std::size_t count = 0;
};
template <class Struct>
[[nodiscard]] std::vector<CountedMember> counted_members() {
    std::vector<CountedMember> members;
#define PPO_COUNTED(many, number)                     \
    if constexpr (requires(Struct it) { it.number; }) \
    members.push_back({#number, offsetof(Struct, many), offsetof(Struct, number)})
    PPO_COUNTED(columns, column_count);
    PPO_COUNTED(patient_ids, patient_id_count);
    PPO_COUNTED(tags, tag_count);
#undef PPO_COUNTED
    return members;
}
}  // namespace ppo_validate

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/misuse.hpp"
#include "domain/actor.hpp"
#include "domain/patient.hpp"
#include "domain/refusal.hpp"
#include "ppo/batch.h"
#include "selfservice/visitor.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace ppo {
/// Borrowed text as the ABI carries it.
[[nodiscard]] inline ppo_text to_text(std::string_view text) { return {text.data(), text.size()}; }

[[nodiscard]] inline ppo_time to_time(const std::optional<UnixTime>& time) {
    return time ? to_milliseconds(*time) : PPO_TIME_NONE;
}

/// A text of 0 to `longest` bytes; absent counts as empty. Throws Misuse: too long, not UTF-8, a
/// NUL in it.
[[nodiscard]] std::string_view optional_text(ppo_text text, const char* field, std::size_t longest);

/// A text of 1 to `longest` bytes.
[[nodiscard]] std::string_view required_text(ppo_text text, const char* field, std::size_t longest);

/// The host's identifier of a patient: 1 to 64 bytes.
[[nodiscard]] std::string_view patient_id_of(ppo_text text);

/// Throws Misuse if a table that the host offers is NULL or shorter than 1.0. It may offer more
/// than this version knows.
void check_table(const void* table, std::uint32_t size_of_table, std::size_t known,
                 const char* name);

/// Throws Misuse if a struct that the caller filled is NULL, shorter than 1.0, or has an unknown
/// tail that is not zero.
void check_filled(const void* object, std::uint32_t size_of_object, std::size_t known,
                  const char* name);

/// The flags of a struct that this version knows; a set one that it does not know asks for more
/// than it can do.
template <class Struct>
inline constexpr std::uint32_t known_flags = 0;
template <>
inline constexpr std::uint32_t known_flags<ppo_patient> = PPO_PATIENT_ACCESS_GRANTED |
                                                          PPO_PATIENT_OPTED_OUT;
template <>
inline constexpr std::uint32_t known_flags<ppo_batch_selection> = PPO_BATCH_SIGNED_IN_TOO;
template <>
inline constexpr std::uint32_t known_flags<ppo_settings> = PPO_SETTING_OWN_THREAD |
                                                           PPO_SETTING_NO_FIRST_SYNC |
                                                           PPO_SETTING_NO_REMINDERS |
                                                           PPO_SETTING_PERMANENT_STAFF_PASSWORDS;

template <class Struct>
const Struct& filled(const Struct* object, const char* name) {
    check_filled(object, object == nullptr ? 0 : object->struct_size, sizeof(Struct), name);
    constexpr ppo_result wrong = std::is_same_v<Struct, ppo_settings> ? PPO_MISUSE_SETTING
                                                                      : PPO_MISUSE_VALUE;
    if constexpr (requires { object->flags; })
        if ((object->flags & ~known_flags<Struct>) != 0)
            throw Misuse{wrong, "flags", "A flag is set that this version does not know."};
    if constexpr (requires { object->reserved; })
        if (object->reserved != 0)
            throw Misuse{wrong, "reserved", "A member that is reserved is not 0."};
    return *object;
}

/// No struct of the contract comes near it: whoever says more has not set struct_size.
inline constexpr std::uint32_t largest_struct = 1U << 16;

/// Throws Misuse if a struct that is to be written (NULL = not wanted) is too short to be one, or
/// larger than any.
template <class Struct>
void check_out(const Struct* out, const char* name) {
    if (out == nullptr) return;
    if (out->struct_size < 2 * sizeof(std::uint32_t) || out->struct_size > largest_struct)
        throw Misuse{PPO_MISUSE_STRUCT_SIZE, name, "struct_size of a result cannot be."};
}

/// Writes as much as the caller's struct holds; its struct_size stays. What a newer caller has
/// beyond that is zero, "as before", whatever stood there.
template <class Struct>
void write_out(Struct* out, Struct value) {
    if (out == nullptr) return;
    const std::size_t size = out->struct_size;
    value.struct_size = out->struct_size;
    std::memcpy(out, &value, std::min(size, sizeof(Struct)));
    if (size > sizeof(Struct))
        std::memset(reinterpret_cast<unsigned char*>(out) + sizeof(Struct), 0,
                    size - sizeof(Struct));
}

/// Throws Misuse if a sink or its function is missing.
template <class Sink>
void check_sink(const Sink* sink) {
    if (sink == nullptr || sink->put == nullptr)
        throw Misuse{PPO_MISUSE_NULL, "sink", "The sink, or its function, is NULL."};
}

/// True = go on, false = enough. Throws HostFault for any other answer, 0 first of all.
[[nodiscard]] bool goes_on(ppo_result answer);

/// What the host tells of a patient. Throws Misuse for what cannot be.
[[nodiscard]] Patient to_patient(const ppo_patient* patient);

/// Whose chart it is that cannot be used; nothing if not even that can be read.
[[nodiscard]] std::optional<std::string> id_of_unusable(const ppo_patient* patient);

/// The member of staff, once the struct is checked.
struct Caller {
    Actor actor{};
    std::uint32_t permissions = 0;
    [[nodiscard]] bool may(std::uint32_t permission) const {
        return (permissions & permission) == permission;
    }
};
[[nodiscard]] Caller to_caller(const ppo_caller* caller);
[[nodiscard]] Visitor to_visitor(const ppo_visitor* visitor);
}  // namespace ppo

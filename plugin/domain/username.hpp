// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// A username that the rules allow. Key and both skeletons are each unique in the practice.
struct Username {
    std::string shown{};  // As typed, composed (NFC).
    std::string key{};    // The same for every letter case and width; sign-in looks it up.
    // The same for names that look alike, such as those with Latin "a" and Cyrillic "а".
    std::string skeleton{};
    // The same for names that look alike as they are shown: a capital I is an l to the eye, but an
    // i to the key.
    std::string shown_skeleton{};
};

/// One rule for staff and patients: 3 to 64 letters, digits and . _ @ + - ; an e-mail address may
/// be a username. Refusals: UsernameTooShort, UsernameTooLong, UsernameCharacters,
/// UsernameReserved. Fast enough for every keystroke. Whether the name is free, only the store
/// knows.
[[nodiscard]] Result<Username> prepare_username(std::string_view typed);

/// The key of what was typed, also of a name that is too short or reserved by now: a rule that came
/// later locks nobody out. Empty if no username can be written so.
[[nodiscard]] std::string username_key(std::string_view typed);

/// Username::shown_skeleton of a name as it is stored, whatever the rules say of it by now.
[[nodiscard]] std::string shown_skeleton(std::string_view shown);

/// Up to eight allowed usernames made from what was typed and the patient's name, the closest
/// first; the same for the same input. Some may be taken.
[[nodiscard]] std::vector<std::string> suggest_usernames(std::string_view typed,
                                                         std::string_view first_name,
                                                         std::string_view last_name);
}  // namespace ppo

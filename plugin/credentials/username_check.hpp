// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/account.hpp"
#include "domain/refusal.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
class Connection;

/// The live verdict on a username while it is typed.
struct UsernameVerdict {
    std::optional<Refusal> refusal{};  // Nothing = valid and free.
    std::vector<std::string> suggestions{};
};

/// Whether this patient could have the username now; the store decides when it is saved.
/// Suggestions come from what was typed and the patient's own name, so they reveal nobody.
[[nodiscard]] UsernameVerdict check_username(Connection& connection, const Account& account,
                                             std::string_view typed);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace ppo {
/// Who does something, for the audit. The numbers are stored.
struct Actor {
    enum class Kind { Staff = 1, Patient = 2, Plugin = 3, Host = 4 };
    Kind kind = Kind::Plugin;
    std::string id{};    // Staff id or patient id.
    std::string from{};  // Workstation or network address.
};
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/audit_table.hpp"

#include <string>

namespace ppo {
/// "Invitation queued", "Wrong password at sign-in": an audit entry for people. An unknown action
/// is shown as it is.
[[nodiscard]] std::string history_sentence(const AuditEntry& entry);

/// "Staff dana", "Patient", "Portal software", "EMR".
[[nodiscard]] std::string history_actor(const AuditEntry& entry);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/audit_table.hpp"

#include <string>

namespace ppo {
/// "Invitation queued", "Wrong password at sign-in": an audit entry for people, with what its
/// detail adds. An action without words of its own is spelled out: "Link opened".
[[nodiscard]] std::string history_sentence(const AuditEntry& entry);

/// By whom and from where: "Staff dana, desk-2", "Patient or visitor, 203.0.113.7", "EMR".
[[nodiscard]] std::string history_actor(const AuditEntry& entry);
}  // namespace ppo

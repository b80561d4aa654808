// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/outgoing_mail.hpp"
#include "domain/practice.hpp"
#include "store/outbox_table.hpp"

#include <optional>

namespace ppo {
class Database;

/// Writes a queued mail as it is true now: links are re-derived, and whoever must not be mailed any
/// more (link dead, access off, chart closed, address changed, opted out) is left out. Nothing if
/// nobody is left.
[[nodiscard]] std::optional<OutgoingMail> compose_mail(Database& database, const Practice& practice,
                                                       const QueuedMail& mail, UnixTime now);
}  // namespace ppo

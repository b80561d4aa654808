// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/practice.hpp"
#include "domain/refresh_patients.hpp"
#include "domain/unix_time.hpp"

#include <optional>

namespace ppo {
class Database;

/// When somebody with this link is reminded next, after `after`; nothing if not any more. First a
/// few days after the invitation, last shortly before the link ends; one mail where these meet.
[[nodiscard]] std::optional<UnixTime> next_reminder(const Practice& practice, UnixTime created_at,
                                                    UnixTime expires_at, UnixTime after);

/// Queues reminders that are due, a handful at a time: the same link once more. False if none is.
bool queue_reminders(Database& database, const Practice& practice, const RefreshPatients& refresh,
                     UnixTime now);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/practice.hpp"
#include "store/batch_table.hpp"

#include <cstdint>

namespace ppo {
class Connection;

/// How fast the practice's mails leave.
struct MailPace {
    std::int64_t measured_a_minute = 0;  // 0 = not known.
    HandedOver today{};                  // In the last 24 hours.
};

[[nodiscard]] MailPace read_pace(Connection& connection, UnixTime now);

/// About when the last of so many mails leaves, by the measured pace or else by the caps.
[[nodiscard]] UnixTime last_leaves_at(std::int64_t mails, const MailPace& pace,
                                      const Practice& practice, UnixTime now);
}  // namespace ppo

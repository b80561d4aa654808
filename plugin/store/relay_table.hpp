// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ppo {
class Connection;
class Transaction;

/// Whether the mail server takes anything at all: one row, which every worker sees.
struct Relay {
    std::int64_t failures = 0;               // In a row.
    std::optional<UnixTime> broken_since{};  // Nothing while it takes mails.
    std::optional<UnixTime> rests_until{};   // Then one mail is tried.
    std::string reason{};                    // One sentence for staff.

    [[nodiscard]] bool rests(UnixTime now) const { return rests_until && *rests_until > now; }
};

[[nodiscard]] Relay read_relay(Connection& connection);
void put_relay(Transaction& transaction, const Relay& relay);
}  // namespace ppo

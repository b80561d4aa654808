// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

#include <cstdint>

namespace ppo {
class Connection;
class Transaction;

// What the practice's caps are counted by, over all workers: fixed minutes of the clock, and the 24
// hours before. A mail counts where it was taken in hand.

/// How many mails more may be taken in hand now.
[[nodiscard]] std::int64_t room_in_caps(Connection& connection, UnixTime now,
                                        std::int64_t mails_per_minute, std::int64_t mails_per_day);

/// Takes as many shares of the caps.
void take_shares(Transaction& transaction, UnixTime now, std::int64_t mails);

/// Gives shares back: of mails that did not leave, and of tries that were none because the mail
/// server was not asked. `taken_at` is when they were taken.
void give_shares_back(Transaction& transaction, UnixTime taken_at, std::int64_t mails,
                      std::int64_t tries);

/// Mails that left, or are leaving.
struct MailsLeft {
    std::int64_t last_minute = 0;  // The last full minute of the clock.
    std::int64_t last_day = 0;     // The 24 hours before now.
};
[[nodiscard]] MailsLeft read_mails_left(Connection& connection, UnixTime now);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/try_limit.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace ppo {
class Connection;
class Transaction;

// `who` is a keyed digest of 32 hex digits: neither addresses nor facts are in this table.

/// The buckets that begin at `first` or later, oldest first.
[[nodiscard]] std::vector<TryBucket> tries_of(Connection& connection, TryKind kind,
                                              std::string_view who, UnixTime first);

/// One more in the bucket that begins then.
void add_try(Transaction& transaction, TryKind kind, std::string_view who, UnixTime since);

/// Forgets what began earlier, of one.
void forget_tries_of(Transaction& transaction, TryKind kind, std::string_view who, UnixTime before);

/// When the oldest bucket of all began; nothing if there is none.
[[nodiscard]] std::optional<UnixTime> oldest_try(Connection& connection);

/// Forgets what began earlier, of everybody, but no more than `most` rows; returns how many went.
int forget_tries(Transaction& transaction, UnixTime before, int most);
}  // namespace ppo

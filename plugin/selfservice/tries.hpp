// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/practice.hpp"
#include "domain/refusal.hpp"
#include "domain/try_limit.hpp"
#include "selfservice/visitor.hpp"

#include <optional>
#include <string_view>

namespace ppo {
class Database;
class Transaction;

/// Why nothing more is taken from where this visitor comes from; nothing if it is. Only reads, so
/// that a flood of refused tries neither writes nor holds writers up. Refused: TooManyTries.
[[nodiscard]] std::optional<Refused> too_many_tries(Database& database, const Practice& practice,
                                                    TryKind kind, const Visitor& visitor,
                                                    UnixTime now);

/// Counts one try from where this visitor comes from and judges it, in one stroke: one too many is
/// refused and not counted. The try that reaches the limit leaves an audit entry. Does the same
/// whoever is meant. Refused: TooManyTries.
std::optional<Refused> count_try(Transaction& transaction, const Practice& practice, TryKind kind,
                                 const Visitor& visitor, UnixTime now);

/// The same for requests with these facts (their digest), whoever sends them and from anywhere.
std::optional<Refused> count_facts(Transaction& transaction, const Practice& practice,
                                   std::string_view facts_digest, UnixTime now);

/// Forgets, some hundred at a time, what counts no more. True if something went, so that there may
/// be more.
bool forget_old_tries(Database& database, UnixTime now);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ppo {
class Connection;
class Keyring;
class Transaction;

/// Throws StoreFault Keys unless every key that this practice was ever written with is here and has
/// the same bytes; the message names the ids. Without the old ones passwords could not be checked,
/// links not found and the record not verified, one patient at a time. Only reads.
void check_keys(Connection& connection, const Keyring& keyring);

/// The same for a store of the time when there was one practice, before 0016.
void check_keys_before_practices(Connection& connection, const Keyring& keyring);

/// Whether this practice was ever written with any key.
[[nodiscard]] bool has_used_keys(Connection& connection);

/// Checks again, now that nobody else writes, and remembers the key that new secrets are made with.
void remember_key(Transaction& transaction, const Keyring& keyring);

/// What the store remembers under this name; nothing if it remembers nothing.
[[nodiscard]] std::optional<std::string> find_fact(Connection& connection, std::string_view name);
void put_fact(Transaction& transaction, std::string_view name, std::string_view value);
}  // namespace ppo

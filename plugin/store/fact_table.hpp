// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ppo {
class Connection;
class Keyring;
class Transaction;

/// Remembers which keys the store's secrets are made with, and throws StoreFault Keys if one that
/// is here under the same name has other bytes: then it is another store's key.
void check_keys(Transaction& transaction, const Keyring& keyring);

/// What the store remembers under this name; nothing if it remembers nothing.
[[nodiscard]] std::optional<std::string> find_fact(Connection& connection, std::string_view name);
void put_fact(Transaction& transaction, std::string_view name, std::string_view value);
}  // namespace ppo

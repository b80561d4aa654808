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
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/account.hpp"
#include "domain/result.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace ppo {
class Connection;
class Database;

/// Whoever is signed in stays so only while the account is open; nothing if it is not.
[[nodiscard]] std::optional<Account> open_account(Connection& connection,
                                                  std::string_view patient_id);

/// Whether a sign-in still holds. It ends with the account, and with everything that kills links:
/// `epoch` is the account's security epoch as the sign-in found it. Refused: SignIn.
Result<Done> check_session(Database& database, std::string_view patient_id, std::int64_t epoch);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

namespace ppo {
using PostgresParameters = std::map<std::string, std::string>;

/// What an address says to libpq, with what we add to it: waits that end, a dead wire that is
/// noticed, a primary when several hosts are named. A server that is not on this machine is spoken
/// to with its certificate and name checked (sslmode=verify-full) or not at all. Throws StoreFault
/// Unreadable naming the parameter that cannot be.
[[nodiscard]] PostgresParameters postgres_parameters(const std::string& address);

/// Whether a server answers there at all; waits as long as connecting may take.
[[nodiscard]] bool postgres_answers(const PostgresParameters& parameters);

/// As Poco's connector takes them: it splits at blanks, so no value has one.
[[nodiscard]] std::string poco_connection_string(const PostgresParameters& parameters);
}  // namespace ppo

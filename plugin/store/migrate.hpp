// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace ppo {
class Connection;

/// How many migrations the store has seen; 0 for a new one. Throws StoreFault Newer if these are
/// more than this version knows. Only reads.
std::int64_t check_schema(Connection& connection);

/// Brings the tables up to date: every migration that this store has not seen, in order, each in
/// one transaction. Two processes may try at once; one does it. Throws StoreFault Newer, and
/// changes nothing, if the store has seen more than this version knows.
void migrate(Connection& connection);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/actor.hpp"
#include "domain/result.hpp"
#include "domain/unix_time.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace ppo {
class Database;

/// Writes what became of each patient of a batch as CSV, piece by piece: a piece is borrowed for
/// the call that takes it; false from `take` ends the writing. No lock is held while `take` runs.
/// Records who took the list out, before the first piece. `outcomes`: bit (1 << outcome) for each
/// one wanted, 0 = all. Refused: UnknownBatch.
Result<Done> write_batch_list(Database& database, std::int64_t id, std::uint32_t outcomes,
                              const std::function<bool(std::string_view)>& take, const Actor& actor,
                              UnixTime now);
}  // namespace ppo

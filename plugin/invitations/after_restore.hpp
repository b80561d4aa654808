// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

#include <cstdint>

namespace ppo {
class Database;

/// What a backup had open must not come back with it: links that were used, replaced or withdrawn
/// since, mails that have left since. If the host says that the store was restored more often than
/// the store knows, every link, session, waiting mail, batch and request of the practice ends,
/// once, however many processes say so. Returns how often the store knows of then: more than
/// `generation` if the host says too little, and nothing has changed.
[[nodiscard]] std::int64_t settle_restore(Database& database, std::int64_t generation,
                                          UnixTime now);
}  // namespace ppo

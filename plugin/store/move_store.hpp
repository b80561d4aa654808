// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.hpp"
#include "store/store_address.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace ppo {
/// Called between transactions of a move; false breaks it off there, and the next one goes on.
using MoveProgress = std::function<bool(std::string_view table, std::int64_t rows)>;

/// Copies every practice of a store into another, on whichever engines, and compares the two row by
/// row before the other may be used. The first is only read, as one picture: whoever would write it
/// waits. A move that was broken off goes on where it was, as long as the first has not changed.
/// False if the progress said enough. Throws StoreFault: for a target that holds something else,
/// for a source that changed meanwhile, and for any difference, naming the table.
[[nodiscard]] bool move_store(const StoreAddress& from, const StoreAddress& to,
                              const MoveProgress& progress, std::int64_t rows_a_transaction = 2000);

/// Throws StoreFault if a move into this store has begun and not ended.
void check_not_being_moved_to(Connection& connection);
}  // namespace ppo

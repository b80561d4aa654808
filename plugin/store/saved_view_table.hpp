// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/saved_view.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ppo {
class Connection;
class Transaction;

// Views of the report, each of one member of staff. Names are compared by view_name_key.

/// Keeps the view; one of the same name is replaced. Times are those of `now`.
void put_saved_view(Transaction& transaction, std::string_view staff_id, const SavedView& view,
                    UnixTime now);

/// False if this member of staff has none of this name.
[[nodiscard]] bool erase_saved_view(Transaction& transaction, std::string_view staff_id,
                                    std::string_view name);

[[nodiscard]] bool has_saved_view(Connection& connection, std::string_view staff_id,
                                  std::string_view name);
[[nodiscard]] std::int64_t count_saved_views(Connection& connection, std::string_view staff_id);

/// Every view of a member of staff, by name.
[[nodiscard]] std::vector<SavedView> saved_views_of(Connection& connection,
                                                    std::string_view staff_id);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ppo {
class Connection;

/// The number of the practice that a store had before it could have several; its id is empty.
inline constexpr std::int64_t only_practice = 1;

/// The migration that gave every row its practice.
inline constexpr std::int64_t practices_since = 16;

/// The practice's number in this store; nothing if the store does not know it.
[[nodiscard]] std::optional<std::int64_t> find_practice(Connection& connection,
                                                        std::string_view practice_id);

/// The same, after adding it with what a practice begins with: an empty record, and a mail server
/// that nobody has tried. Inside a transaction, so that no two get one number.
[[nodiscard]] std::int64_t find_or_add_practice(Connection& writer, std::string_view practice_id);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.hpp"

#include <string>
#include <string_view>

namespace ppo {
// The few words in which SQL differs from engine to engine. What is set up differently as a whole
// is in kept_counts.cpp and search_index.cpp.

/// A column that no index is used for. SQLite's planner is held off by a plus; PostgreSQL's has
/// statistics and is left alone.
[[nodiscard]] std::string hidden(Engine engine, std::string_view column);

/// Whether the column `tags` holds the tag of a place: exactly, letter case and all. On SQLite LIKE
/// would not mind letter case; on PostgreSQL only LIKE can use an index.
[[nodiscard]] std::string_view has_tag(Engine engine);
/// The value for that place.
[[nodiscard]] std::string tag_value(Engine engine, std::string_view tag);

/// A text as a pattern of LIKE ... ESCAPE '\' that any part may match.
[[nodiscard]] std::string part_of(std::string_view text);

/// A statement of a migration: PostgreSQL is told to compare texts byte by byte, whatever the
/// database's own collation, as SQLite does by itself; else pages would differ.
[[nodiscard]] std::string on_engine(Engine engine, std::string_view sql);
}  // namespace ppo

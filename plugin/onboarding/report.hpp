// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/report_query.hpp"
#include "domain/result.hpp"
#include "store/report_table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
class Database;

/// Some rows of the report, and how to go on from them.
struct ReportPage {
    std::vector<ReportRow> rows{};
    std::string next_cursor{};      // Empty = these are the last.
    std::string previous_cursor{};  // Empty = these are the first.
};

/// A page of up to `limit` rows from a cursor of the same query, or from the start. Rows that
/// change between pages show as they are then; none is shown twice or left out while its sort key
/// stays. Refused: StaleCursor.
Result<ReportPage> read_page(Database& database, const ReportQuery& query, std::string_view cursor,
                             int limit, UnixTime now);

/// Where a walk over pages begins, and how many rows it takes. Pages follow each other by
/// next_cursor.
struct ReportWalk {
    std::string cursor{};
    std::uint64_t left = 0;
};

/// A walk over `limit` rows (0 = all) from a cursor. One that goes back farther than a page begins
/// where those rows begin, so that it goes forwards as every other. Refused: StaleCursor.
Result<ReportWalk> walk_from(Database& database, const ReportQuery& query, std::string_view cursor,
                             std::uint64_t limit, int rows_a_page, UnixTime now);

[[nodiscard]] ReportCounts count(Database& database, const ReportQuery& query, UnixTime now);

/// "Weber, Anna"; one of the two if the other is missing.
[[nodiscard]] std::string shown_name(const ReportRow& row);
}  // namespace ppo

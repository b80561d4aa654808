// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/actor.hpp"
#include "domain/practice.hpp"
#include "domain/report_query.hpp"
#include "domain/result.hpp"
#include "onboarding/report_column.hpp"
#include "onboarding/report_rows.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
class Database;

/// How the rows of a query are to be written.
struct ReportDocument {
    ReportFormat format = ReportFormat::Csv;
    std::vector<ReportColumn> columns{};  // Empty = listed_by_default().
    std::string cursor{};                 // Of an earlier page of the same query; empty = start.
    std::uint64_t limit = 0;              // Rows in all; 0 = no limit.
};

struct ReportWritten {
    std::uint64_t rows = 0;  // Handed over.
    bool stopped = false;    // By the taker, before the end.
};

/// Writes the rows of a query as a document, in pieces of about 64 KiB that end with a row: a piece
/// is borrowed for the call that takes it; false from `take` ends the writing. Memory stays the
/// same at any length, and no lock is held while `take` runs: rows that change meanwhile show as
/// they are when their thousand is read. Totals are counted at the beginning, by the same filters.
///
/// Records before the first piece that somebody takes the list out, and afterwards how many rows
/// went and whether all did, also when `take` throws: whoever dies between has left the first
/// entry. Refused: StaleCursor; then nothing is recorded.
Result<ReportWritten> write_report(Database& database, const Practice& practice,
                                   const ReportQuery& query, const ReportDocument& document,
                                   const std::function<bool(std::string_view)>& take,
                                   const Actor& actor, UnixTime now);
}  // namespace ppo

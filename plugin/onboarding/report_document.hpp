// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/actor.hpp"
#include "domain/practice.hpp"
#include "domain/report_query.hpp"
#include "domain/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace ppo {
class Database;

enum class ReportFormat { Csv, Json, Html };

/// "csv", "json", "html".
[[nodiscard]] std::optional<ReportFormat> report_format(std::string_view name);

/// Writes the rows of a query as a document, piece by piece: a piece is borrowed for the call that
/// takes it; false from `take` ends the writing. No lock is held while it runs. Records who took
/// the list out, before the first piece. Returns how many rows were written.
std::uint64_t write_report(Database& database, const Practice& practice, const ReportQuery& query,
                           ReportFormat format, const std::function<bool(std::string_view)>& take,
                           const Actor& actor, UnixTime now);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/report_query.hpp"

namespace ppo {
class Connection;

/// Counts per status and mark, and the funnel. Agrees with read_report in the same reading. Of the
/// whole board, and of what colour, lasting marks, access and username decide, it reads kept
/// counts; of every other filter the rows that it leaves.
[[nodiscard]] ReportCounts count_report(Connection& connection, const ReportQuery& query,
                                        UnixTime now);
}  // namespace ppo

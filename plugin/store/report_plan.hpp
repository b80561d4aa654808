// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/report_condition.hpp"

namespace ppo {
/// How to find the first `rows` rows of the query with the least looking: by the kept counts, an
/// estimate for each filter, and the assumption that filters do not know of each other. A wrong
/// estimate costs time, never a row.
[[nodiscard]] ReportPlan plan_page(Connection& connection, const ReportQuery& query, int rows,
                                   UnixTime now);

/// The same for everybody whom the query's filters match, in no order.
[[nodiscard]] ReportPlan plan_all(Connection& connection, const ReportQuery& query, UnixTime now);

/// Whether a patient who is counted there is one whom the query's filters match, as far as the
/// kept counts can tell.
struct KeptCount;
[[nodiscard]] bool matches(const ReportQuery& query, const KeptCount& alike);
}  // namespace ppo

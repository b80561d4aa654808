// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/report_query.hpp"
#include "ppo/report.h"

#include <cstdint>
#include <vector>

namespace ppo {
/// Filters and order of a report as the host asks for it. Throws Misuse for what cannot be.
[[nodiscard]] ReportQuery to_query(const ppo_report_query& from);

/// The columns that the host asks for; the report's own if it names none. Throws Misuse.
[[nodiscard]] std::vector<std::uint32_t> to_columns(const ppo_report_query& from);

/// The same the other way, without place and limit. Its texts are borrowed.
[[nodiscard]] ppo_report_query to_given(const ReportQuery& query);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/report_query.hpp"
#include "ppo/report.h"

namespace ppo {
/// Filters and order of a report as the host asks for it. Throws Misuse for what cannot be.
[[nodiscard]] ReportQuery to_query(const ppo_report_query& from);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "onboarding/report.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ppo {
/// A page as one JSON document, as ppo.report/1 describes it: what hosts in other languages read
/// in one go. The columns are PPO_COLUMN_*.
[[nodiscard]] std::string page_as_json(const ReportPage& page,
                                       const std::vector<std::uint32_t>& columns);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/instance.hpp"
#include "boundary/outcome.hpp"
#include "ppo/report.h"

// The slots of ppo.report/1 about how patients come along.
namespace ppo::analytics_calls {
Outcome analyse(Instance& self, const ppo_caller* caller, const ppo_report_query* query,
                std::uint32_t group_by, const ppo_report_group_sink* sink);
Outcome trend(Instance& self, const ppo_caller* caller, const ppo_report_query* query,
              ppo_time from, ppo_time until, const ppo_report_week_sink* sink);
}  // namespace ppo::analytics_calls

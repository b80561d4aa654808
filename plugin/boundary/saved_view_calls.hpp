// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/instance.hpp"
#include "boundary/outcome.hpp"
#include "ppo/report.h"

// The slots of ppo.report/1 about the views that staff save.
namespace ppo::saved_view_calls {
Outcome save_view(Instance& self, const ppo_caller* caller, ppo_text name,
                  const ppo_report_query* query);
Outcome each_view(Instance& self, const ppo_caller* caller, const ppo_saved_view_sink* sink);
Outcome drop_view(Instance& self, const ppo_caller* caller, ppo_text name);
}  // namespace ppo::saved_view_calls

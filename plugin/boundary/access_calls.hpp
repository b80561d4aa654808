// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/instance.hpp"
#include "boundary/outcome.hpp"
#include "ppo/onboarding.h"

#include <cstdint>

// The slot of ppo.onboarding/1 about the access of many.
namespace ppo::access_calls {
Outcome set_access_of_many(Instance& self, const ppo_caller* caller,
                           const ppo_batch_selection* selection, std::int32_t enabled,
                           std::uint64_t most, ppo_access_of_many* done);
}  // namespace ppo::access_calls

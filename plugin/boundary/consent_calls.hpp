// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/instance.hpp"
#include "boundary/outcome.hpp"
#include "ppo/onboarding.h"

// What staff note of the patient's wishes, as a slot of ppo.onboarding/1.
namespace ppo::consent_calls {
Outcome set_consent(Instance& self, const ppo_caller* caller, ppo_text patient_id,
                    std::uint32_t consent, ppo_time until, ppo_account_state* state);
}  // namespace ppo::consent_calls

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/instance.hpp"
#include "boundary/outcome.hpp"
#include "domain/batch.hpp"
#include "ppo/onboarding.h"

// The slots of ppo.onboarding/1 about batches of invitations and what came back of them.
namespace ppo::batch_calls {
/// Whom the host means. Throws Misuse for what cannot be.
[[nodiscard]] BatchSelection to_selection(const ppo_batch_selection* given);

Outcome preview_batch(Instance& self, const ppo_caller* caller,
                      const ppo_batch_selection* selection, const ppo_batch_preview_sink* sink);
Outcome start_batch(Instance& self, const ppo_caller* caller, const ppo_batch_selection* selection,
                    ppo_batch_started* started);
Outcome undo_batch(Instance& self, const ppo_caller* caller, ppo_text batch_id);
Outcome pause_batch(Instance& self, const ppo_caller* caller, ppo_text batch_id);
Outcome resume_batch(Instance& self, const ppo_caller* caller, ppo_text batch_id);
Outcome cancel_batch(Instance& self, const ppo_caller* caller, ppo_text batch_id);
Outcome each_batch(Instance& self, const ppo_caller* caller, ppo_text batch_id,
                   const ppo_batch_sink* sink);
Outcome each_batch_person(Instance& self, const ppo_caller* caller, ppo_text batch_id,
                          std::uint32_t outcomes, std::uint32_t after, std::uint64_t limit,
                          const ppo_batch_person_sink* sink);
Outcome write_batch(Instance& self, const ppo_caller* caller, ppo_text batch_id,
                    std::uint32_t outcomes, ppo_text format, const ppo_text_sink* sink);
}  // namespace ppo::batch_calls

// SPDX-License-Identifier: Apache-2.0
#include "boundary/batch_calls.hpp"

#include "boundary/convert.hpp"

namespace ppo::batch_calls {
namespace {
[[noreturn]] void later() { throw Misuse{PPO_MISUSE_STATE, "batch", "Not there yet."}; }
}  // namespace
Outcome preview_batch(Instance&, const ppo_caller*, const ppo_batch_selection*,
                      const ppo_batch_preview_sink*) {
    later();
}
Outcome start_batch(Instance&, const ppo_caller*, const ppo_batch_selection*, ppo_batch_started*) {
    later();
}
Outcome undo_batch(Instance&, const ppo_caller*, ppo_text) { later(); }
Outcome pause_batch(Instance&, const ppo_caller*, ppo_text) { later(); }
Outcome resume_batch(Instance&, const ppo_caller*, ppo_text) { later(); }
Outcome cancel_batch(Instance&, const ppo_caller*, ppo_text) { later(); }
Outcome each_batch(Instance&, const ppo_caller*, ppo_text, const ppo_batch_sink*) { later(); }
Outcome each_batch_person(Instance&, const ppo_caller*, ppo_text, std::uint32_t, std::uint32_t,
                          std::uint64_t, const ppo_batch_person_sink*) {
    later();
}
Outcome write_batch(Instance&, const ppo_caller*, ppo_text, std::uint32_t, ppo_text,
                    const ppo_text_sink*) {
    later();
}
}  // namespace ppo::batch_calls

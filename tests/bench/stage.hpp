// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace ppo_bench {
/// Brings a store whose patients have just been read into the state of a practice that has used the
/// portal for a year: of those with access most were invited, many set up and signed in; mails that
/// wait, failed or came back, links that expired or not, passwords set by staff, waits, wishes. By
/// the store's own functions, so that all that follows is true.
void set_the_stage(const std::string& store, std::uint64_t patients);
}  // namespace ppo_bench

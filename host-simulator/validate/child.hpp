// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "validate/check.hpp"

#include <chrono>

namespace ppo_validate {
/// Runs the check in a process of its own, which is ended after `limit`: a crash or a hang is a
/// result. Makes the check's folder and removes it.
[[nodiscard]] Outcome run_in_child(const Check& check, Target target, std::chrono::seconds limit);

/// Runs it in this process, for debuggers: a crash ends everything.
[[nodiscard]] Outcome run_here(const Check& check, Target target);
}  // namespace ppo_validate

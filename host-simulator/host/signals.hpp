// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <csignal>

namespace ppo_sim {
/// SIGINT and SIGTERM wait until somebody asks for them; threads made after this inherit it.
class HeldSignals {
public:
    HeldSignals();

    /// True as soon as one came; false after `patience` without one.
    [[nodiscard]] bool came_within(std::chrono::milliseconds patience) const;

private:
    sigset_t signals_{};
};
}  // namespace ppo_sim

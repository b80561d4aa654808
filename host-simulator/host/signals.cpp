// SPDX-License-Identifier: Apache-2.0
#include "host/signals.hpp"

#include <ctime>

namespace ppo_sim {
HeldSignals::HeldSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

bool HeldSignals::came_within(std::chrono::milliseconds patience) const {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(patience);
    const std::chrono::nanoseconds rest = patience - seconds;
    const timespec limit{seconds.count(), rest.count()};
    return sigtimedwait(&signals_, nullptr, &limit) > 0;
}
}  // namespace ppo_sim

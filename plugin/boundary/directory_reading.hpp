// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

#include <atomic>
#include <cstdint>

namespace ppo {
/// How the reading of the host's directory stands: for whoever looks while it goes on.
class DirectoryReading {
public:
    enum class State { NotRead = 0, Reading = 1, Read = 2, BrokeOff = 3 };

    /// False if one is under way: the host's own call may have come back here.
    [[nodiscard]] bool begin(UnixTime now) {
        if (is_going_on_.exchange(true)) return false;
        taken = 0;
        left_out = 0;
        gone = 0;
        started_at = to_milliseconds(now);
        ended_at = 0;
        state = State::Reading;
        return true;
    }
    void end(UnixTime now, State how) {
        ended_at = to_milliseconds(now);
        state = how;
        is_going_on_ = false;
    }

    std::atomic<State> state{State::NotRead};
    std::atomic<std::uint64_t> taken{0};
    std::atomic<std::uint64_t> left_out{0};
    std::atomic<std::uint64_t> gone{0};
    std::atomic<std::int64_t> started_at{0};  // ms since 1970; 0 = never.
    std::atomic<std::int64_t> ended_at{0};    // 0 = not yet.

private:
    std::atomic<bool> is_going_on_{false};
};
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <mutex>
#include <string>

namespace ppo_sim {
/// What a process that runs for long complains of: each sentence once, as long as its cause lasts.
/// Thread-safe.
class Complaints {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// So long nothing is said of a cause until it counts as over. A fault that waits for a server
    /// takes some seconds each time.
    static constexpr std::chrono::seconds quiet{60};

    /// `out` outlives this.
    explicit Complaints(std::ostream& out) : out_{out} {}

    void say(const std::string& sentence, Time now = std::chrono::steady_clock::now());

    /// What failed with `said` has just worked: says so in this sentence, and forgets that it was
    /// complained of.
    void works_again(const std::string& said, const std::string& sentence);

    /// Forgets what was not said for a while; of what was said more than once it tells how often.
    void forget_old(Time now = std::chrono::steady_clock::now());

private:
    struct Said {
        Time last{};
        std::uint64_t times = 0;
    };

    std::ostream& out_;
    std::mutex lock_{};
    std::map<std::string, Said> said_{};
};
}  // namespace ppo_sim

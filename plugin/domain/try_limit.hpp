// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/practice.hpp"
#include "domain/unix_time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace ppo {
/// Tries that are counted apart. The numbers are stored.
enum class TryKind {
    SignIn = 1,   // Failed ones from one source.
    Request = 2,  // Self-service requests from one source.
    Facts = 3,    // Self-service requests with the same four facts, from anywhere.
    Link = 4,     // Links that nobody has, from one source.
};

/// At most `most` tries within any stretch of this length.
struct TryLimit {
    std::chrono::seconds length{0};
    int most = 0;
};

/// All of them hold; the shortest stands first, the longest last.
[[nodiscard]] std::vector<TryLimit> try_limits(TryKind kind, const Practice& practice);

/// Tries are counted in buckets, a sixtieth of the shortest limit long: few rows a source, whatever
/// it does.
struct TryBucket {
    UnixTime since{};
    std::int64_t tries = 0;
};
[[nodiscard]] UnixTime bucket_at(const std::vector<TryLimit>& limits, UnixTime now);

/// Buckets that begin before this count no more.
[[nodiscard]] UnixTime first_that_counts(const std::vector<TryLimit>& limits, UnixTime now);

/// How long until one more try is within every limit; nothing if it is now. A bucket counts whole
/// until the last moment of it is old enough, so that no stretch ever holds more than its limit. A
/// clock that was set back makes nobody wait for longer than the limit's own length.
[[nodiscard]] std::optional<std::chrono::milliseconds> wait_for_try(
    const std::vector<TryLimit>& limits, const std::vector<TryBucket>& oldest_first, UnixTime now);
}  // namespace ppo

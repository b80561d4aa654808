// SPDX-License-Identifier: Apache-2.0
#include "domain/try_limit.hpp"

#include <algorithm>

namespace ppo {
namespace {
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

milliseconds bucket_length(const std::vector<TryLimit>& limits) {
    return milliseconds{limits.front().length} / 60;
}

std::optional<milliseconds> wait_for(const TryLimit& limit, milliseconds bucket,
                                     const std::vector<TryBucket>& oldest_first, UnixTime now) {
    const auto lasts = bucket + limit.length;
    const auto counts = [&](const TryBucket& one) {
        return one.since + lasts > now && one.since <= now + limit.length;
    };
    std::int64_t tries = 0;
    for (const auto& one : oldest_first)
        if (counts(one)) tries += one.tries;
    std::optional<milliseconds> wait;
    for (const auto& one : oldest_first) {
        if (tries < limit.most) break;
        if (!counts(one)) continue;
        tries -= one.tries;
        wait = std::min(one.since + lasts - now, lasts);
    }
    return wait;
}
}  // namespace

std::vector<TryLimit> try_limits(TryKind kind, const Practice& practice) {
    switch (kind) {
    case TryKind::SignIn: return {{hours{1}, practice.source_failures_per_hour}};
    case TryKind::Request:  // At once, half of what an hour allows: 5 of 10.
        return {{minutes{1}, (practice.source_requests_per_hour + 1) / 2},
                {hours{1}, practice.source_requests_per_hour},
                {hours{24}, practice.source_requests_per_day}};
    case TryKind::Facts: return {{hours{1}, 3}, {hours{24}, 10}};
    case TryKind::Link: return {{minutes{1}, 20}, {hours{24}, 200}};
    }
    return {};
}

UnixTime bucket_at(const std::vector<TryLimit>& limits, UnixTime now) {
    const auto bucket = bucket_length(limits).count();
    return from_milliseconds(to_milliseconds(now) / bucket * bucket);
}

UnixTime first_that_counts(const std::vector<TryLimit>& limits, UnixTime now) {
    return now - limits.back().length - bucket_length(limits);
}

std::optional<milliseconds> wait_for_try(const std::vector<TryLimit>& limits,
                                         const std::vector<TryBucket>& oldest_first, UnixTime now) {
    std::optional<milliseconds> longest;
    for (const auto& limit : limits)
        if (const auto wait = wait_for(limit, bucket_length(limits), oldest_first, now))
            longest = std::max(longest.value_or(milliseconds{0}), *wait);
    return longest;
}
}  // namespace ppo

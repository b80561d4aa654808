// SPDX-License-Identifier: Apache-2.0
#include "invitations/batch_pace.hpp"

#include <algorithm>

namespace ppo {
namespace {
constexpr std::chrono::minutes lately{5};
constexpr std::chrono::hours day{24};
}  // namespace

MailPace read_pace(Connection& connection, UnixTime now) {
    MailPace pace;
    const auto recent = handed_over(connection, now - lately, now);
    if (recent.first_at) {
        const auto minutes = (now - *recent.first_at) / std::chrono::minutes{1} + 1;
        pace.measured_a_minute = std::max<std::int64_t>(1, recent.mails / minutes);
    }
    pace.today = handed_over(connection, now - day, now);
    return pace;
}

UnixTime last_leaves_at(std::int64_t mails, const MailPace& pace, const Practice& practice,
                        UnixTime now) {
    if (mails <= 0) return now;
    const std::int64_t cap = std::max(1, practice.mails_per_day);
    const std::int64_t a_minute = std::clamp<std::int64_t>(
        pace.measured_a_minute == 0 ? practice.mails_per_minute : pace.measured_a_minute, 1,
        std::max(1, practice.mails_per_minute));
    const auto needs = [&](std::int64_t some) {
        return std::chrono::minutes{(some + a_minute - 1) / a_minute};
    };
    const auto room = std::max<std::int64_t>(0, cap - pace.today.mails);
    if (mails <= room) return now + needs(mails);
    // The others wait until the first mails of these 24 hours no longer count, and so on.
    const auto waits = mails - room;
    const auto days = (waits + cap - 1) / cap;
    const auto next_day = std::max(now, pace.today.first_at.value_or(now) + day);
    return next_day + (days - 1) * day + needs(waits - (days - 1) * cap);
}
}  // namespace ppo

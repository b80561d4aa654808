// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

#include <map>
#include <string>

namespace ppo {
/// A week of the calendar (ISO 8601: Monday to Sunday) as it was lived in one time zone.
struct IsoWeek {
    UnixTime begins{};   // Monday's midnight there.
    UnixTime ends{};     // The next one's.
    std::string name{};  // "2026-W07"
};

/// The week of this moment; an unknown zone is taken for UTC.
[[nodiscard]] IsoWeek iso_week_of(UnixTime time, const std::string& iana_zone);

/// The same for very many moments: a week is worked out when it is first met.
class IsoWeeks {
public:
    explicit IsoWeeks(std::string iana_zone) : zone_{std::move(iana_zone)} {}
    /// Stays where it is.
    [[nodiscard]] const IsoWeek& of(UnixTime time);

private:
    std::string zone_;
    std::map<UnixTime, IsoWeek> known_{};  // By their begin.
};
}  // namespace ppo

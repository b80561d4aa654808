// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/practice.hpp"
#include "domain/report_query.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ppo {
class Database;

/// By what patients are put together. The numbers cross the ABI.
enum class GroupBy {
    None = 0,
    Provider = 1,
    Tag = 2,   // Who has several stands in several groups.
    Week = 3,  // In which access was first enabled.
};

/// The ways whose length is told: from one step to the next, and the whole.
enum class Stretch { EnabledToInvited, InvitedToSetUp, SetUpToSignedIn, EnabledToSignedIn };
inline constexpr std::size_t stretches = 4;

/// How long a stretch took those of a group who count at its end.
struct StretchTime {
    std::int64_t people = 0;  // Of whom both times are known.
    /// Half of them took at most this; nothing without any. Exact to a tenth of a day in the first
    /// thirty, to a day in the first four hundred, to a week afterwards.
    std::optional<std::int64_t> median_tenths{};
};

/// The funnel of a group; each step counts as in ReportCounts.
struct FunnelGroup {
    std::string label{};  // Provider, tag, "2026-W07"; empty = those without one.
    std::int64_t patients = 0;
    std::int64_t enabled = 0;
    std::int64_t invited = 0;
    std::int64_t set_up = 0;
    std::int64_t signed_in = 0;
    std::array<StretchTime, stretches> times{};
};

/// The funnel of whom the query's filters match, by group, in the order of the labels; those
/// without one come last. Without grouping one group, also of nobody. Reads every patient who
/// matches once; memory grows with the groups alone, by at most 20 KiB each.
[[nodiscard]] std::vector<FunnelGroup> analyse(Database& database, const Practice& practice,
                                               const ReportQuery& query, GroupBy group_by,
                                               UnixTime now);

/// How many did a step for the first time in a week of the practice's calendar.
struct TrendWeek {
    UnixTime begins{};
    std::string label{};  // "2026-W07"
    std::int64_t enabled = 0;
    std::int64_t invited = 0;
    std::int64_t set_up = 0;
    std::int64_t signed_in = 0;
};
inline constexpr int most_trend_weeks = 530;

/// Every week from the one of `from` to the one just before `until`, also weeks without anybody; at
/// most the last most_trend_weeks of them. Whoever matches the filters now counts, with or without
/// access today.
[[nodiscard]] std::vector<TrendWeek> trend(Database& database, const Practice& practice,
                                           const ReportQuery& query, UnixTime from, UnixTime until,
                                           UnixTime now);

/// Both for a screen, in one reading: everybody, the groups, and the weeks up to now.
struct Overview {
    FunnelGroup all{};
    std::vector<FunnelGroup> groups{};
    std::vector<TrendWeek> weeks{};
};
[[nodiscard]] Overview look_over(Database& database, const Practice& practice,
                                 const ReportQuery& query, GroupBy group_by, UnixTime from,
                                 UnixTime now);
}  // namespace ppo

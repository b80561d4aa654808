// SPDX-License-Identifier: Apache-2.0
#include "onboarding/analytics.hpp"

#include "domain/iso_week.hpp"
#include "store/analytics.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <map>

namespace ppo {
namespace {
/// Counts durations in drawers that grow wider with them, so that a median needs no list of all.
class Durations {
public:
    void add(std::chrono::milliseconds duration) {
        const auto drawer = drawer_of(duration);
        if (drawer >= counts_.size()) counts_.resize(drawer + 1);
        ++counts_[drawer];
        ++all_;
    }

    [[nodiscard]] StretchTime told() const {
        if (all_ == 0) return {};
        std::int64_t left = (all_ + 1) / 2;  // Of an even number the lower one in the middle.
        std::size_t drawer = 0;
        while (left > counts_[drawer]) left -= counts_[drawer++];
        return {all_, tenths_of(drawer)};
    }

private:
    static constexpr std::int64_t fine = 300;           // Drawers of a tenth of a day,
    static constexpr std::int64_t daily = fine + 371;   // of a day up to 400,
    static constexpr std::int64_t last = daily + 1000;  // of a week up to about twenty years.

    static std::size_t drawer_of(std::chrono::milliseconds duration) {
        constexpr std::int64_t tenth = 8'640'000;
        // Charts are merged and clocks are set: no step takes less than nothing.
        const auto tenths = (std::max<std::int64_t>(duration.count(), 0) + tenth / 2) / tenth;
        if (tenths < fine) return static_cast<std::size_t>(tenths);
        const auto days = (tenths + 5) / 10;
        if (days <= 400) return static_cast<std::size_t>(fine + days - 30);
        return static_cast<std::size_t>(std::min(daily + (days - 401 + 3) / 7, last));
    }
    static std::int64_t tenths_of(std::size_t drawer) {
        const auto number = static_cast<std::int64_t>(drawer);
        if (number < fine) return number;
        if (number < daily) return (number - fine + 30) * 10;
        return (401 + (number - daily) * 7) * 10;
    }

    std::vector<std::int64_t> counts_{};
    std::int64_t all_ = 0;
};

/// A group while it is counted.
struct Tally {
    FunnelGroup group{};
    std::array<Durations, stretches> durations{};

    void add(const Journey& journey) {
        ++group.patients;
        if (journey.status == PortalStatus::NotEnabled) return;
        ++group.enabled;
        const bool signed_in = journey.status == PortalStatus::SignedIn;
        if (signed_in || journey.status == PortalStatus::Invited) {
            ++group.invited;
            add(Stretch::EnabledToInvited, journey.enabled_at, journey.invited_at);
        }
        if (journey.is_set_up) {
            ++group.set_up;
            add(Stretch::InvitedToSetUp, journey.invited_at, journey.set_up_at);
        }
        if (!signed_in) return;
        ++group.signed_in;
        add(Stretch::SetUpToSignedIn, journey.set_up_at, journey.signed_in_at);
        add(Stretch::EnabledToSignedIn, journey.enabled_at, journey.signed_in_at);
    }

    [[nodiscard]] FunnelGroup told() {
        for (std::size_t i = 0; i < stretches; ++i) group.times.at(i) = durations.at(i).told();
        return std::move(group);
    }

private:
    void add(Stretch stretch, const std::optional<UnixTime>& from,
             const std::optional<UnixTime>& until) {
        if (from && until) durations.at(static_cast<std::size_t>(stretch)).add(*until - *from);
    }
};

/// Everybody, put together.
class Groups {
public:
    Groups(GroupBy group_by, const std::string& zone) : group_by_{group_by}, weeks_{zone} {
        if (group_by == GroupBy::None) tally_of({});
    }

    void add(const Journey& journey) {
        switch (group_by_) {
        case GroupBy::None: tallies_.begin()->second.add(journey); break;
        case GroupBy::Provider: tally_of(journey.provider).add(journey); break;
        case GroupBy::Tag: add_to_tags(journey); break;
        case GroupBy::Week: {
            const auto& at = journey.enabled_at;
            tally_of(at ? std::string_view{weeks_.of(*at).name} : std::string_view{}).add(journey);
            break;
        }
        }
    }

    [[nodiscard]] std::vector<FunnelGroup> told() {
        std::vector<FunnelGroup> groups;
        for (auto& [label, tally] : tallies_) groups.push_back(tally.told());
        // Those without a label sorted first.
        if (groups.size() > 1 && groups.front().label.empty())
            std::rotate(groups.begin(), groups.begin() + 1, groups.end());
        return groups;
    }

private:
    Tally& tally_of(std::string_view label) {
        const auto known = tallies_.find(label);
        if (known != tallies_.end()) return known->second;
        Tally& made = tallies_[std::string{label}];
        made.group.label = label;
        return made;
    }
    void add_to_tags(const Journey& journey) {
        if (journey.tags.empty()) tally_of({}).add(journey);
        std::size_t from = 1;
        while (from < journey.tags.size()) {
            const auto end = std::min(journey.tags.find(';', from), journey.tags.size());
            tally_of(journey.tags.substr(from, end - from)).add(journey);
            from = end + 1;
        }
    }

    GroupBy group_by_;
    IsoWeeks weeks_;
    std::map<std::string, Tally, std::less<>> tallies_{};
};

class Weeks {
public:
    Weeks(const std::string& zone, UnixTime from, UnixTime until) {
        // From the end: of too many it is the first ones that are left out.
        for (auto at = until; at > from && weeks_.size() < most_trend_weeks;) {
            auto week = iso_week_of(at - std::chrono::milliseconds{1}, zone);
            if (weeks_.empty()) end_ = week.ends;
            at = week.begins;
            weeks_.push_back({week.begins, std::move(week.name)});
        }
        std::reverse(weeks_.begin(), weeks_.end());
    }

    void add(const Journey& journey) {
        count(journey.enabled_at, &TrendWeek::enabled);
        count(journey.invited_at, &TrendWeek::invited);
        count(journey.set_up_at, &TrendWeek::set_up);
        count(journey.signed_in_at, &TrendWeek::signed_in);
    }

    [[nodiscard]] std::vector<TrendWeek> told() { return std::move(weeks_); }

private:
    void count(const std::optional<UnixTime>& at, std::int64_t TrendWeek::*step) {
        if (!at || *at >= end_ || weeks_.empty() || *at < weeks_.front().begins) return;
        const auto behind = std::upper_bound(
            weeks_.begin(), weeks_.end(), *at,
            [](UnixTime time, const TrendWeek& week) { return time < week.begins; });
        ++((*std::prev(behind)).*step);
    }

    std::vector<TrendWeek> weeks_{};
    UnixTime end_{};
};

void go_through(Database& database, const ReportQuery& query, UnixTime now,
                const std::function<void(const Journey&)>& take) {
    Reading reading{database};
    each_journey(reading, query, now, take);
}
}  // namespace

std::vector<FunnelGroup> analyse(Database& database, const Practice& practice,
                                 const ReportQuery& query, GroupBy group_by, UnixTime now) {
    Groups groups{group_by, practice.time_zone};
    go_through(database, query, now, [&](const Journey& journey) { groups.add(journey); });
    return groups.told();
}

std::vector<TrendWeek> trend(Database& database, const Practice& practice, const ReportQuery& query,
                             UnixTime from, UnixTime until, UnixTime now) {
    Weeks weeks{practice.time_zone, from, until};
    go_through(database, query, now, [&](const Journey& journey) { weeks.add(journey); });
    return weeks.told();
}

Overview look_over(Database& database, const Practice& practice, const ReportQuery& query,
                   GroupBy group_by, UnixTime from, UnixTime now) {
    Groups all{GroupBy::None, practice.time_zone};
    Groups groups{group_by, practice.time_zone};
    Weeks weeks{practice.time_zone, from, now};
    go_through(database, query, now, [&](const Journey& journey) {
        all.add(journey);
        if (group_by != GroupBy::None) groups.add(journey);
        weeks.add(journey);
    });
    return {all.told().front(), groups.told(), weeks.told()};
}
}  // namespace ppo

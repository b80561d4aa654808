// SPDX-License-Identifier: Apache-2.0
#include "domain/iso_week.hpp"

#include "domain/local_time.hpp"

#include <cstdio>
#include <iterator>
#include <optional>

namespace ppo {
namespace {
using Days = std::chrono::sys_days;

/// The day that it is there. Read as numbers, because not every moment is in the years of people.
Days local_day(UnixTime time, const std::string& zone) {
    int year = 1970;
    int month = 1;
    int day = 1;
    static_cast<void>(
        std::sscanf(write_local_day(time, zone).c_str(), "%d-%d-%d", &year, &month, &day));
    return std::chrono::year{year} / month / day;
}

UnixTime midnight(Days day, const std::string& zone) {
    const std::chrono::year_month_day date{day};
    return beginning_of_day(
        {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
         static_cast<int>(static_cast<unsigned>(date.day()))},
        zone);
}

/// A week is named after the year of its Thursday.
std::string name_of(Days monday) {
    const Days thursday = monday + std::chrono::days{3};
    const auto year = std::chrono::year_month_day{thursday}.year();
    const auto number = (thursday - Days{year / 1 / 1}).count() / 7 + 1;
    char text[24];
    std::snprintf(text, sizeof text, "%04d-W%02d", static_cast<int>(year),
                  static_cast<int>(number));
    return text;
}
}  // namespace

IsoWeek iso_week_of(UnixTime time, const std::string& iana_zone) {
    const Days day = local_day(time, iana_zone);
    const Days monday = day - (std::chrono::weekday{day} - std::chrono::Monday);
    return {midnight(monday, iana_zone), midnight(monday + std::chrono::days{7}, iana_zone),
            name_of(monday)};
}

const IsoWeek& IsoWeeks::of(UnixTime time) {
    const auto behind = known_.upper_bound(time);
    if (behind != known_.begin() && time < std::prev(behind)->second.ends)
        return std::prev(behind)->second;
    auto week = iso_week_of(time, zone_);
    const auto begins = week.begins;
    return known_.emplace(begins, std::move(week)).first->second;
}
}  // namespace ppo

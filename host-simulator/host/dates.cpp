// SPDX-License-Identifier: Apache-2.0
#include "host/dates.hpp"

#include <chrono>
#include <cstdio>
#include <regex>

namespace ppo_sim {
namespace {
struct Day {
    int year = 0;
    int month = 0;
    int day = 0;
};

std::optional<Day> match_day(const std::string& text) {
    static const std::regex iso{R"((\d{4})-(\d{2})-(\d{2}))"};
    static const std::regex compact{R"((\d{4})(\d{2})(\d{2}))"};
    static const std::regex american{R"((\d{1,2})/(\d{1,2})/(\d{4}))"};
    std::smatch part;
    if (std::regex_match(text, part, iso) || std::regex_match(text, part, compact))
        return Day{std::stoi(part[1]), std::stoi(part[2]), std::stoi(part[3])};
    if (std::regex_match(text, part, american))
        return Day{std::stoi(part[3]), std::stoi(part[1]), std::stoi(part[2])};
    return std::nullopt;
}

std::optional<std::chrono::sys_days> to_days(const Day& day) {
    const std::chrono::year_month_day date{std::chrono::year{day.year},
                                           std::chrono::month{static_cast<unsigned>(day.month)},
                                           std::chrono::day{static_cast<unsigned>(day.day)}};
    if (!date.ok() || day.year < 1) return std::nullopt;
    return std::chrono::sys_days{date};
}
}  // namespace

std::optional<std::string> read_date(const std::string& text) {
    const auto day = match_day(text);
    if (!day || !to_days(*day)) return std::nullopt;
    char written[32];
    std::snprintf(written, sizeof written, "%04d-%02d-%02d", day->year, day->month, day->day);
    return written;
}

std::optional<std::string> read_birth_date(const std::string& text) {
    static const std::regex partial{R"((?!0000)\d{4}(-(0[1-9]|1[0-2]))?)"};
    if (std::regex_match(text, partial)) return text;
    return read_date(text);
}

bool has_day(const std::string& date) { return date.size() == std::string{"YYYY-MM-DD"}.size(); }

std::optional<ppo_time> read_moment(const std::string& text) {
    static const std::regex with_time{R"(([0-9/-]+)[T ](\d{2}):(\d{2})(?::(\d{2}))?Z?)"};
    std::smatch part;
    const bool timed = std::regex_match(text, part, with_time);
    const auto day = match_day(timed ? part[1].str() : text);
    const auto days = day ? to_days(*day) : std::nullopt;
    if (!days) return std::nullopt;
    ppo_time seconds = ppo_time{days->time_since_epoch().count()} * 86400;
    if (timed) {
        const int hour = std::stoi(part[2]);
        const int minute = std::stoi(part[3]);
        const int second = part[4].matched ? std::stoi(part[4]) : 0;
        if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
        seconds += hour * 3600 + minute * 60 + second;
    }
    return seconds * 1000;
}

std::string write_moment(ppo_time moment) {
    if (moment == PPO_TIME_NONE) return {};
    // Beyond the years of four digits there is no such text, and no calendar that counts on.
    constexpr ppo_time year_1 = -62'135'596'800'000;
    constexpr ppo_time year_10000 = 253'402'300'800'000;
    if (moment < year_1) return "before the year 1";
    if (moment >= year_10000) return "after the year 9999";
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds{moment}};
    const auto days = floor<std::chrono::days>(time);
    const year_month_day date{days};
    const hh_mm_ss clock{floor<seconds>(time) - days};
    char written[64];
    std::snprintf(written, sizeof written, "%04d-%02u-%02uT%02d:%02d:%02dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return written;
}
}  // namespace ppo_sim

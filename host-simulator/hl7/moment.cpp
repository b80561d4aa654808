// SPDX-License-Identifier: Apache-2.0
#include "hl7/moment.hpp"

#include "host/dates.hpp"

#include <algorithm>
#include <array>

namespace ppo_sim {
namespace {
constexpr ppo_time millisecond_of_minute = 60'000;

/// The parts of a time that were written; the digits of each are numbers already.
struct Written {
    std::array<int, 6> parts{1, 1, 1, 0, 0, 0};  // Year, month, day, hour, minute, second.
    std::size_t count = 0;
    int zone_minutes = 0;
};

bool all_digits(const std::string& text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<int> zone_of(const std::string& text) {
    if (text.empty()) return 0;
    const std::string digits = text.substr(1);
    if (digits.size() != 4 || !all_digits(digits)) return std::nullopt;
    const int hours = std::stoi(digits.substr(0, 2));
    const int minutes = std::stoi(digits.substr(2));
    if (hours > 14 || minutes > 59) return std::nullopt;
    return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

std::optional<Written> take_apart(const std::string& text) {
    const auto sign = std::min(text.find_first_of("+-"), text.size());
    const auto zone = zone_of(text.substr(sign));
    std::string digits = text.substr(0, sign);
    const auto dot = digits.find('.');
    const bool good_fraction = dot == std::string::npos || (dot == 14 && digits.size() <= 19 &&
                                                            all_digits(digits.substr(dot + 1)));
    digits = digits.substr(0, dot);
    const bool good_length = digits.size() >= 4 && digits.size() <= 14 && digits.size() % 2 == 0;
    if (!zone || !good_fraction || !good_length || !all_digits(digits)) return std::nullopt;
    Written written{};
    written.zone_minutes = *zone;
    for (std::size_t from = 0; from < digits.size(); from += written.count == 1 ? 4 : 2) {
        written.parts[written.count] = std::stoi(digits.substr(from, written.count == 0 ? 4 : 2));
        ++written.count;
    }
    const auto& [year, month, day, hour, minute, second] = written.parts;
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return written;
}

/// "1980-02-29" of the first `count` parts, which are at most three.
std::string date_of(const Written& written, std::size_t count) {
    const auto two = [](int number) { return (number < 10 ? "-0" : "-") + std::to_string(number); };
    std::string date = std::to_string(written.parts[0]);
    date.insert(0, 4 - date.size(), '0');
    for (std::size_t i = 1; i < count; ++i) date += two(written.parts[i]);
    return date;
}

/// Midnight at the beginning of the day.
std::optional<ppo_time> midnight(Written written) {
    // A month or a day behind the last one: what follows begins the next.
    if (written.parts[1] == 13) {
        written.parts[1] = 1;
        ++written.parts[0];
    }
    return read_moment(date_of(written, 3));
}

/// The first moment that is no part of what was written any more.
std::optional<ppo_time> end_of(const Written& written, ppo_time begin) {
    constexpr std::array<ppo_time, 7> lengths{0, 0, 0, 86'400'000, 3'600'000, 60'000, 1000};
    if (written.count > 2) return begin + lengths[written.count];
    Written next = written;
    next.parts[1] = 1;
    ++next.parts[0];
    if (written.count == 2) {
        next = written;
        ++next.parts[1];
    }
    return midnight(next);
}
}  // namespace

std::optional<Hl7Moment> read_hl7_moment(const std::string& text) {
    const auto written = take_apart(text);
    const auto day = written ? midnight(*written) : std::nullopt;
    if (!day || written->parts[1] > 12) return std::nullopt;
    const auto& parts = written->parts;
    const ppo_time begin = *day + ppo_time{parts[3]} * 3'600'000 + ppo_time{parts[4]} * 60'000 +
                           ppo_time{parts[5]} * 1000;
    const auto end = end_of(*written, begin);
    if (!end) return std::nullopt;
    const ppo_time zone = written->zone_minutes * millisecond_of_minute;
    return Hl7Moment{begin - zone, *end - 1 - zone};
}

std::optional<std::string> read_hl7_date(const std::string& text) {
    const auto written = take_apart(text);
    if (!written || !read_hl7_moment(text)) return std::nullopt;
    return date_of(*written, std::min<std::size_t>(written->count, 3));
}

std::string write_hl7_moment(ppo_time moment) {
    std::string digits;
    for (const char c : write_moment(moment))
        if (c >= '0' && c <= '9') digits += c;
    return digits.empty() ? digits : digits + "+0000";
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "domain/birth_date.hpp"

#include "domain/unicode_text.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace ppo {
namespace {
constexpr int first_year = 1850;
constexpr int last_year = 2100;

// Digits only: from_chars would take a sign.
std::optional<int> number(std::string_view digits, std::size_t fewest, std::size_t most) {
    if (digits.size() < fewest || digits.size() > most) return {};
    if (!std::all_of(digits.begin(), digits.end(), is_ascii_digit)) return {};
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

std::optional<BirthDate> real_day(std::optional<int> year, std::optional<int> month,
                                  std::optional<int> day) {
    if (!year || !month || !day || *year < first_year || *year > last_year) return {};
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return {};
    return BirthDate{*year, *month, *day};
}

std::optional<BirthDate> parse_month_first(std::string_view typed, std::size_t first_slash) {
    const auto second_slash = typed.find('/', first_slash + 1);
    if (second_slash == std::string_view::npos) return {};
    return real_day(number(typed.substr(second_slash + 1), 4, 4),
                    number(typed.substr(0, first_slash), 1, 2),
                    number(typed.substr(first_slash + 1, second_slash - first_slash - 1), 1, 2));
}
}  // namespace

std::optional<BirthDate> parse_birth_date(std::string_view typed) {
    const auto text = trim_ascii(typed);
    if (const auto slash = text.find('/'); slash != std::string_view::npos)
        return parse_month_first(text, slash);
    if (text.size() == 8)
        return real_day(number(text.substr(0, 4), 4, 4), number(text.substr(4, 2), 2, 2),
                        number(text.substr(6, 2), 2, 2));
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    return real_day(number(text.substr(0, 4), 4, 4), number(text.substr(5, 2), 2, 2),
                    number(text.substr(8, 2), 2, 2));
}

bool can_be_born_by(const BirthDate& date, UnixTime now) {
    constexpr std::chrono::hours earliest_zone{14};  // The first to begin a day, before UTC.
    const std::chrono::year_month_day day{std::chrono::year{date.year},
                                          std::chrono::month{static_cast<unsigned>(date.month)},
                                          std::chrono::day{static_cast<unsigned>(date.day)}};
    return std::chrono::sys_days{day} <= now + earliest_zone;
}

std::string to_iso(const BirthDate& date) {
    const std::array<int, 8> digits{date.year / 1000, date.year / 100 % 10, date.year / 10 % 10,
                                    date.year % 10,   date.month / 10,      date.month % 10,
                                    date.day / 10,    date.day % 10};
    std::string iso;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i == 4 || i == 6) iso += '-';
        iso += static_cast<char>('0' + digits[i]);
    }
    return iso;
}
}  // namespace ppo

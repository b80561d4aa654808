// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace ppo {
/// A day of the calendar, without time or zone.
struct BirthDate {
    int year = 1970;
    int month = 1;
    int day = 1;

    auto operator<=>(const BirthDate&) const = default;
};

/// Reads 1980-02-29, 19800229 or 2/29/1980 (month first), blanks around it ignored. Nothing but a
/// real day of the years 1850 to 2100 is a birth date.
[[nodiscard]] std::optional<BirthDate> parse_birth_date(std::string_view typed);

/// Whether somebody born on this day can be alive at this moment, wherever they are: no date of
/// the future is a birth date.
[[nodiscard]] bool can_be_born_by(const BirthDate& date, UnixTime now);

/// YYYY-MM-DD.
[[nodiscard]] std::string to_iso(const BirthDate& date);
}  // namespace ppo

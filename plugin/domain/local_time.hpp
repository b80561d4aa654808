// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/birth_date.hpp"
#include "domain/unix_time.hpp"

#include <string>

namespace ppo {
/// Whether the name is one of the IANA time zone database ("America/New_York", "UTC").
[[nodiscard]] bool is_known_time_zone(const std::string& iana_zone);

/// The moment as a person of that place reads it, with weekday, date, time and zone: "Tuesday,
/// December 1, 2026 at 3:30 PM EST". Language "es" writes Spanish, everything else English; an
/// unknown zone is shown as UTC.
[[nodiscard]] std::string write_local_time(UnixTime time, const std::string& iana_zone,
                                           const std::string& language);

/// The same in a few letters, as seen at `now`: "15:30" on the same day there, "Dec 1, 15:30" in
/// the same year, "Dec 1, 2025, 15:30" in another.
[[nodiscard]] std::string write_short_time(UnixTime time, UnixTime now,
                                           const std::string& iana_zone);

/// When this day of the calendar begins there.
[[nodiscard]] UnixTime beginning_of_day(const BirthDate& day, const std::string& iana_zone);

/// "2026-05-01": the day of the calendar that it is there, as date fields have it.
[[nodiscard]] std::string write_local_day(UnixTime time, const std::string& iana_zone);

/// "2026-11-22T19:30:00Z": whole seconds, UTC, for machines and logs.
[[nodiscard]] std::string write_iso(UnixTime time);
/// The same behind what is there already.
void append_iso(std::string& to, UnixTime time);
}  // namespace ppo

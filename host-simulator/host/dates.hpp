// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ppo/ppo.h>

#include <optional>
#include <string>

namespace ppo_sim {
/// Reads a calendar day written as 1980-02-29, 19800229 or 2/29/1980 and returns it as YYYY-MM-DD;
/// nothing for a day that does not exist.
[[nodiscard]] std::optional<std::string> read_date(const std::string& text);

/// Reads a birth date: a day as above, or what is known of one, YYYY-MM or YYYY. Nothing for what
/// does not exist.
[[nodiscard]] std::optional<std::string> read_birth_date(const std::string& text);

/// True for YYYY-MM-DD: a year or a month alone answers no question for a birth date.
[[nodiscard]] bool has_day(const std::string& date);

/// Reads a moment: a day as above, midnight UTC, or followed by "T" or a space and HH:MM[:SS][Z].
[[nodiscard]] std::optional<ppo_time> read_moment(const std::string& text);

/// "2026-05-04T09:30:00Z"; empty for PPO_TIME_NONE, a word for what is in no year of four digits.
[[nodiscard]] std::string write_moment(ppo_time moment);
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ppo/ppo.h>

#include <optional>
#include <string>

namespace ppo_sim {
/// A time as HL7 writes it is as long as what it says exactly: "2026" is a whole year.
struct Hl7Moment {
    ppo_time earliest = 0;
    ppo_time latest = 0;
};

/// Reads YYYY[MM[DD[HH[MM[SS[.S…]]]]]][+/-ZZZZ]; without a zone it is taken for UTC. Nothing for
/// what does not exist.
[[nodiscard]] std::optional<Hl7Moment> read_hl7_moment(const std::string& text);

/// The day, month or year of such a time, as charts have it: "1980-02-29", "1980-02", "1980".
[[nodiscard]] std::optional<std::string> read_hl7_date(const std::string& text);

/// "20260302090000+0000".
[[nodiscard]] std::string write_hl7_moment(ppo_time moment);
}  // namespace ppo_sim

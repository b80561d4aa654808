// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace ppo_sim {
// What the ways into the directory have in common: how facts are written on a chart.

/// Several given names as one first name, "Ana Luisa". A middle initial is left out: nobody is
/// addressed by it.
[[nodiscard]] std::string joined_given(const std::vector<std::string>& given);

/// An address as on file: trimmed, without "mailto:".
[[nodiscard]] std::string email_text(const std::string& written);

/// A language tag (BCP 47) for what is one already, for the three letters of ISO 639-2, and for the
/// English names of the languages that mails are written in; empty for anything else.
[[nodiscard]] std::string language_tag(const std::string& written);

/// The birth date that a chart shows after `said` came: a year or a month that agrees with the day
/// on file takes nothing away.
[[nodiscard]] std::string better_birth_date(const std::string& on_file, const std::string& said);
}  // namespace ppo_sim

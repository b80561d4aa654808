// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/refusal.hpp"
#include "domain/unix_time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ppo {
/// What a visitor of the portal types to say who they are.
struct Identity {
    std::string email{};
    std::string birth_date{};
    std::string last_name{};
    std::string postal_code{};
};

/// What is wrong with the form itself, if anything: FieldEmpty, InvalidEmail, InvalidBirthDate or
/// InvalidPostalCode, with the field's name. Depends on the typed text alone, so it gives away
/// nothing about any patient. A birth date in the future is none.
[[nodiscard]] std::optional<Refused> check_identity_form(const Identity& typed, UnixTime now);

/// One text for all spellings of the same four facts that match each other. For a form that
/// check_identity_form let through.
[[nodiscard]] std::string identity_key(const Identity& typed);

/// A last name without case, accents, spaces and punctuation: "Núñez-Gómez" becomes "nunezgomez".
/// Apostrophes go in each of their shapes, also where Unicode counts one among the letters. Names
/// of other scripts keep their letters. Empty for a name without any letter or digit.
[[nodiscard]] std::string last_name_key(std::string_view name);

/// Compares by last_name_key; an umlaut also equals its spelling with e ("Müller" = "Mueller" =
/// "Muller"). A name without letters matches nothing.
[[nodiscard]] bool same_last_name(std::string_view on_file, std::string_view typed);

/// US ZIP codes agree on their first five digits; other codes without case, spaces and punctuation.
/// 00000 on file stands for "not known" and matches any code, that is 3 to 10 letters and digits;
/// typed, it is a code like any other. An empty code matches nothing.
[[nodiscard]] bool same_postal_code(std::string_view on_file, std::string_view typed);

/// Whether the code on file is 00000.
[[nodiscard]] bool is_unknown_postal_code(std::string_view on_file);

/// Compares by email_key; an empty address matches nothing.
[[nodiscard]] bool same_email(std::string_view on_file, std::string_view typed);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/refusal.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// Words that make a password guessable for this patient: of the practice, the patient and the
/// username. Whole names are fine; they are taken apart here.
struct PasswordWords {
    std::vector<std::string> words{};
};

/// The form that is hashed (RFC 8265, OpaqueString): every kind of space becomes U+0020, the rest
/// is composed (NFC). So the same password typed on another keyboard is the same bytes.
[[nodiscard]] std::string prepare_password(std::string_view password);

/// What keeps this text from being a password, if anything: PasswordTooShort
/// (under 8 characters), PasswordTooLong (over 256 characters or 1024 bytes), PasswordCharacters
/// (control characters, or no UTF-8), PasswordGuessable with one sentence of advice. The advice
/// never repeats any part of the password.
[[nodiscard]] std::optional<Refused> check_password(std::string_view password,
                                                    const PasswordWords& known);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/practice.hpp"
#include "domain/refusal.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// What a password of one patient is judged by.
struct PasswordBounds {
    /// Words that make it guessable: of the practice, the patient and the username. Whole names are
    /// fine; they are taken apart.
    std::vector<std::string> words{};
    int fewest_characters = 8;
};

inline constexpr int most_password_characters = 256;  // Code points.

/// 8 characters; 15 in the strict profile, as a password that is the only factor needs (NIST SP
/// 800-63B-4, 3.1.1.2).
[[nodiscard]] int fewest_password_characters(Profile profile);

/// The form that is hashed (RFC 8265, OpaqueString): every kind of space becomes U+0020, the rest
/// is composed (NFC). So the same password typed on another keyboard is the same bytes.
[[nodiscard]] std::string prepare_password(std::string_view password);

/// What keeps this text from being a password, if anything: PasswordTooShort,
/// PasswordTooLong (over 256 characters or 1024 bytes), PasswordCharacters
/// (control characters, or no UTF-8), PasswordGuessable with one sentence of advice. The advice
/// never repeats any part of the password.
[[nodiscard]] std::optional<Refused> check_password(std::string_view password,
                                                    const PasswordBounds& bounds);
}  // namespace ppo

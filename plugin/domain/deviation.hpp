// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/practice.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ppo {
/// What one guess at a stolen password costs (Argon2id).
struct GuessCost {
    std::uint32_t memory_kib = 65536;
    std::uint32_t passes = 3;
};

/// One point at which the practice is less strict than a rule.
struct Deviation {
    std::string_view code{};     // Stable: "short_passwords".
    std::string_view setting{};  // The member of ppo_settings that changes it; empty if none does.
    std::string_view english{};
    std::string_view spanish{};
    std::string_view rule{};  // Whose rule it is.
};

/// Every deviation of these settings: from the product's own rules first (PRODUCT.md, 4 and 5),
/// then from NIST SP 800-63B-4 and OWASP ASVS 5.0. Never empty: a password is one factor.
[[nodiscard]] std::vector<Deviation> deviations(const Practice& practice, GuessCost cost);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace ppo {
/// A fresh password of made-up, pronounceable words and digits, easy to hand over by voice: more
/// than 60 bits from the system's generator, and one that check_password takes in every profile,
/// the patient's own words left aside.
[[nodiscard]] std::string generate_password();

/// A fresh password of 16 random letters and digits that do not look like one another, in four
/// groups: 79 bits, for whoever writes it down rather than says it.
[[nodiscard]] std::string generate_random_password();
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ppo_sim {
using WordList = std::vector<std::string_view>;

/// Names that go together. Those in front are the frequent ones.
struct Origin {
    std::uint64_t weight = 0;  // In a thousand patients.
    std::string_view language{};
    WordList female{};
    WordList male{};
    WordList last{};
};

/// Every origin; the weights are a thousand together.
[[nodiscard]] const std::vector<Origin>& origins();

/// Beginnings and endings of made-up English surnames, for the many that few people have.
[[nodiscard]] const WordList& surname_beginnings();
[[nodiscard]] const WordList& surname_endings();

/// Names of people who have one name only, and very long ones.
[[nodiscard]] const WordList& single_names();
[[nodiscard]] const WordList& long_first_names();
[[nodiscard]] const WordList& long_last_names();

[[nodiscard]] const WordList& tag_words();
[[nodiscard]] const WordList& rare_languages();

/// In ASCII letters alone, as people write their names in addresses: "Müller" becomes "muller".
[[nodiscard]] std::string plain_letters(std::string_view name);

/// The same name without its accents, as a clerk without such keys typed it.
[[nodiscard]] std::string without_accents(std::string_view name);
}  // namespace ppo_sim

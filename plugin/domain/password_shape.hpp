// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// The text once, if it is one and the same piece two or more times over; else the text itself.
/// "summer24summer24" becomes "summer24".
[[nodiscard]] std::string_view without_repetition(std::string_view text);

/// Without the digits and signs that people hang on to a word: "password2024!!" becomes "password".
/// Only ASCII is looked at. Empty if there is nothing else.
[[nodiscard]] std::string_view without_tail(std::string_view text);

/// Whether it is all rows: of keys that touch one another on the keyboard ("1qaz2wsx"), of letters
/// or digits counted up or down, of the same character; three at a time or more, with at most two
/// characters beside them.
[[nodiscard]] bool is_all_rows(std::string_view text);

/// Whether nothing but these words, digits and signs stands in it, and at least one of the words.
/// Letters written as digits or signs ("m@p1e") count as letters. Both are folded to lower case.
/// Takes as long as the text times the length of all words.
[[nodiscard]] bool is_made_of(std::string_view text, const std::vector<std::string>& words);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ppo {
/// True for well-formed UTF-8 only: no surrogates, no overlong forms, nothing above U+10FFFF. Empty
/// text is valid.
[[nodiscard]] bool is_valid_utf8(std::string_view text);

/// Counts characters as people type them, nearly: code points, not bytes. Expects valid UTF-8.
[[nodiscard]] std::size_t count_code_points(std::string_view utf8);

/// Composes what can be composed, so that one text has one spelling. Bytes that are no UTF-8 become
/// U+FFFD.
[[nodiscard]] std::string to_nfc(std::string_view utf8);

/// The form in which the report searches and sorts: compatibility forms unfolded, accents and
/// strokes dropped, letter case folded. "Müller" and "MULLER" become "muller", "Łuß" becomes
/// "luss". Not unique, never shown.
[[nodiscard]] std::string fold_for_search(std::string_view utf8);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace ppo_sim {
/// Base64, whatever else stands between its letters ignored.
[[nodiscard]] std::string decode_base64(std::string_view text);

/// Quoted-printable of a body, soft line breaks joined; with `header`, "_" is a space (RFC 2047).
[[nodiscard]] std::string decode_quoted_printable(std::string_view text, bool header = false);

/// A header value with its encoded words ("=?utf-8?B?…?=") decoded.
[[nodiscard]] std::string decode_words(std::string_view value);

/// The text in UTF-8: ISO 8859-1 and its cousin are converted, everything else stays as it is.
[[nodiscard]] std::string to_utf8(std::string text, std::string_view charset);
}  // namespace ppo_sim

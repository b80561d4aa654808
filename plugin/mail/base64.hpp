// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace ppo {
/// Base64 in one line, as headers and AUTH need it.
[[nodiscard]] std::string write_base64(std::string_view bytes);

/// Base64 in lines of 76 characters, each ended by CRLF, as a MIME body needs it.
[[nodiscard]] std::string write_base64_lines(std::string_view bytes);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace ppo_validate {
// As a mail program would read a body (RFC 2045), so that the link in it is found.
[[nodiscard]] std::string decode_quoted_printable(std::string_view text);
/// Whatever stands between the letters is passed over.
[[nodiscard]] std::string decode_base64(std::string_view text);
}  // namespace ppo_validate

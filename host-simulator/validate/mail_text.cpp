// SPDX-License-Identifier: Apache-2.0
#include "validate/mail_text.hpp"

#include <cstdint>

namespace ppo_validate {
namespace {
int hex(char letter) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto found = digits.find(letter);
    return found == std::string_view::npos ? -1 : static_cast<int>(found);
}
}  // namespace

std::string decode_quoted_printable(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '=' || i + 2 >= text.size()) {
            decoded += text[i];
        } else if (text[i + 1] == '\r') {
            i += 2;  // A line that goes on.
        } else if (hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
            decoded += static_cast<char>(16 * hex(text[i + 1]) + hex(text[i + 2]));
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

std::string decode_base64(std::string_view text) {
    constexpr std::string_view
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string decoded;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char letter : text) {
        const auto value = letters.find(letter);
        if (value == std::string_view::npos) continue;
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        decoded += static_cast<char>((bits >> count) & 0xFFU);
    }
    return decoded;
}
}  // namespace ppo_validate

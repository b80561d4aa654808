// SPDX-License-Identifier: Apache-2.0
#include "mail/base64.hpp"

#include <sodium.h>

namespace ppo {
std::string write_base64(std::string_view bytes) {
    constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), variant);
    text.pop_back();  // The function counts and writes a closing NUL.
    return text;
}

std::string write_base64_lines(std::string_view bytes) {
    constexpr std::size_t bytes_a_line = 57;
    std::string lines;
    for (std::size_t at = 0; at < bytes.size(); at += bytes_a_line)
        lines += write_base64(bytes.substr(at, bytes_a_line)) + "\r\n";
    return lines;
}
}  // namespace ppo

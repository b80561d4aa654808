// SPDX-License-Identifier: Apache-2.0
#include "host/mail_decoding.hpp"

#include <Poco/String.h>

#include <cctype>
#include <cstdint>

namespace ppo_sim {
namespace {
int base64_digit(char c) {
    static constexpr std::string_view
        digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto at = digits.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

int hex_digit(char c) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    const auto at = digits.find(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

struct EncodedWord {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text{};
};

/// Finds the next "=?charset?B?text?=" at or after `from`; `end` is 0 if there is none.
EncodedWord next_word(std::string_view value, std::size_t from) {
    for (auto begin = value.find("=?", from); begin != std::string_view::npos;
         begin = value.find("=?", begin + 2)) {
        const auto charset_end = value.find('?', begin + 2);
        if (charset_end == std::string_view::npos) return {};
        if (charset_end + 2 >= value.size() || value[charset_end + 2] != '?') continue;
        const auto end = value.find("?=", charset_end + 3);
        if (end == std::string_view::npos) return {};
        const auto charset = value.substr(begin + 2, charset_end - begin - 2);
        const auto text = value.substr(charset_end + 3, end - charset_end - 3);
        const bool base64 = std::toupper(static_cast<unsigned char>(value[charset_end + 1])) == 'B';
        std::string decoded = base64 ? decode_base64(text) : decode_quoted_printable(text, true);
        return {begin, end + 2, to_utf8(std::move(decoded), charset)};
    }
    return {};
}
}  // namespace

std::string decode_base64(std::string_view text) {
    std::string decoded;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        if (c == '=') break;
        const int digit = base64_digit(c);
        if (digit < 0) continue;
        bits = bits << 6U | static_cast<std::uint32_t>(digit);
        held += 6;
        if (held >= 8) {
            held -= 8;
            decoded += static_cast<char>(bits >> static_cast<unsigned>(held) & 0xFFU);
        }
    }
    return decoded;
}

std::string decode_quoted_printable(std::string_view text, bool header) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (header && text[i] == '_') {
            decoded += ' ';
        } else if (text[i] != '=') {
            decoded += text[i];
        } else if (text.substr(i + 1, 2) == "\r\n") {
            i += 2;
        } else if (text.substr(i + 1, 1) == "\n") {
            i += 1;
        } else if (i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                   hex_digit(text[i + 2]) >= 0) {
            decoded += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

std::string decode_words(std::string_view value) {
    std::string decoded;
    std::size_t at = 0;
    bool after_word = false;
    while (at < value.size()) {
        const EncodedWord word = next_word(value, at);
        if (word.end == 0) break;
        const auto between = value.substr(at, word.begin - at);
        // Blanks between two encoded words only fold the line.
        if (!after_word || !is_blank(between)) decoded += between;
        decoded += word.text;
        after_word = true;
        at = word.end;
    }
    decoded += value.substr(at);
    return decoded;
}

std::string to_utf8(std::string text, std::string_view charset) {
    const std::string name = Poco::toLower(std::string{charset});
    if (name != "iso-8859-1" && name != "windows-1252") return text;
    std::string converted;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            converted += c;
        } else {
            converted += static_cast<char>(0xC0U | byte >> 6U);
            converted += static_cast<char>(0x80U | (byte & 0x3FU));
        }
    }
    return converted;
}
}  // namespace ppo_sim

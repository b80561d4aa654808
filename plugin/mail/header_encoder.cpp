// SPDX-License-Identifier: Apache-2.0
#include "mail/header_encoder.hpp"

#include "mail/base64.hpp"

#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

namespace ppo {
namespace {
constexpr std::size_t longest_line = 76;           // With encoded words in it, by RFC 2047.
constexpr std::size_t longest_unfolded = 998 - 2;  // What RFC 5322 allows where nothing can be cut.
constexpr std::string_view word_start = "=?UTF-8?B?";
constexpr std::string_view word_end = "?=";

/// The length of the character that starts at `at`, checked to be UTF-8 and no control character.
std::size_t character_length(const std::string& field, std::string_view text, std::size_t at) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto length = static_cast<std::int32_t>(text.size());
    auto next = static_cast<std::int32_t>(at);
    UChar32 character = 0;
    U8_NEXT(bytes, next, length, character);
    const bool is_control = character < 0x20 || (character >= 0x7F && character < 0xA0);
    // The two separators of Unicode end a line for some readers.
    if (is_control || character == 0x2028 || character == 0x2029) throw UnwritableHeader{field};
    return static_cast<std::size_t>(next) - at;
}

void require_text(const std::string& field, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) at += character_length(field, text, at);
}

/// Some readers end a line at NEL, at the separators of Unicode and at other controls beyond ASCII:
/// in words for people a blank says the same.
std::string on_one_line(std::string_view text) {
    std::string line;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto rest = text.substr(at);
        const bool is_control = rest.size() > 1 && rest[0] == '\xC2' &&
                                static_cast<unsigned char>(rest[1]) < 0xA0;
        const bool is_separator = rest.starts_with("\xE2\x80\xA8") ||
                                  rest.starts_with("\xE2\x80\xA9");
        line += is_control || is_separator ? ' ' : text[at];
        if (is_control) at += 1;
        if (is_separator) at += 2;
    }
    return line;
}

bool is_plain(std::string_view text) {
    const bool is_ascii = std::all_of(text.begin(), text.end(),
                                      [](char c) { return c >= 0x20 && c < 0x7F; });
    const bool keeps_blanks = text.empty() || (text.front() != ' ' && text.back() != ' ');
    // What looks like an encoded word would be decoded by the reader.
    return is_ascii && keeps_blanks && text.find("=?") == std::string_view::npos;
}

/// Words of at most 75 characters, cut between characters, each line at most 76. `column` is where
/// the first word starts; it is moved to where the last one ends.
std::string write_encoded_words(const std::string& field, std::string_view text,
                                std::size_t& column) {
    std::string words;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t frame = word_start.size() + word_end.size();
        const std::size_t room = (longest_line - std::min(column, longest_line - frame) - frame) /
                                 4 * 3;
        std::size_t end = at;
        while (end < text.size()) {
            const std::size_t length = character_length(field, text, end);
            if (end + length - at > room) break;
            end += length;
        }
        if (end == at) {  // Not even one character fits here; a fresh line has room for many.
            words += "\r\n ";
            column = 1;
            continue;
        }
        const std::string encoded = write_base64(text.substr(at, end - at));
        words.append(word_start).append(encoded).append(word_end);
        column += frame + encoded.size();
        at = end;
        if (at < text.size()) {
            words += "\r\n ";
            column = 1;
        }
    }
    return words;
}

/// A phrase that may stand bare. Two blanks in a row would be read as one.
bool is_phrase_of_atoms(std::string_view text) {
    if (text.find("  ") != std::string_view::npos) return false;
    constexpr std::string_view allowed = "!#$%&'*+-/=?^_`{|}~ ";
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               allowed.find(c) != std::string_view::npos;
    });
}

std::string write_quoted(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}
}  // namespace

std::string write_text_header(const std::string& name, std::string_view given) {
    const std::string text = on_one_line(given);
    require_text(name, text);
    std::string header = name + ": ";
    if (is_plain(text) && header.size() + text.size() <= longest_line)
        return header.append(text) + "\r\n";
    std::size_t column = header.size();
    return header + write_encoded_words(name, text, column) + "\r\n";
}

std::string write_mailbox_header(const std::string& name, std::string_view given_name,
                                 std::string_view address) {
    const std::string display_name = on_one_line(given_name);
    require_text(name, display_name);
    require_address(name, address);
    std::string header = name + ": ";
    if (display_name.empty()) return header.append(address) + "\r\n";

    std::size_t column = header.size();
    std::string phrase{display_name};
    if (!is_phrase_of_atoms(display_name)) phrase = write_quoted(display_name);
    if (is_plain(display_name) && column + phrase.size() <= longest_line)
        column += phrase.size();
    else
        phrase = write_encoded_words(name, display_name, column);
    // The address stands whole: readers disagree about folds within it.
    const bool fits = column + 3 + address.size() <= longest_line;
    return header + phrase + (fits ? " <" : "\r\n <") + std::string{address} + ">\r\n";
}

std::string write_token_header(const std::string& name, std::string_view value) {
    const bool is_printable = std::all_of(value.begin(), value.end(),
                                          [](char c) { return c >= 0x20 && c < 0x7F; });
    if (!is_printable || value.empty() || name.size() + 2 + value.size() > longest_unfolded)
        throw UnwritableHeader{name};
    return (name + ": ").append(value) + "\r\n";
}

void require_address(const std::string& field, std::string_view address) {
    require_text(field, address);
    const auto at = address.find('@');
    const bool has_two_sides = at != std::string_view::npos && at > 0 && at + 1 < address.size() &&
                               address.find('@', at + 1) == std::string_view::npos;
    const bool has_bad_sign = address.find_first_of(" <>()[],;:\\\"") != std::string_view::npos;
    // What looks like an encoded word would be decoded by the reader.
    const bool has_encoded_word = address.find("=?") != std::string_view::npos;
    if (!has_two_sides || has_bad_sign || has_encoded_word || address.size() > 254)
        throw UnwritableHeader{field};
}
}  // namespace ppo

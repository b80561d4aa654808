// SPDX-License-Identifier: Apache-2.0
#include "mail/mime_parts.hpp"

#include <algorithm>
#include <cstdint>

namespace ppo {
namespace {
constexpr std::size_t longest_header = 64 * 1024;
constexpr std::string_view blanks = " \t\r\n";

char small_letter(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Takes one line off the front, without its end.
std::string_view take_line(std::string_view& bytes) {
    const auto end = bytes.find('\n');
    auto line = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

/// A parameter's value: as it stands up to the next ";", or between quotes.
std::string take_value(std::string_view& text) {
    text = trimmed(text);
    std::string value;
    if (text.empty() || text.front() != '"') {
        const auto end = text.find(';');
        value = trimmed(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end);
        return value;
    }
    std::size_t at = 1;
    for (; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        value += text[at];
    }
    text.remove_prefix(std::min(text.size(), at + 1));
    return value;
}

/// Where the next boundary's line begins: a line of its own, since one boundary may begin another.
std::size_t find_boundary(std::string_view body, std::string_view dashed, std::size_t from) {
    for (auto at = body.find(dashed, from); at != std::string_view::npos;
         at = body.find(dashed, at + 1)) {
        auto behind = body.substr(at + dashed.size());
        const auto rest = trimmed(take_line(behind));
        if ((at == 0 || body[at - 1] == '\n') && (rest.empty() || rest == "--")) return at;
    }
    return std::string_view::npos;
}

int base64_digit(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : -1;
}

std::string from_base64(std::string_view body) {
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : body) {
        if (c == '=') break;
        const int digit = base64_digit(c);
        if (digit < 0) continue;
        bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xFFFFFF;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>(bits >> count & 0xFF);
    }
    return bytes;
}

std::string from_quoted_printable(std::string_view body) {
    std::string bytes;
    while (!body.empty()) {
        auto line = take_line(body);
        while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
        const bool goes_on = !line.empty() && line.back() == '=';
        if (goes_on) line.remove_suffix(1);
        for (std::size_t at = 0; at < line.size(); ++at) {
            const auto code = line[at] == '=' ? hex_byte(line.substr(at + 1)) : std::nullopt;
            bytes += code.value_or(line[at]);
            if (code) at += 2;
        }
        if (!goes_on) bytes += '\n';
    }
    return bytes;
}
}  // namespace

void MimeFields::add(std::string_view name, std::string_view value) {
    fields_.push_back({small_letters(trimmed(name)), std::string{trimmed(value)}});
}

void MimeFields::continue_last(std::string_view value) {
    if (!fields_.empty()) fields_.back().value.append(" ").append(trimmed(value));
}

std::string_view MimeFields::value(std::string_view name) const {
    const auto wanted = small_letters(name);
    const auto found = std::find_if(fields_.begin(), fields_.end(),
                                    [&](const Field& field) { return field.name == wanted; });
    return found == fields_.end() ? std::string_view{} : std::string_view{found->value};
}

std::optional<MimeBlock> read_fields(std::string_view bytes) {
    MimeBlock block{{}, bytes};
    while (!block.rest.empty()) {
        const auto line = take_line(block.rest);
        if (line.empty()) break;
        if (bytes.size() - block.rest.size() > longest_header) return std::nullopt;
        const auto colon = line.find(':');
        if (line.front() == ' ' || line.front() == '\t')
            block.fields.continue_last(line);
        else if (colon != std::string_view::npos)
            block.fields.add(line.substr(0, colon), line.substr(colon + 1));
    }
    return block;
}

MediaType read_media_type(std::string_view value) {
    const auto end = value.find(';');
    MediaType type{small_letters(trimmed(value.substr(0, end))), {}};
    if (type.name.empty()) type.name = "text/plain";
    value.remove_prefix(end == std::string_view::npos ? value.size() : end);
    while (!value.empty()) {
        value.remove_prefix(1);  // The ";", or what stands where it should be.
        const auto sign = value.find_first_of("=;");
        if (sign == std::string_view::npos) break;
        const auto name = value.substr(0, sign);
        const bool has_value = value[sign] == '=';
        value.remove_prefix(has_value ? sign + 1 : sign);
        if (has_value) type.parameters.add(name, take_value(value));
    }
    return type;
}

std::optional<std::vector<std::string_view>> split_parts(std::string_view body,
                                                         std::string_view boundary,
                                                         std::size_t most) {
    std::vector<std::string_view> parts;
    if (boundary.empty()) return parts;
    const std::string dashed = "--" + std::string{boundary};
    auto at = find_boundary(body, dashed, 0);
    while (at != std::string_view::npos) {
        if (body.substr(at + dashed.size()).starts_with("--")) break;
        auto part = body.substr(at);
        take_line(part);
        const auto begin = body.size() - part.size();
        at = find_boundary(body, dashed, begin);
        if (parts.size() == most) return std::nullopt;
        parts.push_back(body.substr(begin, at == std::string_view::npos ? at : at - begin));
    }
    return parts;
}

std::string decode_body(std::string_view body, std::string_view encoding) {
    const auto name = small_letters(trimmed(encoding));
    if (name == "base64") return from_base64(body);
    if (name == "quoted-printable") return from_quoted_printable(body);
    return std::string{body};
}

std::optional<char> hex_byte(std::string_view text) {
    const auto digit = [](char c) {
        const auto at = std::string_view{"0123456789abcdef"}.find(small_letter(c));
        return at == std::string_view::npos ? -1 : static_cast<int>(at);
    };
    if (text.size() < 2 || digit(text[0]) < 0 || digit(text[1]) < 0) return std::nullopt;
    return static_cast<char>(digit(text[0]) * 16 + digit(text[1]));
}

std::string small_letters(std::string_view text) {
    std::string small{text};
    std::transform(small.begin(), small.end(), small.begin(), small_letter);
    return small;
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}
}  // namespace ppo

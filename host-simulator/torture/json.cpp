// SPDX-License-Identifier: Apache-2.0
#include "torture/json.hpp"

#include <cstdio>

namespace ppo_torture {
namespace {
/// The next character of UTF-8 that is known to be good.
char32_t take(std::string_view& rest) {
    const auto byte = [&rest](std::size_t at) {
        return static_cast<char32_t>(static_cast<unsigned char>(rest[at]));
    };
    const char32_t first = byte(0);
    const std::size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    static constexpr char32_t masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    char32_t character = first & masks[size];
    for (std::size_t i = 1; i < size && i < rest.size(); ++i)
        character = (character << 6U) | (byte(i) & 0x3fU);
    rest.remove_prefix(size < rest.size() ? size : rest.size());
    return character;
}
}  // namespace

void Json::comma() {
    if (follows_) out_ += ascii_ ? ",\n\t " : ",";
    follows_ = true;
}

Json& Json::open(char bracket) {
    comma();
    out_ += bracket;
    follows_ = false;
    return *this;
}

Json& Json::close(char bracket) {
    out_ += bracket;
    follows_ = true;
    return *this;
}

Json& Json::name(std::string_view name) {
    text(name);
    out_ += ':';
    follows_ = false;
    return *this;
}

Json& Json::raw(std::string_view json) {
    comma();
    out_ += json;
    return *this;
}

void Json::escape(char32_t character) {
    const auto put = [this](char32_t unit) {
        char written[16];
        std::snprintf(written, sizeof written, "\\u%04x", static_cast<unsigned>(unit));
        out_ += written;
    };
    if (character < 0x10000) return put(character);
    put(0xd800 + ((character - 0x10000) >> 10U));
    put(0xdc00 + ((character - 0x10000) & 0x3ffU));
}

Json& Json::text(std::string_view text) {
    comma();
    out_ += '"';
    while (!text.empty()) {
        const std::string_view before = text;
        const char32_t character = take(text);
        const std::string_view bytes = before.substr(0, before.size() - text.size());
        const bool must = character < 0x20 || character == '"' || character == '\\';
        if (must || (ascii_ && character >= 0x7f)) {
            escape(character);
        } else {
            out_ += bytes;
        }
    }
    out_ += '"';
    return *this;
}
}  // namespace ppo_torture

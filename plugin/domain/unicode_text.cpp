// SPDX-License-Identifier: Apache-2.0
#include "domain/unicode_text.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <stdexcept>

namespace ppo {
namespace {
// A build of ICU without its data fails here; the text at hand has nothing to do with it.
void expect_success(UErrorCode status) {
    if (U_FAILURE(status)) throw std::runtime_error{std::string{"ICU: "} + u_errorName(status)};
}
}  // namespace

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string_view trim_ascii(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

icu::UnicodeString from_utf8(std::string_view utf8) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece{utf8.data(), static_cast<std::int32_t>(utf8.size())});
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string utf8;
    return text.toUTF8String(utf8);
}

const icu::Normalizer2& normalizer(NormalForm form) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* found = nullptr;
    switch (form) {
    case NormalForm::Composed: found = icu::Normalizer2::getNFCInstance(status); break;
    case NormalForm::Decomposed: found = icu::Normalizer2::getNFDInstance(status); break;
    case NormalForm::CompatiblyComposed: found = icu::Normalizer2::getNFKCInstance(status); break;
    case NormalForm::CompatiblyComposedFolded:
        found = icu::Normalizer2::getNFKCCasefoldInstance(status);
        break;
    }
    expect_success(status);
    return *found;
}

icu::UnicodeString normalized(const icu::UnicodeString& text, NormalForm form) {
    UErrorCode status = U_ZERO_ERROR;
    auto result = normalizer(form).normalize(text, status);
    expect_success(status);
    return result;
}

bool has_hidden_controls(std::string_view utf8) {
    const auto text = from_utf8(utf8);
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const UChar32 c = text.char32At(at);
        const auto kind = u_charType(c);
        if (kind == U_CONTROL_CHAR || kind == U_LINE_SEPARATOR || kind == U_PARAGRAPH_SEPARATOR)
            return true;
        if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) return true;
    }
    return false;
}
}  // namespace ppo

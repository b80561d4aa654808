// SPDX-License-Identifier: Apache-2.0
#include "domain/unicode_text.hpp"

#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include <string.h>  // explicit_bzero is not in <cstring>.

#include <algorithm>
#include <stdexcept>

namespace ppo {
namespace {
constexpr UChar32 replacement = 0xFFFD;  // Stands for bytes that are no UTF-8.

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

UnicodeText::~UnicodeText() {
    const auto room = static_cast<std::size_t>(getCapacity());
    char16_t* const letters = getBuffer(-1);
    if (letters == nullptr) return;
    explicit_bzero(letters, room * sizeof *letters);
    releaseBuffer(0);
}

UnicodeText from_utf8(std::string_view utf8) {
    const auto size = static_cast<std::int32_t>(utf8.size());
    UnicodeText text{size + 1};
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t length = 0;
    u_strFromUTF8WithSub(text.getBuffer(size + 1), size + 1, &length, utf8.data(), size,
                         replacement, nullptr, &status);
    text.releaseBuffer(U_SUCCESS(status) ? length : 0);
    expect_success(status);
    return text;
}

std::string to_utf8(const icu::UnicodeString& text) {
    constexpr std::int32_t most_bytes_a_unit = 3;
    // Straight into its place: ICU's own way to a std::string leaves a copy on the stack.
    std::string utf8(static_cast<std::size_t>(text.length()) * most_bytes_a_unit, '\0');
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t size = 0;
    u_strToUTF8WithSub(utf8.data(), static_cast<std::int32_t>(utf8.size()), &size, text.getBuffer(),
                       text.length(), replacement, nullptr, &status);
    expect_success(status);
    utf8.resize(static_cast<std::size_t>(size));
    return utf8;
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

UnicodeText normalized(const icu::UnicodeString& text, NormalForm form) {
    UErrorCode status = U_ZERO_ERROR;
    UnicodeText result{text.length() * 3 + 16};  // More than all but the oddest letters become.
    normalizer(form).normalize(text, result, status);
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

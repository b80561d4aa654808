// SPDX-License-Identifier: Apache-2.0
#include "domain/text_fold.hpp"

#include "domain/unicode_text.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

namespace ppo {
namespace {
// Letters with a stroke or of their own, which decomposition leaves alone, as people type them
// without.
struct Plain {
    UChar32 letter = 0;
    const char16_t* plain = u"";
};
constexpr Plain plain_letters[] = {
    {0x00E6, u"ae"}, {0x00F0, u"d"}, {0x00F8, u"o"}, {0x00FE, u"th"}, {0x0111, u"d"},
    {0x0127, u"h"},  {0x0131, u"i"}, {0x0142, u"l"}, {0x0153, u"oe"}, {0x0167, u"t"},
    {0x0180, u"b"},  {0x01E5, u"g"}, {0x0268, u"i"}, {0x1D7C, u"i"},
};

// Accents belong to no script of their own. The voicing marks of kana do not either, but they make
// another letter, as the vowel signs of Indic scripts do.
bool is_accent(UChar32 c) {
    if (u_charType(c) != U_NON_SPACING_MARK || c == 0x3099 || c == 0x309A) return false;
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(c, &status) == USCRIPT_INHERITED && U_SUCCESS(status);
}

void append_plain(icu::UnicodeString& folded, UChar32 c) {
    const auto* found = std::find_if(std::begin(plain_letters), std::end(plain_letters),
                                     [c](const Plain& plain) { return plain.letter == c; });
    if (found == std::end(plain_letters))
        folded.append(c);
    else
        folded.append(found->plain, -1);
}

// The length of the character that starts here, or 0 if the bytes are no character.
std::size_t character_length(std::string_view text) {
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first < 0xC2   ? 0
                               : first < 0xE0 ? 2
                               : first < 0xF0 ? 3
                               : first < 0xF5 ? 4
                                              : 0;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    // The second byte tells overlong forms, surrogates and what lies above U+10FFFF.
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return length;
}
}  // namespace

bool is_valid_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto length = character_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::size_t count_code_points(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

std::string to_nfc(std::string_view utf8) {
    if (is_ascii(utf8)) return std::string{utf8};
    return to_utf8(normalized(from_utf8(utf8), NormalForm::Composed));
}

std::string fold_for_search(std::string_view utf8) {
    if (is_ascii(utf8)) {
        std::string lower{utf8};
        std::transform(lower.begin(), lower.end(), lower.begin(), ascii_lower);
        return lower;
    }
    const auto apart = normalized(normalized(from_utf8(utf8), NormalForm::CompatiblyComposedFolded),
                                  NormalForm::Decomposed);
    UnicodeText folded{apart.length() * 2};  // "æ" becomes two.
    for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1))
        if (!is_accent(apart.char32At(i))) append_plain(folded, apart.char32At(i));
    return to_utf8(normalized(folded, NormalForm::Composed));
}
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#include "domain/email_address.hpp"

#include "domain/text_fold.hpp"
#include "domain/unicode_text.hpp"

#include <unicode/idna.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace ppo {
namespace {
constexpr std::size_t longest_address = 254;
constexpr std::size_t longest_local_part = 64;
constexpr std::size_t longest_label = 63;

// Letters, digits and the marks on them; not what looks like a space, a sign or nothing at all.
bool has_only_letters_beyond_ascii(std::string_view text) {
    if (is_ascii(text)) return true;
    const auto unicode = from_utf8(text);
    for (std::int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) {
        const UChar32 c = unicode.char32At(i);
        constexpr std::uint32_t allowed = U_GC_L_MASK | U_GC_ND_MASK | U_GC_MN_MASK | U_GC_MC_MASK;
        if (c >= 0x80 && (U_GET_GC_MASK(c) & allowed) == 0) return false;
        if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return false;
    }
    return true;
}

bool is_word_character(char c) {
    constexpr std::string_view signs = "!#$%&'*+-/=?^_`{|}~";
    return is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
           signs.find(c) != std::string_view::npos;
}

bool is_label_character(char c) {
    return is_ascii_alnum(c) || c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

// True if every part between dots is filled, uses `allowed` only, and neither starts nor ends in a
// hyphen.
bool are_parts(std::string_view text, std::size_t longest, bool (*allowed)(char)) {
    while (true) {
        const auto dot = text.find('.');
        const auto part = text.substr(0, dot);
        if (part.empty() || part.size() > longest) return false;
        if (part.front() == '-' || part.back() == '-') return false;
        if (!std::all_of(part.begin(), part.end(), allowed)) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

bool is_host_name(std::string_view host) {
    const auto last_dot = host.rfind('.');
    if (last_dot == std::string_view::npos || !are_parts(host, longest_label, is_label_character))
        return false;
    const auto top = host.substr(last_dot + 1);
    // "10.0.0.1" is a number for a machine, not a name for people's mail.
    if (top.size() < 2 || std::all_of(top.begin(), top.end(), is_ascii_digit)) return false;
    if (is_ascii(host)) return true;
    // Wide or stylised letters would lead to another host than the one on screen.
    return to_utf8(normalized(from_utf8(host), NormalForm::CompatiblyComposed)) == host;
}
const icu::IDNA& idna() {
    static const std::unique_ptr<icu::IDNA> one = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::IDNA> made{icu::IDNA::createUTS46Instance(
            UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE |
                UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ,
            status)};
        if (U_FAILURE(status) || !made) throw std::runtime_error{"ICU: no IDNA"};
        return made;
    }();
    return *one;
}

// The host in its "xn--" form, if that stands for exactly these letters: what the mapping would
// alter (capitals, wide letters, another kind of dot) is another host on screen, and stays itself.
std::string ascii_host(const std::string& host) {
    const auto shown = from_utf8(host);
    icu::UnicodeString ascii;
    icu::UnicodeString back;
    icu::IDNAInfo there;
    icu::IDNAInfo and_back;
    UErrorCode status = U_ZERO_ERROR;
    idna().nameToASCII(shown, ascii, there, status);
    idna().nameToUnicode(ascii, back, and_back, status);
    const bool is_same = U_SUCCESS(status) && !there.hasErrors() && !and_back.hasErrors() &&
                         back == normalized(shown, NormalForm::Composed);
    return is_same ? to_utf8(ascii) : host;
}
}  // namespace

bool is_valid_email(std::string_view text) {
    if (text.size() > longest_address || !is_valid_utf8(text)) return false;
    const auto at = text.find('@');
    if (at > longest_local_part) return false;  // Also if there is none: npos is larger still.
    return are_parts(text.substr(0, at), longest_local_part, is_word_character) &&
           is_host_name(text.substr(at + 1)) && has_only_letters_beyond_ascii(text);
}

std::string email_key(std::string_view text) {
    std::string key{trim_ascii(text)};
    std::transform(key.begin(), key.end(), key.begin(), ascii_lower);
    const auto host = key.find('@') + 1;
    if (host == 0 || is_ascii(key)) return key;
    return key.substr(0, host) + ascii_host(key.substr(host));
}
}  // namespace ppo

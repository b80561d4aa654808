// SPDX-License-Identifier: Apache-2.0
#include "domain/identity_match.hpp"

#include "domain/birth_date.hpp"
#include "domain/email_address.hpp"
#include "domain/text_fold.hpp"
#include "domain/unicode_text.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

namespace ppo {
namespace {
constexpr std::string_view unknown_postal_code = "00000";

// Apostrophes, primes and the stroke that only stretches an Arabic word, which Unicode counts among
// the letters.
bool is_apostrophe_like(UChar32 c) {
    return (c >= 0x02B9 && c <= 0x02C1) || (c >= 0x02C8 && c <= 0x02CF) || c == 0xA78B ||
           c == 0xA78C || c == 0x0640;
}

// The points of Hebrew are written or left out, as accents are; the vowel signs of Indic scripts
// are part of the word.
bool is_hebrew_point(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    return u_charType(c) == U_NON_SPACING_MARK && uscript_getScript(c, &status) == USCRIPT_HEBREW;
}

bool belongs_to_a_word(UChar32 c) {
    return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0 &&
           !is_apostrophe_like(c) && !is_hebrew_point(c);
}

// Letters, digits and the marks that are part of a letter; spaces, signs and punctuation go.
std::string only_letters(std::string_view folded) {
    std::string letters;
    if (is_ascii(folded)) {
        std::copy_if(folded.begin(), folded.end(), std::back_inserter(letters), is_ascii_alnum);
        return letters;
    }
    const auto unicode = from_utf8(folded);
    icu::UnicodeString kept;
    for (std::int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) {
        const UChar32 c = unicode.char32At(i);
        if (belongs_to_a_word(c)) kept.append(c);
    }
    return to_utf8(kept);
}

// As last_name_key, but umlauts become their spelling with e: "Müller" and "Mueller" give
// "mueller".
std::string key_with_spelled_umlauts(std::string_view name) {
    if (is_ascii(name)) return last_name_key(name);
    const auto apart = normalized(normalized(from_utf8(name), NormalForm::CompatiblyComposedFolded),
                                  NormalForm::Decomposed);
    icu::UnicodeString spelled;
    for (std::int32_t i = 0; i < apart.length(); ++i) {
        const char16_t before = i == 0 ? u' ' : apart[i - 1];
        const bool on_vowel = before == u'a' || before == u'o' || before == u'u';
        if (apart[i] == 0x0308 && on_vowel)
            spelled.append(u'e');
        else if (apart[i] == 0x00F8)
            spelled.append(u"oe", 2);
        else
            spelled.append(apart[i]);
    }
    return last_name_key(to_utf8(spelled));
}

// Takes the e of ae, oe and ue away again, so that "mueller" meets "muller". Not at the end of a
// name: "Doe" is no "Do". Not behind another vowel or q, where no umlaut stands: "Bauer", "Queen".
std::string without_umlaut_e(std::string_view key) {
    constexpr std::string_view before_no_umlaut = "aeiouq";
    std::string shorter;
    for (std::size_t i = 0; i < key.size(); ++i) {
        const char before = i == 0 ? ' ' : key[i - 1];
        const bool may_be_umlaut = (before == 'a' || before == 'o' || before == 'u') &&
                                   (i < 2 ||
                                    before_no_umlaut.find(key[i - 2]) == std::string_view::npos);
        if (key[i] == 'e' && may_be_umlaut && i + 1 < key.size()) continue;
        shorter += key[i];
    }
    return shorter;
}

std::string postal_key(std::string_view code) {
    const auto key = only_letters(fold_for_search(code));
    // Five digits, or nine with the four that name the block of houses, are a US code.
    const bool is_us = (key.size() == 5 || key.size() == 9) &&
                       std::all_of(key.begin(), key.end(), is_ascii_digit);
    return is_us ? key.substr(0, 5) : key;
}
// Codes of all countries have 3 to 10 letters and digits.
bool is_well_formed_postal(std::string_view key) {
    return key.size() >= 3 && key.size() <= 10 &&
           std::all_of(key.begin(), key.end(), is_ascii_alnum);
}
}  // namespace

std::optional<Refused> check_identity_form(const Identity& typed, UnixTime now) {
    if (trim_ascii(typed.email).empty()) return Refused{Refusal::FieldEmpty, "email"};
    if (trim_ascii(typed.birth_date).empty()) return Refused{Refusal::FieldEmpty, "birth_date"};
    if (trim_ascii(typed.last_name).empty()) return Refused{Refusal::FieldEmpty, "last_name"};
    if (trim_ascii(typed.postal_code).empty()) return Refused{Refusal::FieldEmpty, "postal_code"};
    if (!is_valid_email(trim_ascii(typed.email))) return Refused{Refusal::InvalidEmail, "email"};
    const auto birth_date = parse_birth_date(typed.birth_date);
    if (!birth_date || !can_be_born_by(*birth_date, now))
        return Refused{Refusal::InvalidBirthDate, "birth_date"};
    // A name of signs only says nothing, as an empty one does.
    if (last_name_key(typed.last_name).empty()) return Refused{Refusal::FieldEmpty, "last_name"};
    if (postal_key(typed.postal_code).empty())
        return Refused{Refusal::InvalidPostalCode, "postal_code"};
    return {};
}

std::string identity_key(const Identity& typed) {
    const auto birth_date = parse_birth_date(typed.birth_date);
    std::string key;
    for (const auto& part :
         {email_key(typed.email), birth_date ? to_iso(*birth_date) : std::string{},
          without_umlaut_e(key_with_spelled_umlauts(typed.last_name)),
          postal_key(typed.postal_code)})
        key += std::to_string(part.size()) + ":" + part;
    return key;
}

std::string last_name_key(std::string_view name) { return only_letters(fold_for_search(name)); }

bool same_last_name(std::string_view on_file, std::string_view typed) {
    const auto key = last_name_key(on_file);
    const auto typed_key = last_name_key(typed);
    if (key.empty() || typed_key.empty()) return false;
    if (key == typed_key) return true;
    const auto spelled = key_with_spelled_umlauts(on_file);
    const auto typed_spelled = key_with_spelled_umlauts(typed);
    return spelled == typed_spelled || without_umlaut_e(spelled) == without_umlaut_e(typed_spelled);
}

bool same_postal_code(std::string_view on_file, std::string_view typed) {
    const auto key = postal_key(on_file);
    const auto typed_key = postal_key(typed);
    if (key.empty() || typed_key.empty()) return false;
    return key == typed_key || (key == unknown_postal_code && is_well_formed_postal(typed_key));
}

bool is_unknown_postal_code(std::string_view on_file) {
    return postal_key(on_file) == unknown_postal_code;
}

bool same_email(std::string_view on_file, std::string_view typed) {
    const auto key = email_key(on_file);
    return !key.empty() && key == email_key(typed);
}
}  // namespace ppo

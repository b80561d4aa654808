// SPDX-License-Identifier: Apache-2.0
#include "domain/username.hpp"

#include "domain/text_fold.hpp"
#include "domain/unicode_text.hpp"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <stdexcept>
#include <unordered_set>

namespace ppo {
namespace {
constexpr std::size_t fewest_characters = 3;
constexpr std::size_t most_characters = 64;
constexpr std::size_t bytes_of_longest_character = 4;

constexpr std::string_view allowed_signs = "._@+-";

// Names that a patient could take for the practice or the machine, or that a program takes for
// nothing.
constexpr std::string_view reserved_words[] = {
    "abuse",      "admin",    "administrator", "anonymous", "api",        "billing",   "daemon",
    "demo",       "doctor",   "everyone",      "false",     "guest",      "help",      "helpdesk",
    "hostmaster", "info",     "login",         "logout",    "mail",       "moderator", "nobody",
    "no-reply",   "none",     "noreply",       "null",      "nurse",      "office",    "operator",
    "owner",      "password", "patient",       "portal",    "postmaster", "practice",  "reception",
    "register",   "root",     "security",      "service",   "signin",     "signup",    "staff",
    "superuser",  "support",  "sysadmin",      "system",    "test",       "tester",    "true",
    "undefined",  "unknown",  "user",          "username",  "webmaster",  "www",
};

bool is_allowed_ascii(char c) {
    return is_ascii_alnum(c) || allowed_signs.find(c) != std::string_view::npos;
}

// Wide and narrow forms of a letter are the letter itself; other compatible forms are left, to be
// refused.
icu::UnicodeString with_plain_width(const icu::UnicodeString& text) {
    icu::UnicodeString plain;
    const auto& forms = normalizer(NormalForm::CompatiblyComposed);
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        const auto width = u_getIntPropertyValue(c, UCHAR_DECOMPOSITION_TYPE);
        icu::UnicodeString narrow;
        if ((width == U_DT_WIDE || width == U_DT_NARROW) && forms.getDecomposition(c, narrow))
            plain.append(narrow);
        else
            plain.append(c);
    }
    return plain;
}

// RFC 8265, UsernameCaseMapped: width, letter case, composition.
icu::UnicodeString case_mapped(const icu::UnicodeString& text) {
    auto lower = with_plain_width(text);
    lower.toLower(icu::Locale::getRoot());
    return normalized(lower, NormalForm::Composed);
}

// RFC 8264, identifier class, without the characters that are fine in some surroundings only.
bool is_identifier_character(UChar32 c) {
    if (c < 0x80) return is_allowed_ascii(static_cast<char>(c));
    constexpr std::uint32_t letters_and_digits = U_GC_LL_MASK | U_GC_LU_MASK | U_GC_LO_MASK |
                                                 U_GC_LM_MASK | U_GC_MN_MASK | U_GC_MC_MASK |
                                                 U_GC_ND_MASK;
    if ((U_GET_GC_MASK(c) & letters_and_digits) == 0) return false;
    if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return false;
    const auto syllable = u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE);
    const bool is_old_jamo = syllable == U_HST_LEADING_JAMO || syllable == U_HST_VOWEL_JAMO ||
                             syllable == U_HST_TRAILING_JAMO;
    return !is_old_jamo;
}

bool is_mark(UChar32 c) { return (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_MC_MASK)) != 0; }

// RFC 5893, rules 1 to 6 for one name: text of both directions must not be read in two orders.
bool reads_in_one_order(const icu::UnicodeString& text) {
    std::uint32_t seen = 0;
    UCharDirection last = U_OTHER_NEUTRAL;
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UCharDirection direction = u_charDirection(text.char32At(i));
        seen |= U_MASK(direction);
        if (direction != U_DIR_NON_SPACING_MARK) last = direction;
    }
    constexpr std::uint32_t right_to_left = U_MASK(U_RIGHT_TO_LEFT) |
                                            U_MASK(U_RIGHT_TO_LEFT_ARABIC);
    constexpr std::uint32_t arabic_number = U_MASK(U_ARABIC_NUMBER);
    if ((seen & (right_to_left | arabic_number)) == 0) return true;
    if ((U_MASK(u_charDirection(text.char32At(0))) & right_to_left) == 0) return false;
    constexpr std::uint32_t numbers = U_MASK(U_EUROPEAN_NUMBER) | arabic_number;
    if ((seen & U_MASK(U_LEFT_TO_RIGHT)) != 0 || (seen & numbers) == numbers) return false;
    return (U_MASK(last) & (right_to_left | numbers)) != 0;
}

bool are_identifier_characters(const icu::UnicodeString& text) {
    if (text.isEmpty() || is_mark(text.char32At(0))) return false;
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        if (!is_identifier_character(text.char32At(i))) return false;
    // Letters that only imitate others, such as ligatures and superscripts, change here.
    return normalized(text, NormalForm::CompatiblyComposed) == text && reads_in_one_order(text);
}

std::string skeleton_by_icu(const icu::UnicodeString& folded) {
    static const auto checker = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<USpoofChecker, decltype(&uspoof_close)> opened{uspoof_open(&status),
                                                                       &uspoof_close};
        if (U_FAILURE(status)) throw std::runtime_error{"ICU: no data on look-alikes"};
        return opened;
    }();
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString skeleton;
    uspoof_getSkeletonUnicodeString(checker.get(), 0, folded, skeleton, &status);
    if (U_FAILURE(status)) throw std::runtime_error{std::string{"ICU: "} + u_errorName(status)};
    return to_utf8(skeleton);
}

// A skeleton is made character by character, so for ASCII a table of ICU's answers does: this runs
// at every keystroke.
std::string ascii_skeleton(std::string_view key) {
    static const auto table = [] {
        std::array<std::string, 128> answers;
        for (std::size_t c = '!'; c < answers.size() - 1; ++c)
            answers[c] = skeleton_by_icu(icu::UnicodeString{static_cast<UChar32>(c)});
        return answers;
    }();
    std::string skeleton;
    for (const char c : key) skeleton += table[static_cast<unsigned char>(c) & 0x7F];
    return skeleton;
}

char ascii_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// As people write them: "info", "Info" and "INFO" have three looks.
std::unordered_set<std::string> looks_of_reserved_words() {
    std::unordered_set<std::string> looks;
    for (const auto word : reserved_words) {
        std::string shown{word};
        looks.insert(ascii_skeleton(shown));
        shown.front() = ascii_upper(shown.front());
        looks.insert(ascii_skeleton(shown));
        std::transform(shown.begin(), shown.end(), shown.begin(), ascii_upper);
        looks.insert(ascii_skeleton(shown));
    }
    return looks;
}

bool is_reserved(const Username& username) {
    static const auto reserved = looks_of_reserved_words();
    return reserved.count(username.skeleton) != 0 || reserved.count(username.shown_skeleton) != 0;
}

std::optional<Username> ascii_username(std::string_view typed) {
    if (!std::all_of(typed.begin(), typed.end(), is_allowed_ascii)) return {};
    Username username{.shown = std::string{typed}, .key = std::string{typed}};
    std::transform(typed.begin(), typed.end(), username.key.begin(), ascii_lower);
    username.skeleton = ascii_skeleton(username.key);
    username.shown_skeleton = ascii_skeleton(typed);
    return username;
}

std::optional<Username> unicode_username(std::string_view typed) {
    if (!is_valid_utf8(typed)) return {};
    const auto shown = normalized(from_utf8(typed), NormalForm::Composed);
    const auto key = case_mapped(shown);
    // A rule that changes its own result again would give one name two keys.
    if (!are_identifier_characters(key) || case_mapped(key) != key) return {};
    auto folded = key;
    return Username{to_utf8(shown), to_utf8(key),
                    skeleton_by_icu(normalized(folded.foldCase(), NormalForm::Composed)),
                    skeleton_by_icu(with_plain_width(shown))};
}

std::optional<Username> written_as(std::string_view typed) {
    return is_ascii(typed) ? ascii_username(typed) : unicode_username(typed);
}

// Letters, digits and inner signs of a name, as everybody can type them.
std::string typeable(std::string_view text) {
    std::string plain;
    for (const char c : fold_for_search(text.substr(0, text.find('@'))))
        if (is_ascii_alnum(c) ||
            (allowed_signs.find(c) != std::string_view::npos && !plain.empty()))
            plain += c;
    plain.resize(std::min<std::size_t>(plain.size(), 24));
    while (!plain.empty() && !is_ascii_alnum(plain.back())) plain.pop_back();
    return plain;
}

// The candidates in the order of likeness to what was typed; a part that is missing leaves its own
// out.
std::vector<std::string> candidates(const std::string& base, const std::string& first,
                                    const std::string& last) {
    std::vector<std::string> all;
    if (!base.empty()) all.insert(all.end(), {base, base + "2", base + "3"});
    if (!first.empty() && !last.empty())
        all.insert(all.end(), {first + "." + last, first.substr(0, 1) + last, last + "." + first,
                               first + "_" + last, first + "." + last + "2"});
    const std::string& root = !base.empty() ? base : !last.empty() ? last : first;
    if (!root.empty())
        for (const char digit : std::string_view{"456789"}) all.push_back(root + digit);
    return all;
}
}  // namespace

Result<Username> prepare_username(std::string_view typed) {
    if (typed.size() > most_characters * bytes_of_longest_character)
        return Refusal::UsernameTooLong;
    if (typed.empty()) return Refusal::UsernameTooShort;
    auto username = written_as(typed);
    if (!username) return Refusal::UsernameCharacters;
    // The shortest and the longest form count: composing and folding may change the length.
    const auto shown = count_code_points(username->shown);
    const auto key = count_code_points(username->key);
    if (std::min(shown, key) < fewest_characters) return Refusal::UsernameTooShort;
    if (std::max(shown, key) > most_characters) return Refusal::UsernameTooLong;
    if (is_reserved(*username)) return Refusal::UsernameReserved;
    return std::move(*username);
}

std::string username_key(std::string_view typed) {
    if (typed.size() > most_characters * bytes_of_longest_character) return {};
    const auto username = written_as(typed);
    return username ? username->key : std::string{};
}

std::string shown_skeleton(std::string_view shown) {
    if (is_ascii(shown)) return ascii_skeleton(shown);
    return skeleton_by_icu(with_plain_width(normalized(from_utf8(shown), NormalForm::Composed)));
}

std::vector<std::string> suggest_usernames(std::string_view typed, std::string_view first_name,
                                           std::string_view last_name) {
    constexpr std::size_t most_suggestions = 8;
    std::vector<std::string> suggestions;
    // What looks like the typed name is as taken as that.
    std::unordered_set<std::string> looks;
    std::unordered_set<std::string> shown_looks;
    if (const auto username = prepare_username(typed)) {
        looks.insert(username->skeleton);
        shown_looks.insert(username->shown_skeleton);
    }
    for (const auto& candidate :
         candidates(typeable(typed), typeable(first_name), typeable(last_name))) {
        if (suggestions.size() == most_suggestions) break;
        const auto username = prepare_username(candidate);
        if (username && looks.insert(username->skeleton).second &&
            shown_looks.insert(username->shown_skeleton).second)
            suggestions.push_back(candidate);
    }
    return suggestions;
}
}  // namespace ppo

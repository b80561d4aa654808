// SPDX-License-Identifier: Apache-2.0
#include "domain/password_rule.hpp"

#include "domain/password_shape.hpp"
#include "domain/text_fold.hpp"
#include "domain/unicode_text.hpp"

#include <unicode/uchar.h>

#include <zxcvbn.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <unordered_set>

namespace ppo {
namespace {
constexpr int fewest_characters = 8;
constexpr int fewest_characters_strict = 15;
constexpr std::size_t most_bytes = 1024;
constexpr std::size_t fewest_different_characters = 5;

// The estimate costs more than the square of the length; what stands in 64 bytes decides.
constexpr std::size_t most_bytes_estimated = 64;
// A handful of facts about a patient makes far fewer; a longer list would only slow the estimate
// down.
constexpr std::size_t most_known_words = 64;
constexpr std::size_t shortest_known_word = 3;

// The estimator answers in bits. Its authors' score of 3 begins at 10^8 guesses, which are 26.6
// bits.
constexpr double enough_bits = 26.6;

// A word of the first 32,768 of a list is a well-known one, whatever hangs on to it.
constexpr double well_known_bits = 15;

struct Advice {
    const char* english = "";
    const char* spanish = "";
};
constexpr Advice advice_on_names{
    "Leave out your name, your username and the name of the practice.",
    "No use su nombre, su nombre de usuario ni el nombre del consultorio."};
constexpr Advice advice_on_patterns{
    "Rows of keys, dates and repeated or counted characters are tried first; take four words that "
    "have nothing to do with one another.",
    "Las filas de teclas, las fechas y los caracteres repetidos o seguidos se prueban primero; use "
    "cuatro palabras que no tengan nada que ver entre sí."};
constexpr Advice advice_on_words{
    "Well-known passwords and single words are tried first; take four words that have nothing to "
    "do with one another.",
    "Las contraseñas conocidas y las palabras sueltas se prueban primero; use cuatro palabras que "
    "no tengan nada que ver entre sí."};

bool is_control(UChar32 c) {
    constexpr std::uint32_t controls = U_GC_CC_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK;
    return (U_GET_GC_MASK(c) & controls) != 0;
}

bool has_control(std::string_view prepared) {
    if (is_ascii(prepared)) return std::any_of(prepared.begin(), prepared.end(), is_control);
    const auto unicode = from_utf8(prepared);
    for (std::int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1))
        if (is_control(unicode.char32At(i))) return true;
    return false;
}

bool has_few_characters(std::string_view prepared) {
    const auto unicode = from_utf8(prepared);
    std::unordered_set<UChar32> different;
    for (std::int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1))
        different.insert(unicode.char32At(i));
    return different.size() < fewest_different_characters;
}

std::string without_separators(std::string_view text) {
    std::string joined;
    std::copy_if(text.begin(), text.end(), std::back_inserter(joined), [](char c) {
        return std::string_view{" .,-_/'&"}.find(c) == std::string_view::npos;
    });
    return joined;
}

// The words that the facts are made of, in the lower case that the estimator compares with.
std::vector<std::string> known_words(const PasswordBounds& bounds) {
    std::vector<std::string> words;
    for (const auto& fact : bounds.words) {
        const auto folded = fold_for_search(fact);
        std::size_t begin = 0;
        while (begin < folded.size()) {
            const auto end = std::min(folded.find_first_of(" .,-_/'&@+", begin), folded.size());
            if (end - begin >= shortest_known_word)
                words.push_back(folded.substr(begin, end - begin));
            begin = end + 1;
        }
        const auto joined = without_separators(folded);
        if (joined.size() >= shortest_known_word) words.push_back(joined);
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    words.resize(std::min(words.size(), most_known_words));
    return words;
}

struct Estimate {
    double bits = 0;
    bool uses_known_word = false;
    bool uses_pattern = false;
    bool is_one_word = false;  // A single entry of the estimator's lists, perhaps disguised.
};

Estimate estimate(std::string text, const std::vector<std::string>& words) {
    text.resize(std::min(text.size(), most_bytes_estimated));
    std::vector<const char*> dictionary;
    for (const auto& word : words) dictionary.push_back(word.c_str());
    dictionary.push_back(nullptr);

    ZxcMatch_t* parts = nullptr;
    Estimate found{.bits = ZxcvbnMatch(text.c_str(), dictionary.data(), &parts)};
    const std::unique_ptr<ZxcMatch_t, decltype(&ZxcvbnFreeInfo)> owner{parts, &ZxcvbnFreeInfo};
    for (const auto* part = parts; part != nullptr; part = part->Next) {
        const int kind = part->Type & ~MULTIPLE_MATCH;
        found.is_one_word |= (kind == DICTIONARY_MATCH || kind == DICT_LEET_MATCH) &&
                             static_cast<std::size_t>(part->Length) == text.size();
        found.uses_known_word |= kind == USER_MATCH || kind == USER_LEET_MATCH;
        // A few digits at the end are not what makes a password weak; half of it is.
        found.uses_pattern |= kind >= REPEATS_MATCH && kind <= YEAR_MATCH &&
                              static_cast<std::size_t>(part->Length) * 2 >= text.size();
    }
    return found;
}

// What a guesser tries first, beyond what the estimator sees.
struct Readings {
    Estimate weakest{};
    bool is_well_known = false;  // Apart from digits and signs behind it.
    bool is_all_known_words = false;
    bool is_all_rows = false;
};

// The weakest reading counts: as typed, without the spaces between words, without accents, and only
// once if it is the same thing several times over.
Readings read(const std::string& prepared, const std::vector<std::string>& words) {
    const auto folded = fold_for_search(prepared);
    const auto joined = without_separators(folded);
    const std::string once{without_repetition(joined)};
    Readings found;
    found.is_all_known_words = is_made_of(folded, words) || is_made_of(joined, words);
    found.is_all_rows = is_all_rows(joined);
    found.weakest = estimate(once, words);
    if (once != prepared) {
        const auto as_typed = estimate(prepared, words);
        if (as_typed.bits < found.weakest.bits) found.weakest = as_typed;
    }
    const auto bare = estimate(std::string{without_repetition(without_tail(once))}, words);
    found.is_well_known = bare.is_one_word && bare.bits < well_known_bits;
    return found;
}

Refused guessable(const Advice& advice) {
    Refused refused{Refusal::PasswordGuessable};
    refused.advice = advice.english;
    refused.advice_es = advice.spanish;
    return refused;
}

Refused too_short(int fewest) {
    Refused refused{Refusal::PasswordTooShort};
    refused.least = fewest;
    return refused;
}
}  // namespace

int fewest_password_characters(Profile profile) {
    return profile == Profile::Strict ? fewest_characters_strict : fewest_characters;
}

std::string prepare_password(std::string_view password) {
    if (is_ascii(password) || !is_valid_utf8(password)) return std::string{password};
    const auto typed = from_utf8(password);
    UnicodeText spaced{typed.length()};
    for (std::int32_t i = 0; i < typed.length(); i = typed.moveIndex32(i, 1)) {
        const UChar32 c = typed.char32At(i);
        spaced.append(u_charType(c) == U_SPACE_SEPARATOR ? UChar32{' '} : c);
    }
    return to_utf8(normalized(spaced, NormalForm::Composed));
}

std::optional<Refused> check_password(std::string_view password, const PasswordBounds& bounds) {
    if (password.size() > most_bytes) return Refusal::PasswordTooLong;
    if (!is_valid_utf8(password)) return Refusal::PasswordCharacters;
    const auto prepared = prepare_password(password);
    if (has_control(prepared)) return Refusal::PasswordCharacters;
    const auto characters = count_code_points(prepared);
    if (characters < static_cast<std::size_t>(bounds.fewest_characters))
        return too_short(bounds.fewest_characters);
    if (characters > most_password_characters) return Refusal::PasswordTooLong;
    if (has_few_characters(prepared)) return guessable(advice_on_patterns);
    const auto found = read(prepared, known_words(bounds));
    if (found.is_all_known_words) return guessable(advice_on_names);
    if (found.is_all_rows) return guessable(advice_on_patterns);
    if (found.is_well_known) return guessable(advice_on_words);
    if (found.weakest.bits >= enough_bits) return {};
    if (found.weakest.uses_known_word) return guessable(advice_on_names);
    return guessable(found.weakest.uses_pattern ? advice_on_patterns : advice_on_words);
}
}  // namespace ppo

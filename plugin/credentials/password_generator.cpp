// SPDX-License-Identifier: Apache-2.0
#include "credentials/password_generator.hpp"

#include "domain/password_rule.hpp"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace ppo {
namespace {
// Syllables that sound one way only to speakers of English and of Spanish: no b beside v, no c, h,
// j or z. 11 x 5 of them are 5.78 bits each: nine syllables and three digits make 62 bits.
constexpr std::string_view consonants = "bdfklmnprst";
constexpr std::string_view vowels = "aeiou";
constexpr int words = 3;
constexpr int syllables_per_word = 3;
constexpr int digits = 3;

// One of each group that a hand or a printer makes alike (0 o, 1 l i, 2 z, 5 s, 6 b, 9 g q, u v),
// and capitals only of another shape than their small letter: 31 characters are 4.95 bits each, and
// sixteen of them 79.
constexpr std::string_view distinct = "abcdefghjkmnprtvwxy3478AEHLMNRT";
constexpr int groups = 4;
constexpr int characters_per_group = 4;

// What nobody at the desk wants to say aloud to a patient, in either language. Leaving these out
// costs a tenth of a bit.
constexpr std::string_view unwelcome[] = {
    "anal", "bobo", "boba", "dolor", "fuk",  "kaka", "kok",  "kulo", "pedo", "pene",
    "pipi", "pis",  "popo", "puta",  "puto", "rape", "sida", "teta", "tit",  "tumor",
};

char pick(std::string_view letters) {
    return letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
}

std::string made_up_word() {
    std::string word;
    for (int i = 0; i < syllables_per_word; ++i) {
        word += pick(consonants);
        word += pick(vowels);
    }
    return word;
}

void start_libsodium() {
    if (sodium_init() < 0) throw std::runtime_error{"libsodium did not start"};
}

bool is_welcome(std::string_view word) {
    return std::none_of(std::begin(unwelcome), std::end(unwelcome), [word](std::string_view bad) {
        return word.find(bad) != std::string_view::npos;
    });
}

std::string made_up_words() {
    std::string password;
    for (int i = 0; i < words; ++i) {
        auto word = made_up_word();
        while (!is_welcome(word)) word = made_up_word();
        password += word + '-';
    }
    for (int i = 0; i < digits; ++i) password += pick("0123456789");
    return password;
}

std::string random_characters() {
    std::string password;
    for (int group = 0; group < groups; ++group) {
        if (group > 0) password += '-';
        for (int i = 0; i < characters_per_group; ++i) password += pick(distinct);
    }
    return password;
}

/// The first one that every profile's rule takes; one in 60,000 looks like rows of keys.
std::string first_accepted(std::string (*make)()) {
    start_libsodium();
    const PasswordBounds bounds{{}, fewest_password_characters(Profile::Strict)};
    auto password = make();
    while (check_password(password, bounds)) password = make();
    return password;
}
}  // namespace

std::string generate_password() { return first_accepted(&made_up_words); }

std::string generate_random_password() { return first_accepted(&random_characters); }
}  // namespace ppo

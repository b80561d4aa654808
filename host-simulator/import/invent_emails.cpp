// SPDX-License-Identifier: Apache-2.0
#include "import/import.hpp"

#include <Poco/String.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <memory>
#include <set>
#include <stdexcept>

namespace ppo_sim {
namespace {
std::unique_ptr<icu::Transliterator> make_folding() {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> folding{icu::Transliterator::createInstance(
        "Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status)};
    if (U_FAILURE(status) != 0) throw std::runtime_error{"cannot fold names to ASCII"};
    return folding;
}

/// A name as one word of an address: lower-case ASCII letters, digits and hyphens.
std::string fold(const icu::Transliterator& folding, const std::string& name) {
    icu::UnicodeString text = icu::UnicodeString::fromUTF8(name);
    folding.transliterate(text);
    std::string folded;
    text.toUTF8String(folded);
    std::string word;
    for (const char c : folded) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (letter) word += c;
        if ((c == '-' || c == ' ') && !word.empty() && word.back() != '-') word += '-';
    }
    while (!word.empty() && word.back() == '-') word.pop_back();
    return word;
}

// RFC 5321 allows 64 bytes before the "@"; some are kept for the number.
constexpr std::size_t longest_word = 28;

std::string local_part(const icu::Transliterator& folding, const Patient& patient) {
    const std::string first = fold(folding, patient.first).substr(0, longest_word);
    const std::string last = fold(folding, patient.last).substr(0, longest_word);
    if (first.empty() && last.empty()) return "patient";
    return first.empty() || last.empty() ? first + last : first + "." + last;
}
}  // namespace

void invent_emails(std::vector<Patient>& patients, const std::string& domain,
                   const std::vector<std::string>& taken) {
    const auto folding = make_folding();
    std::set<std::string> used;
    for (const auto& address : taken) used.insert(Poco::toLower(address));
    for (const auto& patient : patients) used.insert(Poco::toLower(patient.email));
    for (auto& patient : patients) {
        if (!patient.email.empty()) continue;
        const std::string name = local_part(*folding, patient);
        std::string address = name + "@" + domain;
        for (int number = 2; !used.insert(Poco::toLower(address)).second; ++number)
            address = name + std::to_string(number) + "@" + domain;
        patient.email = address;
    }
}
}  // namespace ppo_sim

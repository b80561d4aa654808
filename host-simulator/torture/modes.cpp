// SPDX-License-Identifier: Apache-2.0
#include "torture/modes.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <stdexcept>

namespace ppo_torture {
namespace {
constexpr const char* by_name = "torture:";

/// The longest that one call may be held up: a host must notice that it is slow, not that it hangs.
constexpr std::uint32_t most_slow_ms = 5000;

std::string trimmed(const std::string& text) {
    const auto is_blank = [](unsigned char c) { return std::isspace(c) != 0; };
    const auto first = std::find_if_not(text.begin(), text.end(), is_blank);
    const auto last = std::find_if_not(text.rbegin(), text.rend(), is_blank).base();
    return first < last ? std::string{first, last} : std::string{};
}

std::uint64_t number_of(const std::string& word, const std::string& value) {
    std::size_t read = 0;
    try {
        const auto number = std::stoull(value, &read);
        if (read == value.size()) return number;
    } catch (const std::logic_error&) {
        // Said below, with the word.
    }
    throw std::invalid_argument{word + " wants a number, not \"" + value + "\""};
}

std::string known_words() {
    std::string all;
    for (const auto& [word, mode] : mode_words()) all += std::string{word} + ", ";
    return all +
           "slow=MS, create-refused=N, create-stop=N, without=INTERFACE, answer=RESULT, "
           "at=TABLE.SLOT, seed=N";
}
}  // namespace

const std::vector<std::pair<const char*, Mode>>& mode_words() {
    static const std::vector<std::pair<const char*, Mode>> words{
        {"plain", Mode::Plain},         {"tails", Mode::Tails},
        {"unknown", Mode::Unknown},     {"long", Mode::Long},
        {"empty", Mode::Empty},         {"unicode", Mode::Unicode},
        {"markup", Mode::Markup},       {"errors", Mode::Errors},
        {"pieces", Mode::Pieces},       {"extremes", Mode::Extremes},
        {"no-rows", Mode::NoRows},      {"stopped", Mode::Stopped},
        {"callbacks", Mode::Callbacks}, {"restless", Mode::Restless},
        {"effects", Mode::Effects},     {"closing", Mode::Closing},
        {"more", Mode::More},           {"strangers", Mode::Strangers},
    };
    return words;
}

void Modes::take(const std::string& word) {
    for (const auto& [known, mode] : mode_words()) {
        if (word != known) continue;
        always_.insert(mode);
        return;
    }
    const auto equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : word.substr(equals + 1);
    if (name == "slow") {
        slow_ms = static_cast<std::uint32_t>(
            std::min<std::uint64_t>(number_of(name, value), most_slow_ms));
    } else if (name == "create-refused") {
        create_refused = static_cast<std::uint32_t>(number_of(name, value));
    } else if (name == "create-stop") {
        create_stop = number_of(name, value);
    } else if (name == "without") {
        without.insert(value);
    } else if (name == "answer") {
        const bool negative = !value.empty() && value[0] == '-';
        const auto size = number_of(name, negative ? value.substr(1) : value);
        answer = static_cast<ppo_result>(negative ? -static_cast<std::int64_t>(size)
                                                  : static_cast<std::int64_t>(size));
    } else if (name == "at") {
        at = value;
    } else if (name == "seed") {
        seed = number_of(name, value);
    } else {
        throw std::invalid_argument{"\"" + word + "\" is no mode; there are: " + known_words()};
    }
}

Modes Modes::parse(const std::string& words) {
    Modes modes;
    std::size_t begin = 0;
    while (begin <= words.size()) {
        const auto end = std::min(words.find(',', begin), words.size());
        const std::string word = trimmed(words.substr(begin, end - begin));
        if (!word.empty() && word != "all") modes.take(word);
        begin = end + 1;
    }
    return modes;
}

std::string Modes::told_by_environment() {
    const char* told = std::getenv("PPO_TORTURE");
    return told == nullptr ? std::string{} : std::string{told};
}

Modes Modes::of_practice(const std::string& practice_name) {
    const std::string told = told_by_environment();
    if (!told.empty()) return parse(told);
    const bool named = practice_name.rfind(by_name, 0) == 0;
    return parse(named ? practice_name.substr(std::string{by_name}.size()) : std::string{});
}

bool Modes::has(Mode mode, std::uint64_t turn) const {
    if (!always_.empty()) return always_.count(mode) == 1;
    return mode_words()[turn % mode_words().size()].second == mode;
}
}  // namespace ppo_torture

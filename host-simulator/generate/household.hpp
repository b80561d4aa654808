// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "generate/dice.hpp"
#include "generate/word_lists.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace ppo_sim {
/// What the streams of dice are about, so that none depends on how far another was used.
enum class Subject : std::uint64_t { Households, Household, Person, Chart, Provider };

inline Dice dice_for(std::uint64_t seed, Subject subject, std::uint64_t number) {
    return {seed, static_cast<std::uint64_t>(subject), number};
}

/// Patients who live together; their places follow each other.
struct Household {
    std::uint64_t first = 0;
    std::uint64_t size = 1;
};

/// The household of the patient at this place. Households do not reach across blocks of 64, so
/// that none has to be known for another.
[[nodiscard]] Household household_of(std::uint64_t seed, std::uint64_t place);

/// What the members of a household have in common.
struct Home {
    const Origin* origin = nullptr;
    std::string last{};
    std::string phone{};
    std::string zip{};
    bool one_address = false;  // Of the grown-ups; children always have a parent's.
    bool only_child = false;   // The parents are patients somewhere else.
};
[[nodiscard]] Home home_of(std::uint64_t seed, const Household& household);

struct Person {
    std::string first{};
    std::string last{};
    std::string sex{};
    std::string born{};  // YYYY-MM-DD, known or not.
    int age = 0;
    bool is_child = false;
};

/// A member of the household. Nobody who is a child here is older than the first member's children
/// could be; some are twins.
[[nodiscard]] Person person_at(std::uint64_t seed, const Household& household, const Home& home,
                               std::uint64_t place, std::chrono::sys_days today);

/// "2019-05-07"
[[nodiscard]] std::string iso_date(std::chrono::sys_days day);
}  // namespace ppo_sim

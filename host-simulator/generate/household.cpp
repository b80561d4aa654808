// SPDX-License-Identifier: Apache-2.0
#include "generate/household.hpp"

#include <algorithm>
#include <array>

namespace ppo_sim {
namespace {
constexpr std::uint64_t block = 64;

std::uint64_t size_of_household(Dice& dice) {
    const auto drawn = dice.below(100);
    if (drawn < 45) return 1;
    if (drawn < 72) return 2;
    if (drawn < 84) return 3;
    if (drawn < 94) return 4;
    return drawn < 98 ? 5 : 6;
}

const Origin& draw_origin(Dice& dice) {
    auto drawn = dice.below(1000);
    for (const auto& origin : origins()) {
        if (drawn < origin.weight) return origin;
        drawn -= origin.weight;
    }
    return origins().front();
}

std::string last_name(Dice& dice, const Origin& origin) {
    const bool is_english = &origin == &origins().front();
    // Every second English name is one that few people have.
    if (is_english && dice.below(2) == 0)
        return std::string{dice.one_of(surname_beginnings())}.append(
            dice.one_of(surname_endings()));
    std::string name{dice.skewed_of(origin.last)};
    const bool has_two = origin.language == "es" ? dice.below(100) < 35 : dice.below(100) < 3;
    if (has_two)
        name.append(origin.language == "es" ? " " : "-").append(dice.skewed_of(origin.last));
    return name;
}

std::string digits(std::uint64_t number, std::size_t width) {
    std::string text(width, '0');
    for (std::size_t i = width; i-- > 0; number /= 10)
        text[i] = static_cast<char>('0' + number % 10);
    return text;
}

constexpr std::array<std::uint64_t, 16> areas{617, 212, 305, 415, 512, 713, 312, 206,
                                              303, 602, 404, 503, 919, 614, 702, 808};
constexpr std::array<std::uint64_t, 16> zip_regions{21,  100, 331, 941, 787, 770, 606, 981,
                                                    802, 850, 303, 972, 276, 432, 891, 968};

std::string zip_code(Dice& dice, std::uint64_t region) {
    const auto drawn = dice.below(1000);
    if (drawn < 4) return "00000";
    if (drawn < 8) return "K1A 0B1";
    if (drawn < 11) return "SW1A 1AA";
    const auto zip = digits(zip_regions[static_cast<std::size_t>(region)], 3) +
                     digits(dice.skewed(100), 2);
    return drawn < 50 ? zip + "-" + digits(dice.below(10'000), 4) : zip;
}

/// As many old people as there are, and a few who are very old.
int grown_up_age(Dice& dice, bool has_children) {
    if (has_children) return 24 + static_cast<int>(dice.below(32));
    const auto drawn = dice.below(100);
    if (drawn < 70) return 18 + static_cast<int>(dice.below(48));
    return drawn < 94 ? 66 + static_cast<int>(dice.below(20))
                      : 86 + static_cast<int>(dice.below(18));
}

std::chrono::sys_days birthday(Dice& dice, int age, std::chrono::sys_days today) {
    const int days = age * 365 + age / 4 + 1 + static_cast<int>(dice.below(364));
    return today - std::chrono::days{days};
}

std::string first_name(Dice& dice, const Origin& origin, bool is_woman) {
    const Origin& taken = dice.below(100) < 65 ? origin : origins().front();
    std::string name{dice.skewed_of(is_woman ? taken.female : taken.male)};
    if (dice.below(100) < 6)
        name.append(" ").append(1, static_cast<char>('A' + dice.below(26))).append(".");
    return name;
}

void shout(std::string& name) {
    name = without_accents(name);
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
}

/// Names as they come to be written: with all accents, without, in capitals, too long, only one.
void write_as_typed(Dice& dice, Person& person) {
    const auto drawn = dice.below(1000);
    if (drawn < 4) {
        person.first.clear();
        person.last = dice.one_of(single_names());
    } else if (drawn < 6) {
        person.first = dice.one_of(long_first_names());
    } else if (drawn < 8) {
        person.last = dice.one_of(long_last_names());
    } else if (drawn < 18) {
        shout(person.first);
        shout(person.last);
    } else if (drawn < 270) {
        person.first = without_accents(person.first);
        person.last = without_accents(person.last);
    }
}
}  // namespace

std::string iso_date(std::chrono::sys_days day) {
    const std::chrono::year_month_day date{day};
    return digits(static_cast<std::uint64_t>(static_cast<int>(date.year())), 4) + "-" +
           digits(static_cast<unsigned>(date.month()), 2) + "-" +
           digits(static_cast<unsigned>(date.day()), 2);
}

Household household_of(std::uint64_t seed, std::uint64_t place) {
    const auto number = place / block;
    const auto end = (number + 1) * block;
    auto dice = dice_for(seed, Subject::Households, number);
    Household household{number * block, 0};
    for (;;) {
        household.size = std::min(size_of_household(dice), end - household.first);
        if (place < household.first + household.size) return household;
        household.first += household.size;
    }
}

Home home_of(std::uint64_t seed, const Household& household) {
    auto dice = dice_for(seed, Subject::Household, household.first);
    Home home;
    home.origin = &draw_origin(dice);
    home.last = last_name(dice, *home.origin);
    const auto region = dice.skewed(areas.size());
    home.phone = "(" + digits(areas[static_cast<std::size_t>(region)], 3) + ") 555-01" +
                 digits(dice.below(100), 2);
    home.zip = zip_code(dice, region);
    home.one_address = dice.below(100) < 30;
    home.only_child = household.size == 1 && dice.below(100) < 14;
    return home;
}

Person person_at(std::uint64_t seed, const Household& household, const Home& home,
                 std::uint64_t place, std::chrono::sys_days today) {
    const auto member = place - household.first;
    auto common = dice_for(seed, Subject::Person, household.first);
    const int eldest = grown_up_age(common, household.size > 2);
    const bool has_partner = household.size > 1 && common.below(100) < 75;
    const bool has_twins = common.below(100) < 6;  // Of the households with two children.
    auto dice = dice_for(seed, Subject::Person, place + (1ULL << 40));

    Person person;
    const bool is_woman = dice.below(100) < 53;
    person.sex = dice.below(1000) < 5 ? "X" : is_woman ? "F" : "M";
    person.is_child = home.only_child || (member > 0 && !(has_partner && member == 1));
    if (person.is_child) {
        // The last two of a household with twins were born on one day.
        const bool is_twin = has_twins && member > 2 && member + 2 >= household.size;
        auto years = dice_for(seed, Subject::Person,
                              (is_twin ? household.first + 2 : place) + (1ULL << 41));
        const int most = std::clamp(eldest - 20, 1, 22);
        person.age = static_cast<int>(
            years.below(static_cast<std::uint64_t>(home.only_child ? 18 : most)));
        person.born = iso_date(birthday(years, person.age, today));
    } else {
        person.age = member == 0
                         ? eldest
                         : std::clamp(eldest - 6 + static_cast<int>(dice.below(12)), 18, 103);
        person.born = iso_date(birthday(dice, person.age, today));
    }
    person.first = first_name(dice, *home.origin, is_woman);
    person.last = home.last;
    // Some keep the name that they had.
    if (member == 1 && !person.is_child && dice.below(100) < 25)
        person.last = last_name(dice, draw_origin(dice));
    write_as_typed(dice, person);
    return person;
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "generate/people.hpp"

#include "generate/household.hpp"

#include <algorithm>
#include <array>

namespace ppo_sim {
namespace {
constexpr std::uint64_t patients_a_provider = 2000;
constexpr std::uint64_t fewest_providers = 3;
constexpr std::size_t shortest_number = 8;
constexpr ppo_time a_day = 86'400'000;
constexpr ppo_time a_quarter = 900'000;

std::string number_text(std::uint64_t number) {
    std::string text = std::to_string(number);
    return text.size() < shortest_number ? std::string(shortest_number - text.size(), '0') + text
                                         : text;
}

/// At or before a place in the row of patients, so that who comes later changes nobody's provider;
/// the first ones have the most patients.
std::string provider_name(std::uint64_t seed, std::uint64_t number) {
    auto dice = dice_for(seed, Subject::Provider, number);
    const auto& origin = origins()[static_cast<std::size_t>(dice.below(6))];
    const auto first = dice.skewed_of(dice.below(2) == 0 ? origin.female : origin.male);
    const auto last = dice.one_of(origin.last);
    std::string name = std::string{first}.append(" ").append(last);
    return dice.below(100) < 75 ? "Dr. " + name : name + (dice.below(2) == 0 ? ", NP" : ", PA");
}

constexpr std::array<std::string_view, 6> mail_domains{"example.org", "example.com", "mail.test",
                                                       "example.net", "post.test",   "inbox.test"};

/// As people choose them: a name in some form, and a number so that it is theirs.
std::string address_of(Dice& dice, const Person& person) {
    const std::string first = plain_letters(person.first).substr(0, 24);
    const std::string last = plain_letters(person.last).substr(0, 24);
    std::string local;
    switch (dice.below(4)) {
    case 0: local = first + (first.empty() || last.empty() ? "" : ".") + last; break;
    case 1: local = first.substr(0, 1) + last; break;
    case 2: local = last + (first.empty() || last.empty() ? "" : "_") + first.substr(0, 1); break;
    default: local = first + last.substr(0, 1); break;
    }
    if (local.empty()) local = "patient";
    local += dice.below(100) < 20 ? person.born.substr(0, 4) + std::to_string(dice.below(100))
                                  : std::to_string(dice.below(100'000));
    if (dice.below(100) < 3) local[0] = static_cast<char>(local[0] - 'a' + 'A');
    return local.append("@").append(dice.skewed_of(mail_domains));
}

/// What stands in the field though no mail can be sent there.
std::string broken_address(Dice& dice, std::string address) {
    switch (dice.below(6)) {
    case 0: return "none";
    case 1: return "n/a";
    case 2: return address.substr(0, address.find('@') + 1);
    case 3: return address.replace(address.find('@'), 1, " ");
    case 4: return address.replace(address.find('@'), 1, "@@");
    default: return address.substr(address.find('@'));
    }
}

std::string own_address(std::uint64_t seed, const Person& person, std::uint64_t place) {
    auto dice = dice_for(seed, Subject::Chart, place + (1ULL << 40));
    if (dice.below(100) >= (person.age > 75 ? 62U : 90U)) return {};
    auto address = address_of(dice, person);
    return dice.in_thousand(15) ? broken_address(dice, std::move(address)) : address;
}

/// Days from the day on, more often soon than late.
ppo_time appointment(Dice& dice, ppo_time today, std::uint64_t most_days, bool ahead) {
    const auto days = static_cast<ppo_time>(1 + dice.skewed(most_days));
    ppo_time day = today / a_day + (ahead ? days : -days);
    const ppo_time weekday = (day + 4) % 7;  // 0 = Sunday.
    if (weekday == 0) day += ahead ? 1 : -2;
    if (weekday == 6) day += ahead ? 2 : -1;
    const auto quarter = static_cast<ppo_time>(52 + dice.below(36));  // 13:00 to 21:45, UTC.
    return day * a_day + quarter * a_quarter;
}

void draw_status(Dice& dice, Patient& patient, int age) {
    const auto drawn = dice.below(1000);
    const std::uint64_t deceased = age < 50 ? 3 : age < 75 ? 20 : 95;
    patient.chart_status = drawn < deceased         ? PPO_CHART_DECEASED
                           : drawn < deceased + 65  ? PPO_CHART_INACTIVE
                           : drawn < deceased + 115 ? PPO_CHART_PROSPECTIVE
                                                    : PPO_CHART_ACTIVE;
}

void draw_appointments(Dice& dice, Patient& patient, ppo_time today) {
    const bool was_here = patient.chart_status != PPO_CHART_PROSPECTIVE && dice.below(100) < 88;
    if (was_here)
        patient.last_appointment = appointment(
            dice, today, patient.chart_status == PPO_CHART_ACTIVE ? 1100 : 3600, false);
    const bool may_come = patient.chart_status == PPO_CHART_ACTIVE ||
                          patient.chart_status == PPO_CHART_PROSPECTIVE;
    if (may_come && dice.below(100) < 38)
        patient.next_appointment = appointment(dice, today, 360, true);
}

void draw_tags(Dice& dice, Patient& patient, int age) {
    if (age < 18 && dice.below(100) < 60) patient.tags.emplace_back("pediatrics");
    if (age > 74 && dice.below(100) < 40) patient.tags.emplace_back("geriatrics");
    if (patient.chart_status == PPO_CHART_PROSPECTIVE) patient.tags.emplace_back("new patient");
    for (auto more = dice.skewed(6); more > 0; --more) {
        const std::string tag{dice.skewed_of(tag_words())};
        if (std::find(patient.tags.begin(), patient.tags.end(), tag) == patient.tags.end())
            patient.tags.push_back(tag);
    }
}

std::string draw_language(Dice& dice, const Origin& origin) {
    const auto drawn = dice.below(1000);
    if (drawn < 20) return {};
    if (drawn < 35) return std::string{dice.skewed_of(rare_languages())};
    const bool keeps_its_own = drawn < (origin.language == "es" ? 640U : 500U);
    return keeps_its_own ? std::string{origin.language} : "en";
}
}  // namespace

std::string People::id_at(std::uint64_t place) { return "P" + number_text(place + 1); }

std::uint64_t People::place_of(std::string_view id) {
    std::uint64_t number = 0;
    for (const char c : id.substr(std::min<std::size_t>(1, id.size()))) {
        if (c < '0' || c > '9') return UINT64_MAX;
        number = number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return number - 1;
}

Patient People::at(std::uint64_t place) const {
    const auto seed = options_.seed;
    const auto household = household_of(seed, place);
    const auto home = home_of(seed, household);
    const auto person = person_at(seed, household, home, place, options_.today);
    auto dice = dice_for(seed, Subject::Chart, place);

    Patient patient;
    patient.id = id_at(place);
    patient.first = person.first;
    patient.last = person.last;
    patient.sex = person.sex;
    if (!dice.in_thousand(12)) patient.birth_date = person.born;
    draw_status(dice, patient, person.age);
    const bool has_first_members = place != household.first &&
                                   (person.is_child || home.one_address);
    patient.email = has_first_members ? own_address(seed,
                                                    person_at(seed, household, home,
                                                              household.first, options_.today),
                                                    household.first)
                                      : own_address(seed, person, place);
    patient.phone = dice.below(100) < 96 ? home.phone : std::string{};
    patient.postal_code = dice.in_thousand(18) ? std::string{} : home.zip;
    patient.language = draw_language(dice, *home.origin);
    if (!dice.in_thousand(30))
        patient.provider = provider_name(
            seed, dice.below(place / patients_a_provider + fewest_providers));
    const ppo_time today = std::chrono::sys_days{options_.today}.time_since_epoch().count() * a_day;
    draw_appointments(dice, patient, today);
    draw_tags(dice, patient, person.age);
    patient.opted_out = dice.in_thousand(15);
    patient.access_granted = dice.below(100) < options_.access_granted;
    return patient;
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/patient_directory.hpp"

#include <chrono>
#include <cstdint>

namespace ppo_sim {
struct PeopleOptions {
    std::uint64_t count = 0;
    std::uint64_t seed = 1;
    std::chrono::sys_days today{};     // Ages and appointments are as of this day.
    std::uint64_t access_granted = 0;  // Percent of charts that were added with access.
};

/// A practice of made-up patients: families with one e-mail address and phone, twins, names from
/// everywhere, and charts with holes as real ones have. The same options give the same patients on
/// every machine, and a larger practice begins with the patients of a smaller one. Holds nothing:
/// any patient is made when it is asked for. Addresses and phones cannot be anybody's.
class People {
public:
    explicit People(const PeopleOptions& options) : options_{options} {}

    [[nodiscard]] std::uint64_t count() const { return options_.count; }

    /// The patient at this place, from 0.
    [[nodiscard]] Patient at(std::uint64_t place) const;

    /// The id of the patient at this place, and the way back.
    [[nodiscard]] static std::string id_at(std::uint64_t place);
    [[nodiscard]] static std::uint64_t place_of(std::string_view id);

private:
    PeopleOptions options_;
};
}  // namespace ppo_sim

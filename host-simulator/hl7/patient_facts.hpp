// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hl7/message.hpp"
#include "host/patient_directory.hpp"

#include <optional>
#include <string>

namespace ppo_sim {
/// What a message says of one patient. A fact without value stays as it is on file; an empty one is
/// deleted.
struct Hl7Facts {
    std::string id{};
    std::optional<std::string> first{};
    std::optional<std::string> last{};
    std::optional<std::string> birth_date{};
    std::optional<std::string> email{};
    std::optional<std::string> phone{};
    std::optional<std::string> postal_code{};
    std::optional<std::string> language{};
    std::optional<std::string> provider{};
    std::optional<std::string> attending{};  // Stands in for a provider where there is none.
    std::optional<bool> deceased{};
    std::optional<Hl7Problem> problem{};
};

/// The identifier in a PID-3 or MRG-1: the medical record number if one of them is, else the first.
[[nodiscard]] std::string hl7_patient_id(const Hl7Message& message, const Hl7Segment* segment,
                                         std::size_t field);

/// Reads PID, PD1 and PV1. docs/records.md says which field becomes which fact.
[[nodiscard]] Hl7Facts read_hl7_facts(const Hl7Message& message);

/// Puts the facts on a chart; the problem if the chart could not be used then.
[[nodiscard]] std::optional<Hl7Problem> put_on_chart(const Hl7Facts& facts, Patient& patient);
}  // namespace ppo_sim

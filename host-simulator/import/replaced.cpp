// SPDX-License-Identifier: Apache-2.0
#include "import/import.hpp"

#include <iterator>
#include <optional>
#include <set>

namespace ppo_sim {
namespace {
/// The end of a row of replacements within the file, empty if it leads to nobody; nothing if it
/// goes round in a circle.
std::optional<std::string> end_of_row(const std::map<std::string, std::string>& into,
                                      std::string id) {
    std::set<std::string> seen;
    for (auto next = into.find(id); next != into.end(); next = into.find(id)) {
        if (!seen.insert(id).second) return std::nullopt;
        id = next->second;
    }
    return id;
}

/// An older list still has charts that became a part of others here: they stay gone.
std::vector<Replaced> take_merged_away(Import& import, const PatientDirectory& directory) {
    std::vector<Replaced> gone;
    std::vector<Patient> rest;
    for (auto& patient : import.patients) {
        const auto into = directory.merged_into(patient.id);
        if (into)
            gone.push_back({0, std::move(patient), *into});
        else
            rest.push_back(std::move(patient));
    }
    import.patients = std::move(rest);
    return gone;
}
}  // namespace

Settled settle_replaced(Import& import, const PatientDirectory& directory) {
    Settled settled{};
    auto gone = take_merged_away(import, directory);
    settled.passed_over = gone.size();
    std::map<std::string, std::string> into;
    for (const auto& replaced : import.replaced) into[replaced.patient.id] = replaced.into;
    std::set<std::string> read;
    for (const auto& patient : import.patients) read.insert(patient.id);

    std::vector<Replaced> kept;
    for (auto& replaced : import.replaced) {
        const std::string& id = replaced.patient.id;
        const auto end = end_of_row(into, id);
        const std::string survivor = !end || read.contains(*end) ? end.value_or(id)
                                                                 : directory.survivor_of(*end);
        if (survivor == id) {
            import.refused.push_back({replaced.line, "is replaced by itself, if by way of others"});
            continue;
        }
        if (!read.contains(survivor) && !directory.find(survivor)) {
            ++import.notes["is replaced by a patient who is not here, and was made inactive"];
            if (replaced.patient.chart_status != PPO_CHART_DECEASED)
                replaced.patient.chart_status = PPO_CHART_INACTIVE;
            import.patients.push_back(std::move(replaced.patient));
            continue;
        }
        if (directory.find(id))
            settled.merges.emplace_back(id, survivor);
        else
            ++settled.passed_over;
        kept.push_back(std::move(replaced));
    }
    import.replaced = std::move(kept);
    std::move(gone.begin(), gone.end(), std::back_inserter(import.replaced));
    return settled;
}
}  // namespace ppo_sim

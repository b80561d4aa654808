// SPDX-License-Identifier: Apache-2.0
#include "host/directory_events.hpp"

#include "host/console.hpp"
#include "host/instance.hpp"

namespace ppo_sim {
namespace {
/// The plugin may know one of the two, or neither: a chart that nobody told it of.
Answer tell_of_merge(Instance& instance, const PatientDirectory& directory,
                     const std::string& losing_id, const std::string& surviving_id) {
    if (const auto surviving = directory.find(surviving_id)) {
        const Answer answer = instance.patient_changed(*surviving);
        if (!answer.good()) return answer;
    }
    return instance.patient_merged(losing_id, surviving_id);
}
}  // namespace

Answer tell_plugin(Instance& instance, const PatientDirectory& directory,
                   const DirectoryEvent& event) {
    switch (event.kind) {
    case DirectoryEvent::Kind::Changed:
        if (const auto patient = directory.find(event.patient_id))
            return instance.patient_changed(*patient);
        break;
    case DirectoryEvent::Kind::Removed: return instance.patient_removed(event.patient_id);
    case DirectoryEvent::Kind::Merged:
        return tell_of_merge(instance, directory, event.patient_id, event.surviving_id);
    }
    return {PPO_OK, "", "", "", 0};
}

void tell_of_merges(Instance& instance, const PatientDirectory& directory) {
    for (const auto& [losing_id, surviving_id] : directory.merges()) {
        AccountView losing{};
        if (instance.get_account(operator_at_console(), losing_id, losing).refused()) continue;
        Answer answer = tell_of_merge(instance, directory, losing_id, surviving_id);
        // The surviving chart may have become a part of another one since.
        if (answer.refused())
            answer = tell_of_merge(instance, directory, losing_id,
                                   directory.survivor_of(surviving_id));
        if (!answer.good() && !answer.refused()) need(answer);
    }
}
}  // namespace ppo_sim

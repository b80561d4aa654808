// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/answer.hpp"
#include "host/patient_directory.hpp"

namespace ppo_sim {
class Instance;

/// Tells the plugin what happened to the charts; its answer.
[[nodiscard]] Answer tell_plugin(Instance& instance, const PatientDirectory& directory,
                                 const DirectoryEvent& event);

/// Tells the plugin of the merges that the directory remembers, where the losing chart is one to it
/// still: they happened while it did not run. Do this before it reads the directory: of
/// a chart that is merely gone nobody takes the account over.
void tell_of_merges(Instance& instance, const PatientDirectory& directory);
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/plugin.hpp"
#include "host/settings_file.hpp"

namespace ppo_sim {
/// An EMR that begins without charts is right for a new practice only: throws std::runtime_error if
/// the folder has no file of charts, but its store knows patients of the practice. Settings that
/// cannot be are left to whoever starts the plugin for good.
void need_charts_of_known_patients(const Plugin& plugin, const Settings& base,
                                   const KeptChoices& kept);
}  // namespace ppo_sim

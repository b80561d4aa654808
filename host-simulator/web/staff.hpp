// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/plugin_values.hpp"

#include <string>
#include <vector>

namespace ppo_sim {
/// One of the pretend practice's staff, with what the EMR lets them do.
struct StaffMember {
    Staff staff{};
    std::string role{};
};

[[nodiscard]] const std::vector<StaffMember>& staff_members();
}  // namespace ppo_sim

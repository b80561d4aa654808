// SPDX-License-Identifier: Apache-2.0
#include "web/staff.hpp"

namespace ppo_sim {
const std::vector<StaffMember>& staff_members() {
    static const std::vector<StaffMember> members{
        {{"dana.diaz", "Dana Diaz",
          PPO_MAY_ONBOARD | PPO_MAY_SET_PASSWORD | PPO_MAY_CHANGE_SETTINGS, "front-desk-1"},
         "front desk"},
        {{"omar.reyes", "Omar Reyes", PPO_MAY_ONBOARD, "call-room-2"},
         "call room, sets no passwords"},
        {{"ruth.olsen", "Ruth Olsen",
          PPO_MAY_ONBOARD | PPO_MAY_SET_PASSWORD | PPO_MAY_READ_AUDIT | PPO_MAY_CHANGE_SETTINGS,
          "office-1"},
         "practice manager"},
        {{"theo.park", "Theo Park", 0, "lab-1"}, "laboratory, no portal work"},
    };
    return members;
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "practice.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace ppo_faults {
using Words = std::vector<std::string>;

struct Answer {
    ppo_result result = PPO_OK;
    std::string found{};
    ppo_error error = fresh_error();
};

using Commands = std::map<std::string, std::function<Answer(Practice&, const Words&)>>;

/// Every call of ppo_selfservice_1.
[[nodiscard]] Commands portal_commands();
}  // namespace ppo_faults

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/answer.hpp"
#include "host/plugin_values.hpp"

#include <string>
#include <vector>

namespace ppo_sim {
/// The steps on the way to the mail server as a list, each with whether it passed and what was
/// said. `answer` is what the call gave: its sentence stands there if nothing was tried.
[[nodiscard]] std::string mail_steps(const std::string& title, const Answer& answer,
                                     const std::vector<MailStep>& steps);
}  // namespace ppo_sim

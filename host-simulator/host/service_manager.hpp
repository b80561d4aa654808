// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace ppo_sim {
/// Tells systemd how far the service is, such as "READY=1" or "STOPPING=1"; does nothing if it did
/// not start us, or does not listen.
void tell_service_manager(std::string_view state);
}  // namespace ppo_sim

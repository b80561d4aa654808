// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/portal_status.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// One thing that stands between a patient and green, and the action of the tab that mends it.
struct Reason {
    std::string_view code{};
    std::string_view sentence{};
    std::string_view action{};  // "set_access", "send_invitation", "lift_delays", "set_consent";
                                // empty if the chart must.
};

/// Everything that stands between this patient and green, the first to mend first; empty when there
/// is nothing to do. Comes from the same facts as status and marks.
[[nodiscard]] std::vector<Reason> why_not_green(const AccountFacts& account, bool has_password,
                                                UnixTime now);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/patient.hpp"
#include "domain/portal_status.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ppo {
/// One patient's row: what the host owns, what the portal owns, and what follows from both.
struct Account {
    Patient patient{};
    AccountFacts facts{};
    bool in_directory = true;  // False once the host no longer has the chart.
    std::string username{};    // Empty = none on file.
    bool has_password = false;
    std::optional<UnixTime> last_invited_at{};
    std::optional<UnixTime> last_signed_in_at{};
    std::int64_t security_epoch = 0;
    PortalStatus status = PortalStatus::NotEnabled;
    Marks marks{};
};
}  // namespace ppo

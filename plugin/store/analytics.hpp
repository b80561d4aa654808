// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/report_query.hpp"

#include <functional>
#include <optional>
#include <string_view>

namespace ppo {
class Connection;

/// How far a patient has come, and when each step was first done; nothing = not done, or done
/// before it was noted.
struct Journey {
    std::string_view provider{};
    std::string_view tags{};  // As stored: ";a;b;", or empty.
    PortalStatus status = PortalStatus::NotEnabled;
    bool is_set_up = false;  // Username and password are on file.
    std::optional<UnixTime> enabled_at{};
    std::optional<UnixTime> invited_at{};
    std::optional<UnixTime> set_up_at{};
    std::optional<UnixTime> signed_in_at{};
};

/// Goes once through everybody whom the query's filters match, in no particular order and in
/// constant memory. What is taken is borrowed for the call.
void each_journey(Connection& connection, const ReportQuery& query, UnixTime now,
                  const std::function<void(const Journey&)>& take);
}  // namespace ppo

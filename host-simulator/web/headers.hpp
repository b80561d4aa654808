// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/http.hpp"

#include <string>
#include <utility>
#include <vector>

namespace ppo_sim {
/// What every answer tells the browser, whichever page it is; a header of the answer itself
/// replaces the one of the same name here.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> usual_headers(
    const Response& response);

// The prefix makes browsers insist on the flags below, so that no neighbour can plant such a
// cookie.
inline constexpr const char* portal_cookie = "__Host-ppo-portal";
inline constexpr const char* link_cookie = "__Host-ppo-link";  // Of a mailed link.
inline constexpr const char* staff_cookie = "__Host-ppo-staff";

/// Gives the browser a session: until it is closed, out of reach of script. Patients come from
/// their mail program, so theirs goes along with links from elsewhere; that of staff never does.
void set_session_cookie(Response& response, const std::string& name, const std::string& id);
}  // namespace ppo_sim

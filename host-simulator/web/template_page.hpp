// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/emr_pages.hpp"

#include <string>
#include <vector>

namespace ppo_sim {
/// /emr/templates: the texts of mails. What was typed stays, whatever the plugin says to it; only
/// saving and going back change what patients get. /emr/templates/preview is the HTML part of the
/// last preview of this member of staff, for a frame that can do nothing.
[[nodiscard]] Response template_page(const Desk& desk, const std::vector<std::string>& parts);
}  // namespace ppo_sim

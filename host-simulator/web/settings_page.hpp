// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/emr_pages.hpp"

namespace ppo_sim {
/// /emr/settings: what the practice chooses for the plugin. Saving lets the plugin run with it at
/// once; what the plugin refuses is told at its field, and nothing has changed.
[[nodiscard]] Response settings_page(const Desk& desk);

/// True if this member of staff may change settings and the texts of mails.
[[nodiscard]] bool may_change_settings(const Desk& desk);
}  // namespace ppo_sim

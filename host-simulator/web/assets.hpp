// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/http.hpp"

#include <string>
#include <string_view>

namespace ppo_sim {
/// Where a file of web/assets is served; the address changes with the content, so browsers may keep
/// it.
[[nodiscard]] std::string asset_address(std::string_view name);

/// The file behind such an address, or 404.
[[nodiscard]] Response serve_asset(const std::string& path);
}  // namespace ppo_sim

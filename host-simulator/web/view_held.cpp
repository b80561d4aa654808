// SPDX-License-Identifier: Apache-2.0
#include "web/view_held.hpp"

#include <algorithm>

namespace ppo_sim {
std::optional<HeldView> HeldViews::take(const std::string& key, const std::string& whose) {
    const auto found = std::find_if(views_.begin(), views_.end(), [&](const auto& each) {
        return each.first == key && each.second.whose == whose;
    });
    if (found == views_.end()) return std::nullopt;
    HeldView view = std::move(found->second);
    views_.erase(found);
    return view;
}

void HeldViews::keep(const std::string& key, HeldView view) {
    if (views_.size() == most) views_.erase(views_.begin());
    views_.emplace_back(key, std::move(view));
}
}  // namespace ppo_sim

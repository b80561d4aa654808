// SPDX-License-Identifier: Apache-2.0
#include "web/view_held.hpp"

#include <algorithm>

namespace ppo_sim {
std::optional<HeldView> HeldViews::take(const std::string& key, const std::string& whose) {
    const std::lock_guard guard{lock_};
    const auto found = std::find_if(views_.begin(), views_.end(), [&](const auto& each) {
        return each.first == key && each.second.whose == whose;
    });
    if (found == views_.end()) return std::nullopt;
    HeldView view = std::move(found->second);
    views_.erase(found);
    return view;
}

void HeldViews::keep(const std::string& key, HeldView view, const std::function<bool()>& still) {
    const std::lock_guard guard{lock_};
    // Asked under the lock that `close` needs: a view that is kept is closed by it, or not kept.
    if (still && !still()) return;
    if (views_.size() == most) views_.erase(views_.begin());
    views_.emplace_back(key, std::move(view));
}

void HeldViews::close() {
    const std::lock_guard guard{lock_};
    views_.clear();
}
}  // namespace ppo_sim

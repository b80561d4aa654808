// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/instance.hpp"
#include "web/http.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ppo_sim {
/// A view that is still open, and where it stands.
struct HeldView {
    std::string whose{};  // Staff, view and patient: nobody else goes on with it.
    View view{};
    Form at{};  // The address that it was brought to.
};

/// Views that stay open between two requests of one session, because they hold what stands neither
/// in the store nor in the address: the ticks of a list, a dialog, what was clicked. The oldest
/// make room.
class HeldViews {
public:
    /// Takes the view out; nothing if it is not there (any more) or somebody else's.
    [[nodiscard]] std::optional<HeldView> take(const std::string& key, const std::string& whose);
    void keep(const std::string& key, HeldView view);

private:
    static constexpr std::size_t most = 8;
    std::vector<std::pair<std::string, HeldView>> views_{};  // The newest last.
};
}  // namespace ppo_sim

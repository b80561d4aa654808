// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/instance.hpp"
#include "web/http.hpp"

#include <functional>
#include <mutex>
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
/// make room. Thread-safe: whoever changes the settings closes them, in every session.
class HeldViews {
public:
    /// Takes the view out; nothing if it is not there (any more) or somebody else's.
    [[nodiscard]] std::optional<HeldView> take(const std::string& key, const std::string& whose);
    /// `still`, if given, says whether the view's instance is still the one in use: else the view
    /// is closed and not kept.
    void keep(const std::string& key, HeldView view, const std::function<bool()>& still = {});
    /// Closes all of them. An instance ends only after its views.
    void close();

private:
    static constexpr std::size_t most = 8;
    std::mutex lock_{};
    std::vector<std::pair<std::string, HeldView>> views_{};  // The newest last.
};
}  // namespace ppo_sim

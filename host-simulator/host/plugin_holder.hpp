// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/instance.hpp"
#include "host/settings_file.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

namespace ppo_sim {
/// The plugin as it runs with one set of choices.
struct RunningPlugin {
    RunningPlugin(const Plugin& plugin, const ppo_host& host, Choices chosen, Settings told)
        : choices{std::move(chosen)}, settings{std::move(told)}, instance{plugin, host, settings} {}

    const Choices choices;
    const Settings settings;
    Instance instance;
};

/// Holds the instance in use, and changes it for one with other settings while requests run: who
/// has taken the old one keeps it until it is let go. Thread-safe.
class PluginHolder {
public:
    /// Starts the plugin; throws PluginError. `base` is what the choices stand above, `file` where
    /// they are kept. Plugin and host outlive this.
    PluginHolder(const Plugin& plugin, const ppo_host& host, Settings base,
                 std::filesystem::path file, const Choices& choices);

    [[nodiscard]] std::shared_ptr<RunningPlugin> current() const;

    /// Tries the choices in an instance of their own, without its thread, and calls `use` with it.
    /// Tells every choice that cannot be; then `use` was not called. A fault has no name.
    [[nodiscard]] std::vector<BadChoice> try_out(const Choices& choices,
                                                 const std::function<void(Instance&)>& use) const;

    /// The same, then keeps the choices and lets them run. With a bad choice nothing changes.
    [[nodiscard]] std::vector<BadChoice> change(const Choices& choices);

    /// Shuts down what runs and what is tried out, so that no call waits for a mail server any
    /// longer. Calls after this are refused by the plugin.
    void stop();

private:
    class Trial;
    [[nodiscard]] std::optional<BadChoice> reason_against(
        const Settings& settings, const std::function<void(Instance&)>& use) const;

    const Plugin& plugin_;
    const ppo_host& host_;
    const Settings base_;
    const std::filesystem::path file_;
    std::mutex changing_{};
    mutable std::mutex lock_{};
    std::shared_ptr<RunningPlugin> current_{};
    mutable std::set<Instance*> trials_{};
    bool stopped_ = false;
};
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/instance.hpp"
#include "host/settings_file.hpp"

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
    /// Starts the plugin; throws PluginError. `base` is what the choices stand above. Plugin and
    /// host outlive this.
    PluginHolder(const Plugin& plugin, const ppo_host& host, Settings base, KeptChoices kept);

    [[nodiscard]] std::shared_ptr<RunningPlugin> current() const;

    /// Called once another instance is in use, before the one that was ends. Set it before requests
    /// come.
    void on_replaced(std::function<void()> replaced) { replaced_ = std::move(replaced); }

    /// Tries the choices in an instance of their own, without its thread, and calls `use` with it.
    /// Tells every choice that cannot be; then `use` was not called. A fault has no name.
    [[nodiscard]] std::vector<BadChoice> try_out(const Choices& choices,
                                                 const std::function<void(Instance&)>& use) const;

    /// The same, then keeps the choices and lets them run. With a bad choice nothing changes.
    [[nodiscard]] std::vector<BadChoice> change(const Choices& choices);

    /// Lets what was chosen in another process run here too, and says whether there was something:
    /// nothing happens if the file is as this object last saw it. Throws PluginError if it cannot
    /// be, once for each content of the file, or what read_choices throws; what runs goes on then.
    bool follow();

    /// Shuts down what runs and what is tried out, so that no call waits for a mail server any
    /// longer. Calls after this are refused by the plugin.
    void stop();

private:
    class Trial;
    void run_with(const Choices& choices, const std::function<void()>& before);
    [[nodiscard]] std::optional<BadChoice> reason_against(
        const Settings& settings, const std::function<void(Instance&)>& use) const;

    const Plugin& plugin_;
    const ppo_host& host_;
    const Settings base_;
    const KeptChoices kept_;
    std::function<void()> replaced_{};
    std::mutex changing_{};
    Choices seen_{};  // What `kept_` said when this object last read or wrote it.
    mutable std::mutex lock_{};
    std::shared_ptr<RunningPlugin> current_{};
    mutable std::set<Instance*> trials_{};
    bool stopped_ = false;
};
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "host/plugin_holder.hpp"

#include "host/start_error.hpp"

#include <utility>

namespace ppo_sim {
/// Where `stop` finds an instance that is tried out, for as long as it is.
class PluginHolder::Trial {
public:
    Trial(const PluginHolder& holder, Instance& instance) : holder_{holder}, instance_{instance} {
        const std::lock_guard lock{holder_.lock_};
        holder_.trials_.insert(&instance_);
        if (holder_.stopped_) static_cast<void>(instance_.shutdown(0));
    }
    ~Trial() {
        const std::lock_guard lock{holder_.lock_};
        holder_.trials_.erase(&instance_);
    }
    Trial(const Trial&) = delete;
    Trial& operator=(const Trial&) = delete;

private:
    const PluginHolder& holder_;
    Instance& instance_;
};

PluginHolder::PluginHolder(const Plugin& plugin, const ppo_host& host, Settings base,
                           std::filesystem::path file, const Choices& choices)
    : plugin_{plugin}, host_{host}, base_{std::move(base)}, file_{std::move(file)} {
    Settings settings = base_;
    for (const auto& bad : apply(choices, settings))
        throw PluginError{file_.string() + " says: " + bad.reason};
    try {
        current_ = std::make_shared<RunningPlugin>(plugin_, host_, choices, std::move(settings));
    } catch (const StartError& refused) {
        if (choices.count(refused.answer().field) == 0) throw;
        throw PluginError{refused.what() + std::string{"; it is from the command line or from "} +
                          file_.string()};
    }
}

std::shared_ptr<RunningPlugin> PluginHolder::current() const {
    const std::lock_guard lock{lock_};
    return current_;
}

std::optional<BadChoice> PluginHolder::reason_against(
    const Settings& settings, const std::function<void(Instance&)>& use) const {
    try {
        Instance trial{plugin_, host_, settings};
        const Trial known{*this, trial};
        if (use) use(trial);
        return std::nullopt;
    } catch (const StartError& refused) {
        return BadChoice{refused.answer().field, refused.answer().message};
    }
}

std::vector<BadChoice> PluginHolder::try_out(const Choices& choices,
                                             const std::function<void(Instance&)>& use) const {
    Settings trial = base_;
    trial.own_thread = false;
    trial.no_first_sync = true;
    std::vector<BadChoice> bad = apply(choices, trial);
    const auto running = current();
    for (;;) {
        const auto refused = reason_against(trial, bad.empty() ? use : nullptr);
        if (!refused) return bad;
        bad.push_back(*refused);
        // The plugin names one at a time: with what runs in its place the next one is named.
        const std::string good = get_setting(running->settings, refused->name);
        if (good == get_setting(trial, refused->name)) return bad;
        if (set_setting(trial, refused->name, good)) return bad;
    }
}

std::vector<BadChoice> PluginHolder::change(const Choices& choices) {
    const std::lock_guard changing{changing_};
    auto bad = try_out(choices, nullptr);
    if (!bad.empty()) return bad;
    Settings settings = base_;
    settings.no_first_sync = true;  // The store knows the charts: the one before has read them.
    bad = apply(choices, settings);
    auto next = std::make_shared<RunningPlugin>(plugin_, host_, choices, std::move(settings));
    keep_choices(file_, choices);
    // The old one may end with `next`, which takes a moment: after the lock.
    const std::lock_guard lock{lock_};
    current_.swap(next);
    if (stopped_) static_cast<void>(current_->instance.shutdown(0));
    return bad;
}

void PluginHolder::stop() {
    const std::lock_guard lock{lock_};
    stopped_ = true;
    for (auto* trial : trials_) static_cast<void>(trial->shutdown(0));
    static_cast<void>(current_->instance.shutdown(0));
}
}  // namespace ppo_sim

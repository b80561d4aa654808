// SPDX-License-Identifier: Apache-2.0
#include "host/plugin_holder.hpp"

#include "host/start_error.hpp"
#include "host/which_store.hpp"

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
                           KeptChoices kept)
    : plugin_{plugin},
      host_{host},
      base_{std::move(base)},
      kept_{std::move(kept)},
      seen_{kept_.read()} {
    Settings settings = base_;
    for (const auto& bad : ppo_sim::apply(seen_, settings))
        throw PluginError{kept_.file().string() + " says: " + bad.reason};
    const std::string store = settings.store;
    need_its_store(kept_.folder(), store);
    try {
        current_ = std::make_shared<RunningPlugin>(plugin_, host_, seen_, std::move(settings));
    } catch (const StartError& refused) {
        if (seen_.count(refused.answer().field) == 0) throw;
        throw PluginError{refused.what() + std::string{"; it is from the command line or from "} +
                          kept_.file().string()};
    }
    remember_store(kept_.folder(), store);
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
    if (auto why = why_not_its_store(kept_.folder(), trial.store)) {
        bad.push_back({"store", std::move(*why)});
        return bad;
    }
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
    run_with(choices, [&] {
        keep_choices(kept_.file(), choices);
        seen_ = kept_.under_what_was_said(choices);
    });
    return bad;
}

bool PluginHolder::follow() {
    const std::lock_guard changing{changing_};
    const Choices choices = kept_.read();
    if (choices == seen_) return false;
    seen_ = choices;
    for (const auto& bad : try_out(choices, nullptr))
        throw PluginError{kept_.file().string() + " says: " + bad.reason +
                          "; the settings before stay in use"};
    run_with(choices, [] {});
    return true;
}

/// Starts the next instance; `before` comes between that and the change.
void PluginHolder::run_with(const Choices& choices, const std::function<void()>& before) {
    Settings settings = base_;
    settings.no_first_sync = true;  // The store knows the charts: the one before has read them.
    static_cast<void>(apply(choices, settings));
    auto next = std::make_shared<RunningPlugin>(plugin_, host_, choices, std::move(settings));
    before();
    {
        // The old one may end with `next`, which takes a moment: after the lock.
        const std::lock_guard lock{lock_};
        current_.swap(next);
        if (stopped_) static_cast<void>(current_->instance.shutdown(0));
    }
    if (replaced_) replaced_();
}

void PluginHolder::stop() {
    const std::lock_guard lock{lock_};
    stopped_ = true;
    for (auto* trial : trials_) static_cast<void>(trial->shutdown(0));
    static_cast<void>(current_->instance.shutdown(0));
}
}  // namespace ppo_sim

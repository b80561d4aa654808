// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/live_plugin.hpp"
#include "support/view_reader.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// One view of a live plugin, with what its last action made the host do.
class OpenView {
public:
    struct Effect {
        std::uint32_t kind = 0;
        std::string target{};
        std::string text{};
        std::string action_id{};  // Of a toast, with its argument behind a space.
    };

    OpenView(LivePlugin& live, std::string_view view_id, std::string_view patient_id) {
        auto request = fresh<ppo_view_request>();
        request.view_id = to_text(view_id);
        request.patient_id = to_text(patient_id);
        if (LivePlugin::ui().open(live.self, &live.caller, &request, &view_, nullptr) != PPO_OK)
            throw std::runtime_error{"the view does not open"};
    }
    ~OpenView() { LivePlugin::ui().close(view_); }
    OpenView(const OpenView&) = delete;
    OpenView& operator=(const OpenView&) = delete;

    [[nodiscard]] ViewReader look() const {
        TextSink text;
        if (LivePlugin::ui().render(view_, text, nullptr) != PPO_OK)
            throw std::runtime_error{"the view does not render"};
        return ViewReader{text.text};
    }
    ppo_result render() const {
        TextSink text;
        return LivePlugin::ui().render(view_, text, nullptr);
    }
    ppo_result edit(std::string_view field, std::string_view value) const {
        return LivePlugin::ui().edit(view_, to_text(field), to_text(value), nullptr);
    }
    ppo_result invoke(std::string_view action, std::string_view argument = {}) {
        effects.clear();
        error = fresh_error();
        const EffectSink sink{[this](const ppo_effect& effect) {
            effects.push_back(
                {effect.kind, copy_of(effect.target), copy_of(effect.text),
                 copy_of(effect.action_id) +
                     (effect.argument.size == 0 ? "" : " " + copy_of(effect.argument))});
            return PPO_OK;
        }};
        return LivePlugin::ui().invoke(view_, to_text(action), to_text(argument), sink, &error);
    }
    /// Clicks an action as the host does, with the argument that stands beside it.
    ppo_result click(const rapidjson::Value& action) {
        const std::string argument = action.HasMember("argument") ? action["argument"].GetString()
                                                                  : "";
        return invoke(action["id"].GetString(), argument);
    }
    /// The kinds of the effects in their order, as digits.
    [[nodiscard]] std::string kinds() const {
        std::string all;
        for (const auto& effect : effects) all += std::to_string(effect.kind);
        return all;
    }

    [[nodiscard]] ppo_view* handle() const { return view_; }

    std::vector<Effect> effects{};
    ppo_error error = fresh_error();

private:
    ppo_view* view_ = nullptr;
};
}  // namespace ppo

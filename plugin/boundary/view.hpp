// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/convert.hpp"
#include "boundary/handles.hpp"
#include "boundary/instance.hpp"
#include "boundary/outcome.hpp"
#include "ppo/ui.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace ppo {
/// The button of a toast: an action of the same view that takes back what was just done.
struct ToastAction {
    std::string_view id{};
    std::string_view label{};
    std::string_view argument{};
};

/// Where a view's effects go, in their order.
class Effects {
public:
    explicit Effects(const ppo_effect_sink& sink) : sink_{sink} {}

    void toast(std::uint32_t tone, std::string_view text, const ToastAction& action = {}) {
        send(PPO_EFFECT_TOAST, tone, {}, text, action);
    }
    void refresh(std::string_view patient_id) {
        send(PPO_EFFECT_REFRESH, PPO_TONE_NEUTRAL, patient_id, {});
    }
    void open_view(std::string_view view_id, std::string_view patient_id) {
        send(PPO_EFFECT_OPEN_VIEW, PPO_TONE_NEUTRAL, view_id, patient_id);
    }
    void copy_text(std::string_view field_id, std::string_view text) {
        send(PPO_EFFECT_COPY_TEXT, PPO_TONE_NEUTRAL, field_id, text);
    }
    void save_text(std::string_view name, std::string_view piece) {
        send(PPO_EFFECT_SAVE_TEXT, PPO_TONE_NEUTRAL, name, piece);
    }

private:
    void send(std::uint32_t kind, std::uint32_t tone, std::string_view target,
              std::string_view text, const ToastAction& action = {}) {
        const ppo_effect effect{sizeof effect,
                                kind,
                                tone,
                                0,
                                to_text(target),
                                to_text(text),
                                to_text(action.id),
                                to_text(action.label),
                                to_text(action.argument)};
        static_cast<void>(goes_on(sink_.put(sink_.context, &effect)));
    }

    ppo_effect_sink sink_;
};

/// An open view: who looks, at what, and what was typed. One call at a time.
class View {
public:
    View(std::shared_ptr<Instance> instance, Caller caller)
        : instance_{std::move(instance)}, caller_{std::move(caller)} {}
    virtual ~View() = default;
    View(const View&) = delete;
    View& operator=(const View&) = delete;

    [[nodiscard]] Instance& instance() const { return *instance_; }
    [[nodiscard]] const Caller& caller() const { return caller_; }

    /// Whom the view is about; nobody if it is about many.
    [[nodiscard]] virtual std::string_view patient_id() const { return {}; }

    /// The view model as JSON. Refused: UnknownPatient, if the chart has gone meanwhile.
    virtual Result<std::string> render() = 0;
    /// Throws Misuse (PPO_MISUSE_UNKNOWN_ID) for a field that is not there. Refused: NotPermitted,
    /// for one that is hidden from this caller.
    virtual Outcome edit(std::string_view field, std::string_view value) = 0;
    /// Throws Misuse (PPO_MISUSE_UNKNOWN_ID) for an action that is not there.
    virtual Outcome invoke(std::string_view action, std::string_view argument,
                           Effects& effects) = 0;

protected:
    [[nodiscard]] std::int64_t revision() const { return revision_; }
    void changed() { ++revision_; }

private:
    std::shared_ptr<Instance> instance_;
    Caller caller_;
    std::int64_t revision_ = 1;
};

/// Every open view of this process.
[[nodiscard]] Handles<View, ppo_view>& views();
}  // namespace ppo

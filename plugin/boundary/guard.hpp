// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/error.hpp"
#include "boundary/instance.hpp"
#include "boundary/misuse.hpp"
#include "boundary/view.hpp"
#include "ppo/ui.h"

#include <memory>

namespace ppo {
/// The object behind a handle, kept alive for the call. Throws Misuse for a handle that is none, or
/// not any more, and for an instance that was shut down.
[[nodiscard]] std::shared_ptr<Instance> instance_behind(const ppo_instance* handle);
[[nodiscard]] std::shared_ptr<View> view_behind(const ppo_view* handle);

/// Makes a C slot of an implementation: finds the object behind the handle, calls, turns whatever
/// happens into a result and an error. Every slot of every table is one of these, so no exception
/// can leave by another way.
template <auto Implementation>
struct Guarded;

template <class... Arguments, Outcome (*Implementation)(Instance&, Arguments...)>
struct Guarded<Implementation> {
    static ppo_result PPO_CALL slot(ppo_instance* self, Arguments... arguments, ppo_error* error) {
        std::shared_ptr<Instance> instance;
        try {
            instance = instance_behind(self);
            return answer(Implementation(*instance, arguments...), error);
        } catch (...) {
            return answer_exception(error, instance.get());
        }
    }
};

template <class... Arguments, Outcome (*Implementation)(View&, Arguments...)>
struct Guarded<Implementation> {
    static ppo_result PPO_CALL slot(ppo_view* self, Arguments... arguments, ppo_error* error) {
        std::shared_ptr<View> view;
        try {
            view = view_behind(self);
            return answer(Implementation(*view, arguments...), error);
        } catch (...) {
            return answer_exception(error, view ? &view->instance() : nullptr);
        }
    }
};

template <auto Implementation>
inline constexpr auto guard = &Guarded<Implementation>::slot;
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/error.hpp"
#include "boundary/instance.hpp"
#include "boundary/misuse.hpp"
#include "boundary/view.hpp"
#include "ppo/ui.h"
#include "store/fault.hpp"

#include <array>
#include <memory>
#include <string_view>

namespace ppo {
/// The object behind a handle, kept alive for the call. Throws Misuse for a handle that is none, or
/// not any more, and for an instance that was shut down.
[[nodiscard]] std::shared_ptr<Instance> instance_behind(const ppo_instance* handle);
[[nodiscard]] std::shared_ptr<View> view_behind(const ppo_view* handle);

/// The name of a slot's function, which is the slot's own: "set_access".
template <auto Implementation>
constexpr std::string_view verb_of() {
    std::string_view name = __PRETTY_FUNCTION__;
    name = name.substr(name.find("Implementation = "));
    name = name.substr(0, name.find_first_of(";]"));
    return name.substr(name.rfind(':') + 1);
}

/// What a call was about, should it have to be written down: the slot, who called, and the texts it
/// was given, in their order.
struct Attempt {
    std::string_view verb{};
    const ppo_caller* caller = nullptr;
    std::array<std::string_view, 2> texts{};

    template <class... Arguments>
    explicit Attempt(std::string_view slot, const Arguments&... arguments) : verb{slot} {
        (take(arguments), ...);
    }

private:
    template <class Other>
    void take(const Other&) {}
    void take(const ppo_caller* who) { caller = who; }
    void take(const ppo_view_request* request) { take(request->patient_id); }
    void take(ppo_text text) {
        if (text.data == nullptr) return;
        for (auto& place : texts)
            if (place.data() == nullptr) {
                place = {text.data, text.size};
                return;
            }
    }
};

/// Follows every call, while its instance is held: writes down who was not permitted, and tells the
/// host how the record stands if the call wrote entries and it is time.
class AfterCall {
public:
    explicit AfterCall(Instance& instance) : instance_{instance} {}
    void note_refused(const Attempt& attempt) const;
    void note_refused(const View& view, const Attempt& attempt) const;
    void offer_checkpoint() const;

private:
    Instance& instance_;
    std::uint64_t recorded_before_ = Transaction::recorded_by_this_thread();
};

/// A call whose transaction was undone, by the database because of another one or because the
/// server went away, is done again, three times at most: nothing of it was kept, and nobody was
/// told.
class Repeats {
public:
    /// Whether to do it again after this; waits a moment first, each time longer.
    [[nodiscard]] bool are_due_after(const StoreFault& fault);

private:
    std::uint64_t committed_before_ = Transaction::committed_by_this_thread();
    std::uint64_t undone_before_ = Transaction::undone_by_this_thread();
    int done_ = 0;
};

template <class Call>
Outcome repeated(Call call) {
    Repeats repeats;
    while (true) {
        try {
            return call();
        } catch (const StoreFault& fault) {
            if (!repeats.are_due_after(fault)) throw;
        }
    }
}

[[nodiscard]] inline bool was_not_permitted(const Outcome& outcome) {
    return outcome.refused() && outcome.refused()->reason == Refusal::NotPermitted;
}

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
            const AfterCall after{*instance};
            const Outcome outcome = repeated(
                [&] { return Implementation(*instance, arguments...); });
            if (was_not_permitted(outcome))
                after.note_refused(Attempt{verb_of<Implementation>(), arguments...});
            after.offer_checkpoint();
            return answer(outcome, error);
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
            const AfterCall after{view->instance()};
            const Outcome outcome = repeated([&] { return Implementation(*view, arguments...); });
            if (was_not_permitted(outcome))
                after.note_refused(*view, Attempt{verb_of<Implementation>(), arguments...});
            after.offer_checkpoint();
            return answer(outcome, error);
        } catch (...) {
            return answer_exception(error, view ? &view->instance() : nullptr);
        }
    }
};

template <auto Implementation>
inline constexpr auto guard = &Guarded<Implementation>::slot;
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#include "boundary/guard.hpp"

#include <chrono>
#include <random>
#include <thread>

namespace ppo {
std::shared_ptr<Instance> instance_behind(const ppo_instance* handle) {
    if (handle == nullptr) throw Misuse{PPO_MISUSE_NULL, "self", "The instance is NULL."};
    auto instance = instances().find(handle);
    if (!instance) throw Misuse{PPO_MISUSE_HANDLE, "self", "This is not a live instance."};
    if (instance->is_shut_down())
        throw Misuse{PPO_MISUSE_STATE, "self", "The instance was shut down."};
    return instance;
}

std::shared_ptr<View> view_behind(const ppo_view* handle) {
    if (handle == nullptr) throw Misuse{PPO_MISUSE_NULL, "view", "The view is NULL."};
    auto view = views().find(handle);
    if (!view) throw Misuse{PPO_MISUSE_HANDLE, "view", "This is not an open view."};
    if (view->instance().is_shut_down())
        throw Misuse{PPO_MISUSE_STATE, "view", "The instance was shut down."};
    return view;
}

bool Repeats::are_due_after(const StoreFault& fault) {
    constexpr int most = 3;
    constexpr std::chrono::milliseconds first_wait{20};
    const bool left_nothing = fault.kind() == StoreFault::Kind::Conflict ||
                              fault.kind() == StoreFault::Kind::Lost;
    const bool was_changing = Transaction::undone_by_this_thread() != undone_before_ &&
                              Transaction::committed_by_this_thread() == committed_before_;
    if (!left_nothing || !was_changing || done_ == most) return false;
    // Not all at the same moment again, as those who met would be.
    static thread_local std::minstd_rand dice{std::random_device{}()};
    const auto wait = first_wait * (1 << done_++);
    std::this_thread::sleep_for(wait / 2 + wait * (dice() % 64) / 64);
    return true;
}

void AfterCall::note_refused(const Attempt& attempt) const {
    instance_.refused_callers().note(to_caller(attempt.caller).actor, attempt.verb,
                                     attempt.texts[0], instance_.now());
}

void AfterCall::note_refused(const View& view, const Attempt& attempt) const {
    // Actions name themselves first; a view of one patient is about that one, a row's action says
    // about whom.
    const auto [action, argument] = attempt.texts;
    instance_.refused_callers().note(view.caller().actor, action.empty() ? attempt.verb : action,
                                     view.patient_id().empty() ? argument : view.patient_id(),
                                     instance_.now());
}

void AfterCall::offer_checkpoint() const {
    if (Transaction::recorded_by_this_thread() != recorded_before_)
        instance_.checkpoints().offer_if_due();
}
}  // namespace ppo

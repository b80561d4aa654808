// SPDX-License-Identifier: Apache-2.0
#include "boundary/batch_buttons.hpp"

#include "boundary/batch_words.hpp"
#include "domain/local_time.hpp"
#include "invitations/batch.hpp"
#include "ppo/people.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace ppo {
namespace {
using Act = Result<Done> (*)(Database&, std::int64_t, const Actor&, UnixTime);
struct BatchAction {
    std::string_view id{};
    Act act = nullptr;
    std::string_view done{};
};
constexpr std::array<BatchAction, 4> batch_actions{
    {{"undo_batch", undo_batch, "The batch is undone: nobody was mailed."},
     {"pause_batch", pause_batch, "The batch is paused."},
     {"resume_batch", resume_batch, "The batch goes on."},
     {"cancel_batch", cancel_batch, "The batch is cancelled. Mails that had left have left."}}};

const BatchAction* find_action(std::string_view action) {
    const auto* found = std::find_if(batch_actions.begin(), batch_actions.end(),
                                     [&](const BatchAction& one) { return one.id == action; });
    return found == batch_actions.end() ? nullptr : found;
}

/// Until somebody may have been mailed; a pause does not make the time longer.
bool can_be_undone(const BatchProgress& batch, UnixTime now) {
    return batch.state == BatchState::HeldBack ||
           (batch.state == BatchState::Paused && now < batch.starts_at);
}

/// Whether somebody should look at what became of each.
bool has_trouble(const BatchProgress& batch) {
    for (const auto outcome : {BatchOutcome::Failed, BatchOutcome::Bounced, BatchOutcome::Unknown})
        if (batch.by_outcome.at(static_cast<std::size_t>(outcome)) > 0) return true;
    return false;
}

std::string_view tone_of(const BatchProgress& batch) {
    if (batch.state == BatchState::Paused || has_trouble(batch)) return "warning";
    return batch.state == BatchState::Done ? "success" : "neutral";
}

void write_buttons(ModelWriter& model, const BatchProgress& batch, UnixTime now) {
    const auto number = std::to_string(batch.id);
    const auto button = [&](std::string_view id, std::string_view label) {
        return ModelAction{.id = id,
                           .label = label,
                           .argument = number,
                           .hint = std::string{label} + " batch " + number};
    };
    // The first button stays where it is when the second becomes another one.
    if (moves(batch)) model.button(button("pause_batch", "Pause"));
    if (batch.state == BatchState::Paused) model.button(button("resume_batch", "Resume"));
    if (can_be_undone(batch, now)) model.button(button("undo_batch", "Undo"));
    if (is_open(batch) && !can_be_undone(batch, now)) {
        auto cancel = button("cancel_batch", "Cancel");
        cancel.confirm = "Cancel batch " + number +
                         " for good? Whoever waits is not mailed; mails that have left have left.";
        cancel.tone = "danger";
        model.button(cancel);
    }
}
}  // namespace

void write_batch(ModelWriter& model, const BatchProgress& batch, const Practice& practice,
                 UnixTime now) {
    const auto number = std::to_string(batch.id);
    model.progress({.id = "batch:" + number,
                    .label = "Batch " + number + ", started by " + batch.started_by + " at " +
                             write_short_time(batch.started_at, now, practice.time_zone),
                    .value = settled(batch),
                    .max = batch.selected,
                    .text = batch_sentence(batch, practice, now),
                    .tone = tone_of(batch)});
    write_buttons(model, batch, now);
}

std::optional<std::int64_t> batch_number(std::string_view argument) {
    std::int64_t number = 0;
    const auto* end = argument.data() + argument.size();
    const auto read = std::from_chars(argument.data(), end, number);
    const bool is_ours = read.ec == std::errc{} && read.ptr == end &&
                         std::to_string(number) == argument;
    return is_ours ? std::optional{number} : std::nullopt;
}

std::optional<BatchProgress> look_at_batch(Instance& instance, std::int64_t id) {
    auto found = read_batches(instance.database(), instance.practice(), id, instance.now());
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

bool is_batch_action(std::string_view action) { return find_action(action) != nullptr; }

Outcome act_on_batch(Instance& instance, const Caller& caller, std::string_view action,
                     std::string_view argument, Effects& effects) {
    const auto* known = find_action(action);
    if (known == nullptr)
        throw Misuse{PPO_MISUSE_UNKNOWN_ID, "action_id", "There is no such action in this view."};
    if (!caller.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    const auto id = batch_number(argument);
    if (!id) return Refusal::UnknownBatch;
    const auto done = known->act(instance.database(), *id, caller.actor, instance.now());
    if (!done) return done.refusal();
    instance.wake();
    instance.host().refresh({});
    effects.toast(PPO_TONE_SUCCESS, known->done);
    effects.refresh({});
    return PPO_OK;
}
}  // namespace ppo

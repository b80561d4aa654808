// SPDX-License-Identifier: Apache-2.0
// The batches of ppo.onboarding/1.
#include "torture/call.hpp"
#include "torture/people.hpp"
#include "torture/tables.hpp"

#include <algorithm>
#include <vector>

namespace ppo_torture {
namespace {
std::vector<std::string> selected(Call& call, const ppo_batch_selection& selection) {
    std::vector<std::string> ids;
    if (selection.filter == nullptr) {
        for (std::uint64_t i = 0; i < selection.patient_id_count; ++i)
            ids.push_back(copy(selection.patient_ids[i]));
        return ids;
    }
    const std::lock_guard guard{call.practice().lock};
    for (const auto& [id, person] : call.practice().people) ids.push_back(id);
    return ids;
}

bool is_sound(Call& call, const ppo_batch_selection* selection) {
    return call.sized(selection) && call.sized_or_null(selection->filter);
}

template <typename Change>
ppo_result change_batch(Slot slot, ppo_instance* self, const ppo_caller* caller, ppo_text batch_id,
                        ppo_error* error, const Change& change) {
    return enter(slot, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller)) return call.refused();
        const std::lock_guard guard{call.practice().lock};
        for (auto& batch : call.practice().batches) {
            if (batch.id != copy(batch_id)) continue;
            return change(batch.state) ? PPO_OK
                                       : call.say(PPO_REFUSED_BATCH_STATE, "refused_batch_state");
        }
        return call.say(PPO_REFUSED_UNKNOWN_BATCH, "refused_unknown_batch");
    });
}

bool set(std::uint32_t& state, std::initializer_list<std::uint32_t> from, std::uint32_t to) {
    if (std::find(from.begin(), from.end(), state) == from.end()) return false;
    state = to;
    return true;
}

std::vector<Batch> batches_of(Call& call, ppo_text batch_id) {
    const std::string wanted = copy(batch_id);
    std::vector<Batch> found;
    const std::lock_guard guard{call.practice().lock};
    for (const auto& batch : call.practice().batches)
        if (wanted.empty() || batch.id == wanted) found.insert(found.begin(), batch);
    return found;
}

/// Nobody would want more of them than this from the modes that have batches of their own.
std::vector<Batch> with_invented(Call& call, ppo_text batch_id) {
    auto batches = batches_of(call, batch_id);
    if (batch_id.size == 0 && !call.has(Mode::NoRows))
        batches.push_back({"invented", PPO_BATCH_DONE, {"T-1001"}});
    return batches;
}
}  // namespace

ppo_result PPO_CALL preview_batch(ppo_instance* self, const ppo_caller* caller,
                                  const ppo_batch_selection* selection,
                                  const ppo_batch_preview_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_preview_batch, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !is_sound(call, selection) || !call.present(sink != nullptr))
            return call.refused();
        Longer<ppo_batch_skip> skips[2];
        const ppo_batch_skip* lent[2] = {&skips[0].known, &skips[1].known};
        for (auto& skip : skips) {
            skip.known.struct_size = call.has(Mode::Tails) ? sizeof skip : sizeof skip.known;
            skip.known.reason = call.has(Mode::Unknown) ? -1999 : PPO_REFUSED_NO_EMAIL;
            skip.known.sentence = call.words().lend("No e-mail");
            skip.known.count = count_of(call, 1);
        }
        ppo_batch_preview made{};
        made.hold_back_seconds = call.has(Mode::Extremes) ? UINT32_MAX : 120;
        made.selected = count_of(call, selected(call, *selection).size());
        made.to_mail = made.selected;
        made.skips = lent;
        made.skip_count = call.has(Mode::NoRows) ? 0 : std::size(lent);
        made.done_at = time_of(call, call.now());
        if (const auto end = call.hand(*sink, made)) return *end;
        return PPO_OK;
    });
}

ppo_result PPO_CALL start_batch(ppo_instance* self, const ppo_caller* caller,
                                const ppo_batch_selection* selection, ppo_batch_started* started,
                                ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_start_batch, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !is_sound(call, selection) || !call.sized_or_null(started))
            return call.refused();
        Batch batch;
        batch.patients = selected(call, *selection);
        if (batch.patients.empty()) return call.say(PPO_REFUSED_BATCH_EMPTY, "refused_batch_empty");
        ppo_batch_started made{};
        made.state = PPO_BATCH_HELD_BACK;
        made.selected = count_of(call, batch.patients.size());
        made.to_mail = made.selected;
        made.starts_at = time_of(call, call.now());
        {
            const std::lock_guard guard{call.practice().lock};
            batch.id = "B-" + std::to_string(call.practice().batches.size() + 1);
            call.practice().batches.push_back(batch);
        }
        std::memcpy(made.batch_id, batch.id.c_str(), batch.id.size() + 1);
        call.give(started, made);
        return PPO_OK;
    });
}

ppo_result PPO_CALL undo_batch(ppo_instance* self, const ppo_caller* caller, ppo_text batch_id,
                               ppo_error* error) {
    return change_batch(
        Slot::ppo_onboarding_1_undo_batch, self, caller, batch_id, error,
        [](auto& state) { return set(state, {PPO_BATCH_HELD_BACK}, PPO_BATCH_UNDONE); });
}

ppo_result PPO_CALL pause_batch(ppo_instance* self, const ppo_caller* caller, ppo_text batch_id,
                                ppo_error* error) {
    return change_batch(
        Slot::ppo_onboarding_1_pause_batch, self, caller, batch_id, error, [](auto& state) {
            return set(state, {PPO_BATCH_HELD_BACK, PPO_BATCH_RUNNING}, PPO_BATCH_PAUSED);
        });
}

ppo_result PPO_CALL resume_batch(ppo_instance* self, const ppo_caller* caller, ppo_text batch_id,
                                 ppo_error* error) {
    return change_batch(
        Slot::ppo_onboarding_1_resume_batch, self, caller, batch_id, error,
        [](auto& state) { return set(state, {PPO_BATCH_PAUSED}, PPO_BATCH_RUNNING); });
}

ppo_result PPO_CALL cancel_batch(ppo_instance* self, const ppo_caller* caller, ppo_text batch_id,
                                 ppo_error* error) {
    return change_batch(
        Slot::ppo_onboarding_1_cancel_batch, self, caller, batch_id, error, [](auto& state) {
            return set(state, {PPO_BATCH_HELD_BACK, PPO_BATCH_RUNNING, PPO_BATCH_PAUSED},
                       PPO_BATCH_CANCELLED);
        });
}

ppo_result PPO_CALL each_batch(ppo_instance* self, const ppo_caller* caller, ppo_text batch_id,
                               const ppo_batch_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_each_batch, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.present(sink != nullptr)) return call.refused();
        const auto batches = with_invented(call, batch_id);
        if (batches.empty() && batch_id.size != 0)
            return call.say(PPO_REFUSED_UNKNOWN_BATCH, "refused_unknown_batch");
        for (const auto& batch : batches) {
            ppo_batch made{};
            made.state = call.has(Mode::Unknown) ? 66 : batch.state;
            made.batch_id = call.words().keep(batch.id);
            made.started_by = call.words().lend("somebody");
            made.started_at = time_of(call, call.now());
            made.starts_at = time_of(call, call.now());
            made.ended_at = time_of(call, PPO_TIME_NONE);
            made.done_at = time_of(call, PPO_TIME_NONE);
            made.selected = count_of(call, batch.patients.size());
            made.by_outcome[PPO_OUTCOME_WAITING] = made.selected;
            if (call.has(Mode::Unknown)) made.by_outcome[PPO_OUTCOMES - 1] = 1;
            made.mails_per_minute = count_of(call, 0);
            if (const auto end = call.hand(*sink, made)) return *end;
        }
        return PPO_OK;
    });
}

ppo_result PPO_CALL each_batch_person(ppo_instance* self, const ppo_caller* caller,
                                      ppo_text batch_id, std::uint32_t, std::uint32_t after,
                                      std::uint64_t, const ppo_batch_person_sink* sink,
                                      ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_each_batch_person, self, error,
                 [&](Call& call) -> ppo_result {
                     if (!call.sized(caller) || !call.present(sink != nullptr))
                         return call.refused();
                     const auto batches = batches_of(call, batch_id);
                     if (batches.empty())
                         return call.say(PPO_REFUSED_UNKNOWN_BATCH, "refused_unknown_batch");
                     std::uint32_t place = 0;
                     for (const auto& id : batches.front().patients) {
                         if (++place <= after) continue;
                         ppo_batch_person made{};
                         made.outcome = call.has(Mode::Unknown) ? 23 : PPO_OUTCOME_WAITING;
                         made.skipped_because = call.has(Mode::Unknown) ? -1999 : 0;
                         made.place = place;
                         made.patient_id = call.words().keep(id);
                         made.name = call.words().lend("Novak, Ada");
                         made.reason = call.words().lend("A reason");
                         made.queued_at = time_of(call, call.now());
                         made.next_try_at = time_of(call, PPO_TIME_NONE);
                         if (const auto end = call.hand(*sink, made)) return *end;
                     }
                     return PPO_OK;
                 });
}

ppo_result PPO_CALL write_batch(ppo_instance* self, const ppo_caller* caller, ppo_text batch_id,
                                std::uint32_t, ppo_text format, const ppo_text_sink* sink,
                                ppo_error* error) {
    return enter(Slot::ppo_onboarding_1_write_batch, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.present(sink != nullptr)) return call.refused();
        if (copy(format) != "csv") return call.say(PPO_MISUSE_UNKNOWN_ID, "misuse_unknown_id");
        const auto batches = batches_of(call, batch_id);
        if (batches.empty()) return call.say(PPO_REFUSED_UNKNOWN_BATCH, "refused_unknown_batch");
        std::string text = "patient_id,outcome\r\n";
        for (const auto& id : batches.front().patients) text += id + ",waiting\r\n";
        return deliver(call, *sink, text);
    });
}

ppo_result PPO_CALL set_access_of_many(ppo_instance* self, const ppo_caller* caller,
                                       const ppo_batch_selection* selection, std::int32_t enabled,
                                       std::uint64_t, ppo_access_of_many* done, ppo_error* error) {
    return enter(
        Slot::ppo_onboarding_1_set_access_of_many, self, error, [&](Call& call) -> ppo_result {
            if (!call.sized(caller) || !is_sound(call, selection) || !call.sized_or_null(done))
                return call.refused();
            ppo_access_of_many made{};
            for (const auto& id : selected(call, *selection)) {
                const std::lock_guard guard{call.practice().lock};
                const auto found = call.practice().people.find(id);
                if (found == call.practice().people.end()) {
                    ++made.unknown;
                    continue;
                }
                ++(found->second.enabled == (enabled == 1) ? made.unchanged : made.changed);
                found->second.enabled = enabled == 1;
            }
            call.give(done, made);
            return PPO_OK;
        });
}
}  // namespace ppo_torture

// SPDX-License-Identifier: Apache-2.0
#include "boundary/batch_calls.hpp"

#include "boundary/batch_buttons.hpp"
#include "boundary/convert.hpp"
#include "boundary/error.hpp"
#include "boundary/report_filter.hpp"
#include "domain/refusal_sentence.hpp"
#include "invitations/batch.hpp"
#include "invitations/batch_document.hpp"

#include <vector>

namespace ppo::batch_calls {
namespace {
constexpr std::size_t longest_batch_id = 64;
constexpr std::uint64_t most_patients = 100'000;
constexpr std::uint64_t people_a_piece = 256;

std::optional<std::int64_t> to_batch(ppo_text batch_id) {
    return batch_number(required_text(batch_id, "batch_id", longest_batch_id));
}

std::vector<std::string> to_patient_ids(const ppo_batch_selection& from) {
    if (from.patient_id_count > most_patients)
        throw Misuse{PPO_MISUSE_VALUE, "patient_id_count",
                     "A batch is for at most 100000 patients by id."};
    if (from.patient_ids == nullptr && from.patient_id_count > 0)
        throw Misuse{PPO_MISUSE_NULL, "patient_ids", "The ids are NULL, but their count is not 0."};
    std::vector<std::string> patient_ids;
    patient_ids.reserve(from.patient_id_count);
    for (std::uint64_t i = 0; i < from.patient_id_count; ++i)
        patient_ids.emplace_back(patient_id_of(from.patient_ids[i]));
    return patient_ids;
}

std::uint64_t number(std::int64_t value) { return static_cast<std::uint64_t>(value); }

void put_preview(const BatchPreview& preview, const Practice& practice,
                 const ppo_batch_preview_sink& sink) {
    std::vector<std::string> sentences;
    for (const auto& skip : preview.skips)
        sentences.push_back(refusal_sentence(skip.first, practice.language));
    std::vector<ppo_batch_skip> skips;
    for (std::size_t i = 0; i < preview.skips.size(); ++i)
        skips.push_back({sizeof(ppo_batch_skip), to_result(preview.skips[i].first),
                         to_text(sentences[i]), number(preview.skips[i].second)});
    std::vector<const ppo_batch_skip*> pointers;
    for (const auto& skip : skips) pointers.push_back(&skip);
    ppo_batch_preview out{};
    out.struct_size = sizeof out;
    out.hold_back_seconds = static_cast<std::uint32_t>(practice.hold_back.count());
    out.selected = number(preview.selected);
    out.to_mail = number(preview.to_mail);
    out.skips = pointers.data();
    out.skip_count = pointers.size();
    out.done_at = to_milliseconds(preview.done_at);
    static_cast<void>(goes_on(sink.put(sink.context, &out)));
}

bool put_batch(const BatchProgress& progress, const ppo_batch_sink& sink) {
    const auto id = std::to_string(progress.id);
    ppo_batch out{};
    out.struct_size = sizeof out;
    out.state = static_cast<std::uint32_t>(progress.state);
    out.batch_id = to_text(id);
    out.started_by = to_text(progress.started_by);
    out.started_at = to_milliseconds(progress.started_at);
    out.starts_at = to_milliseconds(progress.starts_at);
    out.ended_at = to_time(progress.ended_at);
    out.done_at = to_time(progress.done_at);
    out.selected = number(progress.selected);
    static_assert(PPO_OUTCOMES == batch_outcomes);
    for (std::size_t i = 0; i < batch_outcomes; ++i)
        out.by_outcome[i] = number(progress.by_outcome[i]);
    out.mails_per_minute = number(progress.mails_per_minute);
    return goes_on(sink.put(sink.context, &out));
}

bool put_person(const BatchPerson& person, const Practice& practice,
                const ppo_batch_person_sink& sink) {
    const auto reason = person.skipped_because
                            ? refusal_sentence(*person.skipped_because, practice.language)
                            : person.reason;
    ppo_batch_person out{};
    out.struct_size = sizeof out;
    out.outcome = static_cast<std::uint32_t>(person.outcome);
    out.skipped_because = person.skipped_because ? to_result(*person.skipped_because) : 0;
    out.place = static_cast<std::uint32_t>(person.place);
    out.patient_id = to_text(person.patient_id);
    out.name = to_text(person.name);
    out.reason = to_text(reason);
    out.queued_at = to_time(person.queued_at);
    out.next_try_at = to_time(person.next_try_at);
    return goes_on(sink.put(sink.context, &out));
}

bool is_known(Instance& self, std::int64_t id) {
    return !read_batches(self.database(), self.practice(), id, self.now()).empty();
}

void tell(Instance& self) {
    self.wake();
    self.host().refresh({});
}

using Step = Result<Done> (*)(Database&, std::int64_t, const Actor&, UnixTime);

Outcome take_step(Instance& self, const ppo_caller* caller, ppo_text batch_id, Step step) {
    const auto id = to_batch(batch_id);
    const auto who = to_caller(caller);
    if (!who.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    if (!id) return Refusal::UnknownBatch;
    const auto done = step(self.database(), *id, who.actor, self.now());
    if (!done) return done.refusal();
    tell(self);
    return PPO_OK;
}
}  // namespace

BatchSelection to_selection(const ppo_batch_selection* given) {
    const ppo_batch_selection& from = filled(given, "selection");
    if (from.filter != nullptr && from.patient_id_count > 0)
        throw Misuse{PPO_MISUSE_VALUE, "filter",
                     "A selection is either a filter or patients by id."};
    BatchSelection selection;
    selection.signed_in_too = (from.flags & PPO_BATCH_SIGNED_IN_TOO) != 0;
    if (from.filter != nullptr)
        selection.filter = to_query(filled(from.filter, "filter"));
    else
        selection.patient_ids = to_patient_ids(from);
    return selection;
}

Outcome preview_batch(Instance& self, const ppo_caller* caller,
                      const ppo_batch_selection* selection, const ppo_batch_preview_sink* sink) {
    check_sink(sink);
    const auto wanted = to_selection(selection);
    if (!to_caller(caller).may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    const auto preview = ppo::preview_batch(self.database(), self.practice(), wanted, self.now());
    put_preview(preview, self.practice(), *sink);
    return PPO_OK;
}

Outcome start_batch(Instance& self, const ppo_caller* caller, const ppo_batch_selection* selection,
                    ppo_batch_started* started) {
    check_out(started, "started");
    const auto wanted = to_selection(selection);
    const auto who = to_caller(caller);
    if (!who.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    const auto stored = ppo::start_batch(self.database(), self.practice(), wanted, who.actor,
                                         self.now());
    if (!stored) return stored.refusal();
    ppo_batch_started out{};
    out.state = PPO_BATCH_HELD_BACK;
    out.selected = number(stored->selected);
    out.to_mail = number(stored->to_mail);
    out.starts_at = to_milliseconds(stored->starts_at);
    const auto id = std::to_string(stored->id);
    id.copy(out.batch_id, sizeof out.batch_id - 1);
    write_out(started, out);
    tell(self);
    return PPO_OK;
}

Outcome undo_batch(Instance& self, const ppo_caller* caller, ppo_text batch_id) {
    return take_step(self, caller, batch_id, ppo::undo_batch);
}

Outcome pause_batch(Instance& self, const ppo_caller* caller, ppo_text batch_id) {
    return take_step(self, caller, batch_id, ppo::pause_batch);
}

Outcome resume_batch(Instance& self, const ppo_caller* caller, ppo_text batch_id) {
    return take_step(self, caller, batch_id, ppo::resume_batch);
}

Outcome cancel_batch(Instance& self, const ppo_caller* caller, ppo_text batch_id) {
    return take_step(self, caller, batch_id, ppo::cancel_batch);
}

Outcome each_batch(Instance& self, const ppo_caller* caller, ppo_text batch_id,
                   const ppo_batch_sink* sink) {
    check_sink(sink);
    const auto wanted = optional_text(batch_id, "batch_id", longest_batch_id);
    if (!to_caller(caller).may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    const auto id = batch_number(wanted);
    if (!wanted.empty() && !id) return Refusal::UnknownBatch;
    const auto batches = read_batches(self.database(), self.practice(), id, self.now());
    if (id && batches.empty()) return Refusal::UnknownBatch;
    for (const auto& batch : batches)
        if (!put_batch(batch, *sink)) return PPO_STOPPED;
    return PPO_OK;
}

Outcome each_batch_person(Instance& self, const ppo_caller* caller, ppo_text batch_id,
                          std::uint32_t outcomes, std::uint32_t after, std::uint64_t limit,
                          const ppo_batch_person_sink* sink) {
    check_sink(sink);
    const auto id = to_batch(batch_id);
    if (!to_caller(caller).may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    if (!id || !is_known(self, *id)) return Refusal::UnknownBatch;
    std::uint64_t left = limit == 0 ? UINT64_MAX : limit;
    std::int64_t place = after;
    while (left > 0) {
        const auto people = read_batch_people(
            self.database(), *id, outcomes, place,
            static_cast<std::int64_t>(std::min(left, people_a_piece)), self.now());
        if (people.empty()) break;
        for (const auto& person : people)
            if (!put_person(person, self.practice(), *sink)) return PPO_STOPPED;
        left -= people.size();
        place = people.back().place;
    }
    return PPO_OK;
}

Outcome write_batch(Instance& self, const ppo_caller* caller, ppo_text batch_id,
                    std::uint32_t outcomes, ppo_text format, const ppo_text_sink* sink) {
    check_sink(sink);
    const auto id = to_batch(batch_id);
    if (required_text(format, "format", 16) != "csv")
        throw Misuse{PPO_MISUSE_UNKNOWN_ID, "format", "There is no such format."};
    const auto who = to_caller(caller);
    if (!who.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    if (!id) return Refusal::UnknownBatch;
    bool stopped = false;
    const auto written = write_batch_list(
        self.database(), *id, outcomes,
        [&](std::string_view piece) {
            stopped = !goes_on(sink->put(sink->context, piece.data(), piece.size()));
            return !stopped;
        },
        who.actor, self.now());
    if (!written) return written.refusal();
    return stopped ? PPO_STOPPED : PPO_OK;
}
}  // namespace ppo::batch_calls

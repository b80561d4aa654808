// SPDX-License-Identifier: Apache-2.0
// Locked with contract 1.0: this file never changes. What is appended later has a lock of its own.
#include "ppo/batch.h"

#include <string_view>
#include <type_traits>

static_assert(PPO_BATCH_SIGNED_IN_TOO == 1, "PPO_BATCH_SIGNED_IN_TOO");
static_assert(PPO_BATCH_HELD_BACK == 1, "PPO_BATCH_HELD_BACK");
static_assert(PPO_BATCH_RUNNING == 2, "PPO_BATCH_RUNNING");
static_assert(PPO_BATCH_PAUSED == 3, "PPO_BATCH_PAUSED");
static_assert(PPO_BATCH_DONE == 4, "PPO_BATCH_DONE");
static_assert(PPO_BATCH_CANCELLED == 5, "PPO_BATCH_CANCELLED");
static_assert(PPO_BATCH_UNDONE == 6, "PPO_BATCH_UNDONE");
static_assert(PPO_OUTCOME_WAITING == 16, "PPO_OUTCOME_WAITING");
static_assert(PPO_OUTCOME_SKIPPED == 17, "PPO_OUTCOME_SKIPPED");
static_assert(PPO_OUTCOME_TAKEN_BACK == 18, "PPO_OUTCOME_TAKEN_BACK");
static_assert(PPO_OUTCOMES == 24, "PPO_OUTCOMES");

static_assert(sizeof(ppo_batch_selection) >= 32, "ppo_batch_selection");
static_assert(offsetof(ppo_batch_selection, struct_size) == 0, "ppo_batch_selection.struct_size");
static_assert(std::is_same_v<decltype(ppo_batch_selection::struct_size), uint32_t>,
              "ppo_batch_selection.struct_size");
static_assert(offsetof(ppo_batch_selection, flags) == 4, "ppo_batch_selection.flags");
static_assert(std::is_same_v<decltype(ppo_batch_selection::flags), uint32_t>,
              "ppo_batch_selection.flags");
static_assert(offsetof(ppo_batch_selection, filter) == 8, "ppo_batch_selection.filter");
static_assert(std::is_same_v<decltype(ppo_batch_selection::filter), const ppo_report_query*>,
              "ppo_batch_selection.filter");
static_assert(offsetof(ppo_batch_selection, patient_ids) == 16, "ppo_batch_selection.patient_ids");
static_assert(std::is_same_v<decltype(ppo_batch_selection::patient_ids), const ppo_text*>,
              "ppo_batch_selection.patient_ids");
static_assert(offsetof(ppo_batch_selection, patient_id_count) == 24,
              "ppo_batch_selection.patient_id_count");
static_assert(std::is_same_v<decltype(ppo_batch_selection::patient_id_count), uint64_t>,
              "ppo_batch_selection.patient_id_count");

static_assert(sizeof(ppo_access_of_many) >= 40, "ppo_access_of_many");
static_assert(offsetof(ppo_access_of_many, struct_size) == 0, "ppo_access_of_many.struct_size");
static_assert(std::is_same_v<decltype(ppo_access_of_many::struct_size), uint32_t>,
              "ppo_access_of_many.struct_size");
static_assert(offsetof(ppo_access_of_many, reserved) == 4, "ppo_access_of_many.reserved");
static_assert(std::is_same_v<decltype(ppo_access_of_many::reserved), uint32_t>,
              "ppo_access_of_many.reserved");
static_assert(offsetof(ppo_access_of_many, changed) == 8, "ppo_access_of_many.changed");
static_assert(std::is_same_v<decltype(ppo_access_of_many::changed), uint64_t>,
              "ppo_access_of_many.changed");
static_assert(offsetof(ppo_access_of_many, unchanged) == 16, "ppo_access_of_many.unchanged");
static_assert(std::is_same_v<decltype(ppo_access_of_many::unchanged), uint64_t>,
              "ppo_access_of_many.unchanged");
static_assert(offsetof(ppo_access_of_many, unknown) == 24, "ppo_access_of_many.unknown");
static_assert(std::is_same_v<decltype(ppo_access_of_many::unknown), uint64_t>,
              "ppo_access_of_many.unknown");
static_assert(offsetof(ppo_access_of_many, left) == 32, "ppo_access_of_many.left");
static_assert(std::is_same_v<decltype(ppo_access_of_many::left), uint64_t>,
              "ppo_access_of_many.left");

static_assert(sizeof(ppo_batch_skip) >= 32, "ppo_batch_skip");
static_assert(offsetof(ppo_batch_skip, struct_size) == 0, "ppo_batch_skip.struct_size");
static_assert(std::is_same_v<decltype(ppo_batch_skip::struct_size), uint32_t>,
              "ppo_batch_skip.struct_size");
static_assert(offsetof(ppo_batch_skip, reason) == 4, "ppo_batch_skip.reason");
static_assert(std::is_same_v<decltype(ppo_batch_skip::reason), ppo_result>,
              "ppo_batch_skip.reason");
static_assert(offsetof(ppo_batch_skip, sentence) == 8, "ppo_batch_skip.sentence");
static_assert(std::is_same_v<decltype(ppo_batch_skip::sentence), ppo_text>,
              "ppo_batch_skip.sentence");
static_assert(offsetof(ppo_batch_skip, count) == 24, "ppo_batch_skip.count");
static_assert(std::is_same_v<decltype(ppo_batch_skip::count), uint64_t>, "ppo_batch_skip.count");

static_assert(sizeof(ppo_batch_preview) >= 48, "ppo_batch_preview");
static_assert(offsetof(ppo_batch_preview, struct_size) == 0, "ppo_batch_preview.struct_size");
static_assert(std::is_same_v<decltype(ppo_batch_preview::struct_size), uint32_t>,
              "ppo_batch_preview.struct_size");
static_assert(offsetof(ppo_batch_preview, hold_back_seconds) == 4,
              "ppo_batch_preview.hold_back_seconds");
static_assert(std::is_same_v<decltype(ppo_batch_preview::hold_back_seconds), uint32_t>,
              "ppo_batch_preview.hold_back_seconds");
static_assert(offsetof(ppo_batch_preview, selected) == 8, "ppo_batch_preview.selected");
static_assert(std::is_same_v<decltype(ppo_batch_preview::selected), uint64_t>,
              "ppo_batch_preview.selected");
static_assert(offsetof(ppo_batch_preview, to_mail) == 16, "ppo_batch_preview.to_mail");
static_assert(std::is_same_v<decltype(ppo_batch_preview::to_mail), uint64_t>,
              "ppo_batch_preview.to_mail");
static_assert(offsetof(ppo_batch_preview, skips) == 24, "ppo_batch_preview.skips");
static_assert(std::is_same_v<decltype(ppo_batch_preview::skips), const ppo_batch_skip* const*>,
              "ppo_batch_preview.skips");
static_assert(offsetof(ppo_batch_preview, skip_count) == 32, "ppo_batch_preview.skip_count");
static_assert(std::is_same_v<decltype(ppo_batch_preview::skip_count), uint64_t>,
              "ppo_batch_preview.skip_count");
static_assert(offsetof(ppo_batch_preview, done_at) == 40, "ppo_batch_preview.done_at");
static_assert(std::is_same_v<decltype(ppo_batch_preview::done_at), ppo_time>,
              "ppo_batch_preview.done_at");

static_assert(sizeof(ppo_batch_preview_sink) == 16, "ppo_batch_preview_sink");
static_assert(offsetof(ppo_batch_preview_sink, context) == 0, "ppo_batch_preview_sink.context");
static_assert(std::is_same_v<decltype(ppo_batch_preview_sink::context), void*>,
              "ppo_batch_preview_sink.context");
static_assert(offsetof(ppo_batch_preview_sink, put) == 8, "ppo_batch_preview_sink.put");
static_assert(
    std::is_same_v<decltype(ppo_batch_preview_sink::put),
                   ppo_result(PPO_CALL*)(void* context, const ppo_batch_preview* preview)>,
    "ppo_batch_preview_sink.put");

static_assert(sizeof(ppo_batch) >= 280, "ppo_batch");
static_assert(offsetof(ppo_batch, struct_size) == 0, "ppo_batch.struct_size");
static_assert(std::is_same_v<decltype(ppo_batch::struct_size), uint32_t>, "ppo_batch.struct_size");
static_assert(offsetof(ppo_batch, state) == 4, "ppo_batch.state");
static_assert(std::is_same_v<decltype(ppo_batch::state), uint32_t>, "ppo_batch.state");
static_assert(offsetof(ppo_batch, batch_id) == 8, "ppo_batch.batch_id");
static_assert(std::is_same_v<decltype(ppo_batch::batch_id), ppo_text>, "ppo_batch.batch_id");
static_assert(offsetof(ppo_batch, started_by) == 24, "ppo_batch.started_by");
static_assert(std::is_same_v<decltype(ppo_batch::started_by), ppo_text>, "ppo_batch.started_by");
static_assert(offsetof(ppo_batch, started_at) == 40, "ppo_batch.started_at");
static_assert(std::is_same_v<decltype(ppo_batch::started_at), ppo_time>, "ppo_batch.started_at");
static_assert(offsetof(ppo_batch, starts_at) == 48, "ppo_batch.starts_at");
static_assert(std::is_same_v<decltype(ppo_batch::starts_at), ppo_time>, "ppo_batch.starts_at");
static_assert(offsetof(ppo_batch, ended_at) == 56, "ppo_batch.ended_at");
static_assert(std::is_same_v<decltype(ppo_batch::ended_at), ppo_time>, "ppo_batch.ended_at");
static_assert(offsetof(ppo_batch, done_at) == 64, "ppo_batch.done_at");
static_assert(std::is_same_v<decltype(ppo_batch::done_at), ppo_time>, "ppo_batch.done_at");
static_assert(offsetof(ppo_batch, selected) == 72, "ppo_batch.selected");
static_assert(std::is_same_v<decltype(ppo_batch::selected), uint64_t>, "ppo_batch.selected");
static_assert(offsetof(ppo_batch, by_outcome) == 80, "ppo_batch.by_outcome");
static_assert(std::is_same_v<decltype(ppo_batch::by_outcome), uint64_t[PPO_OUTCOMES]>,
              "ppo_batch.by_outcome");
static_assert(offsetof(ppo_batch, mails_per_minute) == 272, "ppo_batch.mails_per_minute");
static_assert(std::is_same_v<decltype(ppo_batch::mails_per_minute), uint64_t>,
              "ppo_batch.mails_per_minute");

static_assert(sizeof(ppo_batch_sink) == 16, "ppo_batch_sink");
static_assert(offsetof(ppo_batch_sink, context) == 0, "ppo_batch_sink.context");
static_assert(std::is_same_v<decltype(ppo_batch_sink::context), void*>, "ppo_batch_sink.context");
static_assert(offsetof(ppo_batch_sink, put) == 8, "ppo_batch_sink.put");
static_assert(std::is_same_v<decltype(ppo_batch_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const ppo_batch* batch)>,
              "ppo_batch_sink.put");

static_assert(sizeof(ppo_batch_started) >= 104, "ppo_batch_started");
static_assert(offsetof(ppo_batch_started, struct_size) == 0, "ppo_batch_started.struct_size");
static_assert(std::is_same_v<decltype(ppo_batch_started::struct_size), uint32_t>,
              "ppo_batch_started.struct_size");
static_assert(offsetof(ppo_batch_started, state) == 4, "ppo_batch_started.state");
static_assert(std::is_same_v<decltype(ppo_batch_started::state), uint32_t>,
              "ppo_batch_started.state");
static_assert(offsetof(ppo_batch_started, selected) == 8, "ppo_batch_started.selected");
static_assert(std::is_same_v<decltype(ppo_batch_started::selected), uint64_t>,
              "ppo_batch_started.selected");
static_assert(offsetof(ppo_batch_started, to_mail) == 16, "ppo_batch_started.to_mail");
static_assert(std::is_same_v<decltype(ppo_batch_started::to_mail), uint64_t>,
              "ppo_batch_started.to_mail");
static_assert(offsetof(ppo_batch_started, starts_at) == 24, "ppo_batch_started.starts_at");
static_assert(std::is_same_v<decltype(ppo_batch_started::starts_at), ppo_time>,
              "ppo_batch_started.starts_at");
static_assert(offsetof(ppo_batch_started, batch_id) == 32, "ppo_batch_started.batch_id");
static_assert(std::is_same_v<decltype(ppo_batch_started::batch_id), char[72]>,
              "ppo_batch_started.batch_id");

static_assert(sizeof(ppo_batch_person) >= 80, "ppo_batch_person");
static_assert(offsetof(ppo_batch_person, struct_size) == 0, "ppo_batch_person.struct_size");
static_assert(std::is_same_v<decltype(ppo_batch_person::struct_size), uint32_t>,
              "ppo_batch_person.struct_size");
static_assert(offsetof(ppo_batch_person, outcome) == 4, "ppo_batch_person.outcome");
static_assert(std::is_same_v<decltype(ppo_batch_person::outcome), uint32_t>,
              "ppo_batch_person.outcome");
static_assert(offsetof(ppo_batch_person, skipped_because) == 8, "ppo_batch_person.skipped_because");
static_assert(std::is_same_v<decltype(ppo_batch_person::skipped_because), ppo_result>,
              "ppo_batch_person.skipped_because");
static_assert(offsetof(ppo_batch_person, place) == 12, "ppo_batch_person.place");
static_assert(std::is_same_v<decltype(ppo_batch_person::place), uint32_t>,
              "ppo_batch_person.place");
static_assert(offsetof(ppo_batch_person, patient_id) == 16, "ppo_batch_person.patient_id");
static_assert(std::is_same_v<decltype(ppo_batch_person::patient_id), ppo_text>,
              "ppo_batch_person.patient_id");
static_assert(offsetof(ppo_batch_person, name) == 32, "ppo_batch_person.name");
static_assert(std::is_same_v<decltype(ppo_batch_person::name), ppo_text>, "ppo_batch_person.name");
static_assert(offsetof(ppo_batch_person, reason) == 48, "ppo_batch_person.reason");
static_assert(std::is_same_v<decltype(ppo_batch_person::reason), ppo_text>,
              "ppo_batch_person.reason");
static_assert(offsetof(ppo_batch_person, queued_at) == 64, "ppo_batch_person.queued_at");
static_assert(std::is_same_v<decltype(ppo_batch_person::queued_at), ppo_time>,
              "ppo_batch_person.queued_at");
static_assert(offsetof(ppo_batch_person, next_try_at) == 72, "ppo_batch_person.next_try_at");
static_assert(std::is_same_v<decltype(ppo_batch_person::next_try_at), ppo_time>,
              "ppo_batch_person.next_try_at");

static_assert(sizeof(ppo_batch_person_sink) == 16, "ppo_batch_person_sink");
static_assert(offsetof(ppo_batch_person_sink, context) == 0, "ppo_batch_person_sink.context");
static_assert(std::is_same_v<decltype(ppo_batch_person_sink::context), void*>,
              "ppo_batch_person_sink.context");
static_assert(offsetof(ppo_batch_person_sink, put) == 8, "ppo_batch_person_sink.put");
static_assert(std::is_same_v<decltype(ppo_batch_person_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const ppo_batch_person* person)>,
              "ppo_batch_person_sink.put");

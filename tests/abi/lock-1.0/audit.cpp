// SPDX-License-Identifier: Apache-2.0
// Locked with contract 1.0: this file never changes. What is appended later has a lock of its own.
#include "ppo/audit.h"

#include <string_view>
#include <type_traits>

static_assert(PPO_ACTOR_STAFF == 1, "PPO_ACTOR_STAFF");
static_assert(PPO_ACTOR_PATIENT == 2, "PPO_ACTOR_PATIENT");
static_assert(PPO_ACTOR_PLUGIN == 3, "PPO_ACTOR_PLUGIN");
static_assert(PPO_ACTOR_HOST == 4, "PPO_ACTOR_HOST");
static_assert(PPO_AUDIT_ALTERED == 1, "PPO_AUDIT_ALTERED");
static_assert(PPO_AUDIT_MISSING == 2, "PPO_AUDIT_MISSING");
static_assert(PPO_AUDIT_OUT_OF_ORDER == 3, "PPO_AUDIT_OUT_OF_ORDER");
static_assert(PPO_AUDIT_CUT_OFF == 4, "PPO_AUDIT_CUT_OFF");
static_assert(PPO_AUDIT_KEY_MISSING == 5, "PPO_AUDIT_KEY_MISSING");
static_assert(PPO_AUDIT_REPLACED == 6, "PPO_AUDIT_REPLACED");
static_assert(std::string_view{PPO_AUDIT_1} == "ppo.audit/1", "PPO_AUDIT_1");

static_assert(sizeof(ppo_audit_entry) >= 120, "ppo_audit_entry");
static_assert(offsetof(ppo_audit_entry, struct_size) == 0, "ppo_audit_entry.struct_size");
static_assert(std::is_same_v<decltype(ppo_audit_entry::struct_size), uint32_t>,
              "ppo_audit_entry.struct_size");
static_assert(offsetof(ppo_audit_entry, actor) == 4, "ppo_audit_entry.actor");
static_assert(std::is_same_v<decltype(ppo_audit_entry::actor), uint32_t>, "ppo_audit_entry.actor");
static_assert(offsetof(ppo_audit_entry, sequence) == 8, "ppo_audit_entry.sequence");
static_assert(std::is_same_v<decltype(ppo_audit_entry::sequence), uint64_t>,
              "ppo_audit_entry.sequence");
static_assert(offsetof(ppo_audit_entry, at) == 16, "ppo_audit_entry.at");
static_assert(std::is_same_v<decltype(ppo_audit_entry::at), ppo_time>, "ppo_audit_entry.at");
static_assert(offsetof(ppo_audit_entry, actor_id) == 24, "ppo_audit_entry.actor_id");
static_assert(std::is_same_v<decltype(ppo_audit_entry::actor_id), ppo_text>,
              "ppo_audit_entry.actor_id");
static_assert(offsetof(ppo_audit_entry, from) == 40, "ppo_audit_entry.from");
static_assert(std::is_same_v<decltype(ppo_audit_entry::from), ppo_text>, "ppo_audit_entry.from");
static_assert(offsetof(ppo_audit_entry, action) == 56, "ppo_audit_entry.action");
static_assert(std::is_same_v<decltype(ppo_audit_entry::action), ppo_text>,
              "ppo_audit_entry.action");
static_assert(offsetof(ppo_audit_entry, patient_id) == 72, "ppo_audit_entry.patient_id");
static_assert(std::is_same_v<decltype(ppo_audit_entry::patient_id), ppo_text>,
              "ppo_audit_entry.patient_id");
static_assert(offsetof(ppo_audit_entry, outcome) == 88, "ppo_audit_entry.outcome");
static_assert(std::is_same_v<decltype(ppo_audit_entry::outcome), ppo_text>,
              "ppo_audit_entry.outcome");
static_assert(offsetof(ppo_audit_entry, detail) == 104, "ppo_audit_entry.detail");
static_assert(std::is_same_v<decltype(ppo_audit_entry::detail), ppo_text>,
              "ppo_audit_entry.detail");

static_assert(sizeof(ppo_audit_sink) == 16, "ppo_audit_sink");
static_assert(offsetof(ppo_audit_sink, context) == 0, "ppo_audit_sink.context");
static_assert(std::is_same_v<decltype(ppo_audit_sink::context), void*>, "ppo_audit_sink.context");
static_assert(offsetof(ppo_audit_sink, put) == 8, "ppo_audit_sink.put");
static_assert(std::is_same_v<decltype(ppo_audit_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const ppo_audit_entry* entry)>,
              "ppo_audit_sink.put");

static_assert(sizeof(ppo_audit_query) >= 40, "ppo_audit_query");
static_assert(offsetof(ppo_audit_query, struct_size) == 0, "ppo_audit_query.struct_size");
static_assert(std::is_same_v<decltype(ppo_audit_query::struct_size), uint32_t>,
              "ppo_audit_query.struct_size");
static_assert(offsetof(ppo_audit_query, reserved) == 4, "ppo_audit_query.reserved");
static_assert(std::is_same_v<decltype(ppo_audit_query::reserved), uint32_t>,
              "ppo_audit_query.reserved");
static_assert(offsetof(ppo_audit_query, after_sequence) == 8, "ppo_audit_query.after_sequence");
static_assert(std::is_same_v<decltype(ppo_audit_query::after_sequence), uint64_t>,
              "ppo_audit_query.after_sequence");
static_assert(offsetof(ppo_audit_query, limit) == 16, "ppo_audit_query.limit");
static_assert(std::is_same_v<decltype(ppo_audit_query::limit), uint64_t>, "ppo_audit_query.limit");
static_assert(offsetof(ppo_audit_query, patient_id) == 24, "ppo_audit_query.patient_id");
static_assert(std::is_same_v<decltype(ppo_audit_query::patient_id), ppo_text>,
              "ppo_audit_query.patient_id");

static_assert(sizeof(ppo_audit_verdict) >= 32, "ppo_audit_verdict");
static_assert(offsetof(ppo_audit_verdict, struct_size) == 0, "ppo_audit_verdict.struct_size");
static_assert(std::is_same_v<decltype(ppo_audit_verdict::struct_size), uint32_t>,
              "ppo_audit_verdict.struct_size");
static_assert(offsetof(ppo_audit_verdict, intact) == 4, "ppo_audit_verdict.intact");
static_assert(std::is_same_v<decltype(ppo_audit_verdict::intact), uint32_t>,
              "ppo_audit_verdict.intact");
static_assert(offsetof(ppo_audit_verdict, entries) == 8, "ppo_audit_verdict.entries");
static_assert(std::is_same_v<decltype(ppo_audit_verdict::entries), uint64_t>,
              "ppo_audit_verdict.entries");
static_assert(offsetof(ppo_audit_verdict, first_bad_sequence) == 16,
              "ppo_audit_verdict.first_bad_sequence");
static_assert(std::is_same_v<decltype(ppo_audit_verdict::first_bad_sequence), uint64_t>,
              "ppo_audit_verdict.first_bad_sequence");
static_assert(offsetof(ppo_audit_verdict, flaw) == 24, "ppo_audit_verdict.flaw");
static_assert(std::is_same_v<decltype(ppo_audit_verdict::flaw), uint32_t>,
              "ppo_audit_verdict.flaw");
static_assert(offsetof(ppo_audit_verdict, reserved) == 28, "ppo_audit_verdict.reserved");
static_assert(std::is_same_v<decltype(ppo_audit_verdict::reserved), uint32_t>,
              "ppo_audit_verdict.reserved");

static_assert(sizeof(ppo_audit_1) >= 32, "ppo_audit_1");
static_assert(offsetof(ppo_audit_1, struct_size) == 0, "ppo_audit_1.struct_size");
static_assert(std::is_same_v<decltype(ppo_audit_1::struct_size), uint32_t>,
              "ppo_audit_1.struct_size");
static_assert(offsetof(ppo_audit_1, reserved) == 4, "ppo_audit_1.reserved");
static_assert(std::is_same_v<decltype(ppo_audit_1::reserved), uint32_t>, "ppo_audit_1.reserved");
static_assert(offsetof(ppo_audit_1, read) == 8, "ppo_audit_1.read");
static_assert(std::is_same_v<decltype(ppo_audit_1::read),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   const ppo_audit_query* query,
                                                   const ppo_audit_sink* sink, ppo_error* error)>,
              "ppo_audit_1.read");
static_assert(offsetof(ppo_audit_1, verify) == 16, "ppo_audit_1.verify");
static_assert(std::is_same_v<decltype(ppo_audit_1::verify),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   ppo_audit_verdict* verdict, ppo_error* error)>,
              "ppo_audit_1.verify");
static_assert(offsetof(ppo_audit_1, verify_against) == 24, "ppo_audit_1.verify_against");
static_assert(
    std::is_same_v<decltype(ppo_audit_1::verify_against),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         const ppo_checkpoint* checkpoints, uint64_t count,
                                         ppo_audit_verdict* verdict, ppo_error* error)>,
    "ppo_audit_1.verify_against");

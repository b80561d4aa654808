// SPDX-License-Identifier: Apache-2.0
// Locked with contract 1.0: this file never changes. What is appended later has a lock of its own.
#include "ppo/onboarding.h"

#include <string_view>
#include <type_traits>

static_assert(PPO_DIRECTORY_NOT_READ == 0, "PPO_DIRECTORY_NOT_READ");
static_assert(PPO_DIRECTORY_READING == 1, "PPO_DIRECTORY_READING");
static_assert(PPO_DIRECTORY_READ == 2, "PPO_DIRECTORY_READ");
static_assert(PPO_DIRECTORY_BROKE_OFF == 3, "PPO_DIRECTORY_BROKE_OFF");
static_assert(std::string_view{PPO_ONBOARDING_1} == "ppo.onboarding/1", "PPO_ONBOARDING_1");

static_assert(sizeof(ppo_invitation) >= 16, "ppo_invitation");
static_assert(offsetof(ppo_invitation, struct_size) == 0, "ppo_invitation.struct_size");
static_assert(std::is_same_v<decltype(ppo_invitation::struct_size), uint32_t>,
              "ppo_invitation.struct_size");
static_assert(offsetof(ppo_invitation, mail_state) == 4, "ppo_invitation.mail_state");
static_assert(std::is_same_v<decltype(ppo_invitation::mail_state), uint32_t>,
              "ppo_invitation.mail_state");
static_assert(offsetof(ppo_invitation, link_expires_at) == 8, "ppo_invitation.link_expires_at");
static_assert(std::is_same_v<decltype(ppo_invitation::link_expires_at), ppo_time>,
              "ppo_invitation.link_expires_at");

static_assert(sizeof(ppo_credentials) >= 40, "ppo_credentials");
static_assert(offsetof(ppo_credentials, struct_size) == 0, "ppo_credentials.struct_size");
static_assert(std::is_same_v<decltype(ppo_credentials::struct_size), uint32_t>,
              "ppo_credentials.struct_size");
static_assert(offsetof(ppo_credentials, flags) == 4, "ppo_credentials.flags");
static_assert(std::is_same_v<decltype(ppo_credentials::flags), uint32_t>, "ppo_credentials.flags");
static_assert(offsetof(ppo_credentials, username) == 8, "ppo_credentials.username");
static_assert(std::is_same_v<decltype(ppo_credentials::username), ppo_text>,
              "ppo_credentials.username");
static_assert(offsetof(ppo_credentials, password) == 24, "ppo_credentials.password");
static_assert(std::is_same_v<decltype(ppo_credentials::password), ppo_text>,
              "ppo_credentials.password");

static_assert(sizeof(ppo_directory_progress) >= 48, "ppo_directory_progress");
static_assert(offsetof(ppo_directory_progress, struct_size) == 0,
              "ppo_directory_progress.struct_size");
static_assert(std::is_same_v<decltype(ppo_directory_progress::struct_size), uint32_t>,
              "ppo_directory_progress.struct_size");
static_assert(offsetof(ppo_directory_progress, state) == 4, "ppo_directory_progress.state");
static_assert(std::is_same_v<decltype(ppo_directory_progress::state), uint32_t>,
              "ppo_directory_progress.state");
static_assert(offsetof(ppo_directory_progress, taken) == 8, "ppo_directory_progress.taken");
static_assert(std::is_same_v<decltype(ppo_directory_progress::taken), uint64_t>,
              "ppo_directory_progress.taken");
static_assert(offsetof(ppo_directory_progress, left_out) == 16, "ppo_directory_progress.left_out");
static_assert(std::is_same_v<decltype(ppo_directory_progress::left_out), uint64_t>,
              "ppo_directory_progress.left_out");
static_assert(offsetof(ppo_directory_progress, gone) == 24, "ppo_directory_progress.gone");
static_assert(std::is_same_v<decltype(ppo_directory_progress::gone), uint64_t>,
              "ppo_directory_progress.gone");
static_assert(offsetof(ppo_directory_progress, started_at) == 32,
              "ppo_directory_progress.started_at");
static_assert(std::is_same_v<decltype(ppo_directory_progress::started_at), ppo_time>,
              "ppo_directory_progress.started_at");
static_assert(offsetof(ppo_directory_progress, ended_at) == 40, "ppo_directory_progress.ended_at");
static_assert(std::is_same_v<decltype(ppo_directory_progress::ended_at), ppo_time>,
              "ppo_directory_progress.ended_at");

static_assert(sizeof(ppo_onboarding_1) >= 200, "ppo_onboarding_1");
static_assert(offsetof(ppo_onboarding_1, struct_size) == 0, "ppo_onboarding_1.struct_size");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::struct_size), uint32_t>,
              "ppo_onboarding_1.struct_size");
static_assert(offsetof(ppo_onboarding_1, reserved) == 4, "ppo_onboarding_1.reserved");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::reserved), uint32_t>,
              "ppo_onboarding_1.reserved");
static_assert(offsetof(ppo_onboarding_1, get_account) == 8, "ppo_onboarding_1.get_account");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::get_account),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   ppo_text patient_id,
                                                   const ppo_account_sink* sink, ppo_error* error)>,
              "ppo_onboarding_1.get_account");
static_assert(offsetof(ppo_onboarding_1, set_access) == 16, "ppo_onboarding_1.set_access");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::set_access),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   ppo_text patient_id, int32_t enabled,
                                                   ppo_account_state* state, ppo_error* error)>,
              "ppo_onboarding_1.set_access");
static_assert(offsetof(ppo_onboarding_1, check_username) == 24, "ppo_onboarding_1.check_username");
static_assert(
    std::is_same_v<decltype(ppo_onboarding_1::check_username),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         ppo_text patient_id, ppo_text username,
                                         const ppo_username_verdict_sink* sink, ppo_error* error)>,
    "ppo_onboarding_1.check_username");
static_assert(offsetof(ppo_onboarding_1, set_credentials) == 32,
              "ppo_onboarding_1.set_credentials");
static_assert(
    std::is_same_v<decltype(ppo_onboarding_1::set_credentials),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         ppo_text patient_id, const ppo_credentials* credentials,
                                         ppo_account_state* state, ppo_error* error)>,
    "ppo_onboarding_1.set_credentials");
static_assert(offsetof(ppo_onboarding_1, send_invitation) == 40,
              "ppo_onboarding_1.send_invitation");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::send_invitation),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   ppo_text patient_id, ppo_invitation* sent,
                                                   ppo_error* error)>,
              "ppo_onboarding_1.send_invitation");
static_assert(offsetof(ppo_onboarding_1, revoke_invitation) == 48,
              "ppo_onboarding_1.revoke_invitation");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::revoke_invitation),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   ppo_text patient_id, ppo_error* error)>,
              "ppo_onboarding_1.revoke_invitation");
static_assert(offsetof(ppo_onboarding_1, lift_delays) == 56, "ppo_onboarding_1.lift_delays");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::lift_delays),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   ppo_text patient_id, ppo_error* error)>,
              "ppo_onboarding_1.lift_delays");
static_assert(offsetof(ppo_onboarding_1, patient_changed) == 64,
              "ppo_onboarding_1.patient_changed");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::patient_changed),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_patient* patient,
                                                   ppo_error* error)>,
              "ppo_onboarding_1.patient_changed");
static_assert(offsetof(ppo_onboarding_1, patient_removed) == 72,
              "ppo_onboarding_1.patient_removed");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::patient_removed),
                             ppo_result(PPO_CALL*)(ppo_instance* self, ppo_text patient_id,
                                                   ppo_error* error)>,
              "ppo_onboarding_1.patient_removed");
static_assert(offsetof(ppo_onboarding_1, patient_merged) == 80, "ppo_onboarding_1.patient_merged");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::patient_merged),
                             ppo_result(PPO_CALL*)(ppo_instance* self, ppo_text losing_id,
                                                   ppo_text surviving_id, ppo_error* error)>,
              "ppo_onboarding_1.patient_merged");
static_assert(offsetof(ppo_onboarding_1, sync_directory) == 88, "ppo_onboarding_1.sync_directory");
static_assert(
    std::is_same_v<decltype(ppo_onboarding_1::sync_directory),
                   ppo_result(PPO_CALL*)(ppo_instance* self, uint64_t* read, ppo_error* error)>,
    "ppo_onboarding_1.sync_directory");
static_assert(offsetof(ppo_onboarding_1, preview_batch) == 96, "ppo_onboarding_1.preview_batch");
static_assert(
    std::is_same_v<decltype(ppo_onboarding_1::preview_batch),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         const ppo_batch_selection* selection,
                                         const ppo_batch_preview_sink* sink, ppo_error* error)>,
    "ppo_onboarding_1.preview_batch");
static_assert(offsetof(ppo_onboarding_1, start_batch) == 104, "ppo_onboarding_1.start_batch");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::start_batch),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   const ppo_batch_selection* selection,
                                                   ppo_batch_started* started, ppo_error* error)>,
              "ppo_onboarding_1.start_batch");
static_assert(offsetof(ppo_onboarding_1, undo_batch) == 112, "ppo_onboarding_1.undo_batch");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::undo_batch),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   ppo_text batch_id, ppo_error* error)>,
              "ppo_onboarding_1.undo_batch");
static_assert(offsetof(ppo_onboarding_1, pause_batch) == 120, "ppo_onboarding_1.pause_batch");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::pause_batch),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   ppo_text batch_id, ppo_error* error)>,
              "ppo_onboarding_1.pause_batch");
static_assert(offsetof(ppo_onboarding_1, resume_batch) == 128, "ppo_onboarding_1.resume_batch");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::resume_batch),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   ppo_text batch_id, ppo_error* error)>,
              "ppo_onboarding_1.resume_batch");
static_assert(offsetof(ppo_onboarding_1, cancel_batch) == 136, "ppo_onboarding_1.cancel_batch");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::cancel_batch),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   ppo_text batch_id, ppo_error* error)>,
              "ppo_onboarding_1.cancel_batch");
static_assert(offsetof(ppo_onboarding_1, each_batch) == 144, "ppo_onboarding_1.each_batch");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::each_batch),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   ppo_text batch_id, const ppo_batch_sink* sink,
                                                   ppo_error* error)>,
              "ppo_onboarding_1.each_batch");
static_assert(offsetof(ppo_onboarding_1, each_batch_person) == 152,
              "ppo_onboarding_1.each_batch_person");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::each_batch_person),
                             ppo_result(PPO_CALL*)(
                                 ppo_instance* self, const ppo_caller* caller, ppo_text batch_id,
                                 uint32_t outcomes, uint32_t after, uint64_t limit,
                                 const ppo_batch_person_sink* sink, ppo_error* error)>,
              "ppo_onboarding_1.each_batch_person");
static_assert(offsetof(ppo_onboarding_1, write_batch) == 160, "ppo_onboarding_1.write_batch");
static_assert(
    std::is_same_v<decltype(ppo_onboarding_1::write_batch),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         ppo_text batch_id, uint32_t outcomes, ppo_text format,
                                         const ppo_text_sink* sink, ppo_error* error)>,
    "ppo_onboarding_1.write_batch");
static_assert(offsetof(ppo_onboarding_1, take_delivery_report) == 168,
              "ppo_onboarding_1.take_delivery_report");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::take_delivery_report),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const uint8_t* report,
                                                   size_t size, ppo_error* error)>,
              "ppo_onboarding_1.take_delivery_report");
static_assert(offsetof(ppo_onboarding_1, set_consent) == 176, "ppo_onboarding_1.set_consent");
static_assert(
    std::is_same_v<decltype(ppo_onboarding_1::set_consent),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         ppo_text patient_id, uint32_t consent, ppo_time until,
                                         ppo_account_state* state, ppo_error* error)>,
    "ppo_onboarding_1.set_consent");
static_assert(offsetof(ppo_onboarding_1, set_access_of_many) == 184,
              "ppo_onboarding_1.set_access_of_many");
static_assert(std::is_same_v<decltype(ppo_onboarding_1::set_access_of_many),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   const ppo_batch_selection* selection,
                                                   int32_t enabled, uint64_t most,
                                                   ppo_access_of_many* done, ppo_error* error)>,
              "ppo_onboarding_1.set_access_of_many");
static_assert(offsetof(ppo_onboarding_1, directory_progress) == 192,
              "ppo_onboarding_1.directory_progress");
static_assert(
    std::is_same_v<decltype(ppo_onboarding_1::directory_progress),
                   ppo_result(PPO_CALL*)(ppo_instance* self, ppo_directory_progress* progress,
                                         ppo_error* error)>,
    "ppo_onboarding_1.directory_progress");

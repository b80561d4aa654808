// SPDX-License-Identifier: Apache-2.0
// Locked with contract 1.0: this file never changes. What is appended later has a lock of its own.
#include "ppo/host.h"

#include <string_view>
#include <type_traits>

static_assert(PPO_LOG_DEBUG == 1, "PPO_LOG_DEBUG");
static_assert(PPO_LOG_INFO == 2, "PPO_LOG_INFO");
static_assert(PPO_LOG_WARNING == 3, "PPO_LOG_WARNING");
static_assert(PPO_LOG_ERROR == 4, "PPO_LOG_ERROR");
static_assert(PPO_LOG_HOST_MISUSE == 5, "PPO_LOG_HOST_MISUSE");
static_assert(PPO_CHART_ACTIVE == 1, "PPO_CHART_ACTIVE");
static_assert(PPO_CHART_PROSPECTIVE == 2, "PPO_CHART_PROSPECTIVE");
static_assert(PPO_CHART_INACTIVE == 3, "PPO_CHART_INACTIVE");
static_assert(PPO_CHART_DECEASED == 4, "PPO_CHART_DECEASED");
static_assert(PPO_PATIENT_ACCESS_GRANTED == 1, "PPO_PATIENT_ACCESS_GRANTED");
static_assert(PPO_PATIENT_OPTED_OUT == 2, "PPO_PATIENT_OPTED_OUT");
static_assert(std::string_view{PPO_HOST_DIRECTORY_1} == "ppo.host.directory/1",
              "PPO_HOST_DIRECTORY_1");
static_assert(std::string_view{PPO_HOST_SECRETS_1} == "ppo.host.secrets/1", "PPO_HOST_SECRETS_1");
static_assert(std::string_view{PPO_HOST_MAIL_1} == "ppo.host.mail/1", "PPO_HOST_MAIL_1");
static_assert(std::string_view{PPO_HOST_UI_1} == "ppo.host.ui/1", "PPO_HOST_UI_1");
static_assert(std::string_view{PPO_HOST_SESSIONS_1} == "ppo.host.sessions/1",
              "PPO_HOST_SESSIONS_1");
static_assert(std::string_view{PPO_HOST_AUDIT_1} == "ppo.host.audit/1", "PPO_HOST_AUDIT_1");

static_assert(sizeof(ppo_host) >= 48, "ppo_host");
static_assert(offsetof(ppo_host, struct_size) == 0, "ppo_host.struct_size");
static_assert(std::is_same_v<decltype(ppo_host::struct_size), uint32_t>, "ppo_host.struct_size");
static_assert(offsetof(ppo_host, abi_major) == 4, "ppo_host.abi_major");
static_assert(std::is_same_v<decltype(ppo_host::abi_major), uint32_t>, "ppo_host.abi_major");
static_assert(offsetof(ppo_host, abi_minor) == 8, "ppo_host.abi_minor");
static_assert(std::is_same_v<decltype(ppo_host::abi_minor), uint32_t>, "ppo_host.abi_minor");
static_assert(offsetof(ppo_host, flags) == 12, "ppo_host.flags");
static_assert(std::is_same_v<decltype(ppo_host::flags), uint32_t>, "ppo_host.flags");
static_assert(offsetof(ppo_host, context) == 16, "ppo_host.context");
static_assert(std::is_same_v<decltype(ppo_host::context), void*>, "ppo_host.context");
static_assert(offsetof(ppo_host, log) == 24, "ppo_host.log");
static_assert(
    std::is_same_v<decltype(ppo_host::log),
                   void(PPO_CALL*)(void* context, int32_t level, const char* text, size_t size)>,
    "ppo_host.log");
static_assert(offsetof(ppo_host, now) == 32, "ppo_host.now");
static_assert(std::is_same_v<decltype(ppo_host::now), ppo_time(PPO_CALL*)(void* context)>,
              "ppo_host.now");
static_assert(offsetof(ppo_host, query) == 40, "ppo_host.query");
static_assert(std::is_same_v<decltype(ppo_host::query),
                             const void*(PPO_CALL*)(void* context, const char* id, size_t size)>,
              "ppo_host.query");

static_assert(sizeof(ppo_patient) >= 176, "ppo_patient");
static_assert(offsetof(ppo_patient, struct_size) == 0, "ppo_patient.struct_size");
static_assert(std::is_same_v<decltype(ppo_patient::struct_size), uint32_t>,
              "ppo_patient.struct_size");
static_assert(offsetof(ppo_patient, chart_status) == 4, "ppo_patient.chart_status");
static_assert(std::is_same_v<decltype(ppo_patient::chart_status), uint32_t>,
              "ppo_patient.chart_status");
static_assert(offsetof(ppo_patient, flags) == 8, "ppo_patient.flags");
static_assert(std::is_same_v<decltype(ppo_patient::flags), uint32_t>, "ppo_patient.flags");
static_assert(offsetof(ppo_patient, reserved) == 12, "ppo_patient.reserved");
static_assert(std::is_same_v<decltype(ppo_patient::reserved), uint32_t>, "ppo_patient.reserved");
static_assert(offsetof(ppo_patient, id) == 16, "ppo_patient.id");
static_assert(std::is_same_v<decltype(ppo_patient::id), ppo_text>, "ppo_patient.id");
static_assert(offsetof(ppo_patient, first_name) == 32, "ppo_patient.first_name");
static_assert(std::is_same_v<decltype(ppo_patient::first_name), ppo_text>,
              "ppo_patient.first_name");
static_assert(offsetof(ppo_patient, last_name) == 48, "ppo_patient.last_name");
static_assert(std::is_same_v<decltype(ppo_patient::last_name), ppo_text>, "ppo_patient.last_name");
static_assert(offsetof(ppo_patient, birth_date) == 64, "ppo_patient.birth_date");
static_assert(std::is_same_v<decltype(ppo_patient::birth_date), ppo_text>,
              "ppo_patient.birth_date");
static_assert(offsetof(ppo_patient, email) == 80, "ppo_patient.email");
static_assert(std::is_same_v<decltype(ppo_patient::email), ppo_text>, "ppo_patient.email");
static_assert(offsetof(ppo_patient, postal_code) == 96, "ppo_patient.postal_code");
static_assert(std::is_same_v<decltype(ppo_patient::postal_code), ppo_text>,
              "ppo_patient.postal_code");
static_assert(offsetof(ppo_patient, language) == 112, "ppo_patient.language");
static_assert(std::is_same_v<decltype(ppo_patient::language), ppo_text>, "ppo_patient.language");
static_assert(offsetof(ppo_patient, provider) == 128, "ppo_patient.provider");
static_assert(std::is_same_v<decltype(ppo_patient::provider), ppo_text>, "ppo_patient.provider");
static_assert(offsetof(ppo_patient, tags) == 144, "ppo_patient.tags");
static_assert(std::is_same_v<decltype(ppo_patient::tags), const ppo_text*>, "ppo_patient.tags");
static_assert(offsetof(ppo_patient, tag_count) == 152, "ppo_patient.tag_count");
static_assert(std::is_same_v<decltype(ppo_patient::tag_count), uint64_t>, "ppo_patient.tag_count");
static_assert(offsetof(ppo_patient, next_appointment) == 160, "ppo_patient.next_appointment");
static_assert(std::is_same_v<decltype(ppo_patient::next_appointment), ppo_time>,
              "ppo_patient.next_appointment");
static_assert(offsetof(ppo_patient, last_appointment) == 168, "ppo_patient.last_appointment");
static_assert(std::is_same_v<decltype(ppo_patient::last_appointment), ppo_time>,
              "ppo_patient.last_appointment");

static_assert(sizeof(ppo_patient_sink) == 16, "ppo_patient_sink");
static_assert(offsetof(ppo_patient_sink, context) == 0, "ppo_patient_sink.context");
static_assert(std::is_same_v<decltype(ppo_patient_sink::context), void*>,
              "ppo_patient_sink.context");
static_assert(offsetof(ppo_patient_sink, put) == 8, "ppo_patient_sink.put");
static_assert(std::is_same_v<decltype(ppo_patient_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const ppo_patient* patient)>,
              "ppo_patient_sink.put");

static_assert(sizeof(ppo_host_directory_1) >= 24, "ppo_host_directory_1");
static_assert(offsetof(ppo_host_directory_1, struct_size) == 0, "ppo_host_directory_1.struct_size");
static_assert(std::is_same_v<decltype(ppo_host_directory_1::struct_size), uint32_t>,
              "ppo_host_directory_1.struct_size");
static_assert(offsetof(ppo_host_directory_1, reserved) == 4, "ppo_host_directory_1.reserved");
static_assert(std::is_same_v<decltype(ppo_host_directory_1::reserved), uint32_t>,
              "ppo_host_directory_1.reserved");
static_assert(offsetof(ppo_host_directory_1, get_patient) == 8, "ppo_host_directory_1.get_patient");
static_assert(std::is_same_v<decltype(ppo_host_directory_1::get_patient),
                             ppo_result(PPO_CALL*)(void* context, const char* id, size_t size,
                                                   const ppo_patient_sink* sink, ppo_error* error)>,
              "ppo_host_directory_1.get_patient");
static_assert(offsetof(ppo_host_directory_1, each_patient) == 16,
              "ppo_host_directory_1.each_patient");
static_assert(std::is_same_v<decltype(ppo_host_directory_1::each_patient),
                             ppo_result(PPO_CALL*)(void* context, const ppo_patient_sink* sink,
                                                   ppo_error* error)>,
              "ppo_host_directory_1.each_patient");

static_assert(sizeof(ppo_key_sink) == 16, "ppo_key_sink");
static_assert(offsetof(ppo_key_sink, context) == 0, "ppo_key_sink.context");
static_assert(std::is_same_v<decltype(ppo_key_sink::context), void*>, "ppo_key_sink.context");
static_assert(offsetof(ppo_key_sink, put) == 8, "ppo_key_sink.put");
static_assert(std::is_same_v<decltype(ppo_key_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const char* id, size_t id_size,
                                                   const uint8_t* key, size_t key_size)>,
              "ppo_key_sink.put");

static_assert(sizeof(ppo_host_secrets_1) >= 16, "ppo_host_secrets_1");
static_assert(offsetof(ppo_host_secrets_1, struct_size) == 0, "ppo_host_secrets_1.struct_size");
static_assert(std::is_same_v<decltype(ppo_host_secrets_1::struct_size), uint32_t>,
              "ppo_host_secrets_1.struct_size");
static_assert(offsetof(ppo_host_secrets_1, reserved) == 4, "ppo_host_secrets_1.reserved");
static_assert(std::is_same_v<decltype(ppo_host_secrets_1::reserved), uint32_t>,
              "ppo_host_secrets_1.reserved");
static_assert(offsetof(ppo_host_secrets_1, each_key) == 8, "ppo_host_secrets_1.each_key");
static_assert(std::is_same_v<decltype(ppo_host_secrets_1::each_key),
                             ppo_result(PPO_CALL*)(void* context, const ppo_key_sink* sink,
                                                   ppo_error* error)>,
              "ppo_host_secrets_1.each_key");

static_assert(sizeof(ppo_mail) >= 72, "ppo_mail");
static_assert(offsetof(ppo_mail, struct_size) == 0, "ppo_mail.struct_size");
static_assert(std::is_same_v<decltype(ppo_mail::struct_size), uint32_t>, "ppo_mail.struct_size");
static_assert(offsetof(ppo_mail, flags) == 4, "ppo_mail.flags");
static_assert(std::is_same_v<decltype(ppo_mail::flags), uint32_t>, "ppo_mail.flags");
static_assert(offsetof(ppo_mail, message_id) == 8, "ppo_mail.message_id");
static_assert(std::is_same_v<decltype(ppo_mail::message_id), ppo_text>, "ppo_mail.message_id");
static_assert(offsetof(ppo_mail, sender) == 24, "ppo_mail.sender");
static_assert(std::is_same_v<decltype(ppo_mail::sender), ppo_text>, "ppo_mail.sender");
static_assert(offsetof(ppo_mail, recipient) == 40, "ppo_mail.recipient");
static_assert(std::is_same_v<decltype(ppo_mail::recipient), ppo_text>, "ppo_mail.recipient");
static_assert(offsetof(ppo_mail, message) == 56, "ppo_mail.message");
static_assert(std::is_same_v<decltype(ppo_mail::message), ppo_text>, "ppo_mail.message");

static_assert(sizeof(ppo_host_mail_1) >= 16, "ppo_host_mail_1");
static_assert(offsetof(ppo_host_mail_1, struct_size) == 0, "ppo_host_mail_1.struct_size");
static_assert(std::is_same_v<decltype(ppo_host_mail_1::struct_size), uint32_t>,
              "ppo_host_mail_1.struct_size");
static_assert(offsetof(ppo_host_mail_1, reserved) == 4, "ppo_host_mail_1.reserved");
static_assert(std::is_same_v<decltype(ppo_host_mail_1::reserved), uint32_t>,
              "ppo_host_mail_1.reserved");
static_assert(offsetof(ppo_host_mail_1, send_mail) == 8, "ppo_host_mail_1.send_mail");
static_assert(
    std::is_same_v<decltype(ppo_host_mail_1::send_mail),
                   ppo_result(PPO_CALL*)(void* context, const ppo_mail* mail, ppo_error* error)>,
    "ppo_host_mail_1.send_mail");

static_assert(sizeof(ppo_host_ui_1) >= 16, "ppo_host_ui_1");
static_assert(offsetof(ppo_host_ui_1, struct_size) == 0, "ppo_host_ui_1.struct_size");
static_assert(std::is_same_v<decltype(ppo_host_ui_1::struct_size), uint32_t>,
              "ppo_host_ui_1.struct_size");
static_assert(offsetof(ppo_host_ui_1, reserved) == 4, "ppo_host_ui_1.reserved");
static_assert(std::is_same_v<decltype(ppo_host_ui_1::reserved), uint32_t>,
              "ppo_host_ui_1.reserved");
static_assert(offsetof(ppo_host_ui_1, refresh) == 8, "ppo_host_ui_1.refresh");
static_assert(std::is_same_v<decltype(ppo_host_ui_1::refresh),
                             void(PPO_CALL*)(void* context, const char* patient_id, size_t size)>,
              "ppo_host_ui_1.refresh");

static_assert(sizeof(ppo_host_sessions_1) >= 16, "ppo_host_sessions_1");
static_assert(offsetof(ppo_host_sessions_1, struct_size) == 0, "ppo_host_sessions_1.struct_size");
static_assert(std::is_same_v<decltype(ppo_host_sessions_1::struct_size), uint32_t>,
              "ppo_host_sessions_1.struct_size");
static_assert(offsetof(ppo_host_sessions_1, reserved) == 4, "ppo_host_sessions_1.reserved");
static_assert(std::is_same_v<decltype(ppo_host_sessions_1::reserved), uint32_t>,
              "ppo_host_sessions_1.reserved");
static_assert(offsetof(ppo_host_sessions_1, end_sessions) == 8, "ppo_host_sessions_1.end_sessions");
static_assert(std::is_same_v<decltype(ppo_host_sessions_1::end_sessions),
                             void(PPO_CALL*)(void* context, const char* patient_id, size_t size)>,
              "ppo_host_sessions_1.end_sessions");

static_assert(sizeof(ppo_checkpoint) == 32, "ppo_checkpoint");
static_assert(offsetof(ppo_checkpoint, sequence) == 0, "ppo_checkpoint.sequence");
static_assert(std::is_same_v<decltype(ppo_checkpoint::sequence), uint64_t>,
              "ppo_checkpoint.sequence");
static_assert(offsetof(ppo_checkpoint, at) == 8, "ppo_checkpoint.at");
static_assert(std::is_same_v<decltype(ppo_checkpoint::at), ppo_time>, "ppo_checkpoint.at");
static_assert(offsetof(ppo_checkpoint, mac) == 16, "ppo_checkpoint.mac");
static_assert(std::is_same_v<decltype(ppo_checkpoint::mac), ppo_text>, "ppo_checkpoint.mac");

static_assert(sizeof(ppo_host_audit_1) >= 16, "ppo_host_audit_1");
static_assert(offsetof(ppo_host_audit_1, struct_size) == 0, "ppo_host_audit_1.struct_size");
static_assert(std::is_same_v<decltype(ppo_host_audit_1::struct_size), uint32_t>,
              "ppo_host_audit_1.struct_size");
static_assert(offsetof(ppo_host_audit_1, reserved) == 4, "ppo_host_audit_1.reserved");
static_assert(std::is_same_v<decltype(ppo_host_audit_1::reserved), uint32_t>,
              "ppo_host_audit_1.reserved");
static_assert(offsetof(ppo_host_audit_1, checkpoint) == 8, "ppo_host_audit_1.checkpoint");
static_assert(std::is_same_v<decltype(ppo_host_audit_1::checkpoint),
                             ppo_result(PPO_CALL*)(void* context, const ppo_checkpoint* checkpoint,
                                                   ppo_error* error)>,
              "ppo_host_audit_1.checkpoint");

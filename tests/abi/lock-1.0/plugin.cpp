// SPDX-License-Identifier: Apache-2.0
// Locked with contract 1.0: this file never changes. What is appended later has a lock of its own.
#include "ppo/plugin.h"

#include <string_view>
#include <type_traits>

static_assert(PPO_SETTING_OWN_THREAD == 1, "PPO_SETTING_OWN_THREAD");
static_assert(PPO_SETTING_NO_FIRST_SYNC == 2, "PPO_SETTING_NO_FIRST_SYNC");
static_assert(PPO_SETTING_NO_REMINDERS == 4, "PPO_SETTING_NO_REMINDERS");
static_assert(PPO_SETTING_PERMANENT_STAFF_PASSWORDS == 8, "PPO_SETTING_PERMANENT_STAFF_PASSWORDS");
static_assert(PPO_PROFILE_STANDARD == 0, "PPO_PROFILE_STANDARD");
static_assert(PPO_PROFILE_STRICT == 1, "PPO_PROFILE_STRICT");
static_assert(PPO_LINK_ASKS_BIRTH_DATE == 0, "PPO_LINK_ASKS_BIRTH_DATE");
static_assert(PPO_LINK_ASKS_NOTHING == 1, "PPO_LINK_ASKS_NOTHING");
static_assert(PPO_LINK_ASKS_BIRTH_DATE_AND_POSTAL_CODE == 2,
              "PPO_LINK_ASKS_BIRTH_DATE_AND_POSTAL_CODE");

static_assert(sizeof(ppo_settings) >= 344, "ppo_settings");
static_assert(offsetof(ppo_settings, struct_size) == 0, "ppo_settings.struct_size");
static_assert(std::is_same_v<decltype(ppo_settings::struct_size), uint32_t>,
              "ppo_settings.struct_size");
static_assert(offsetof(ppo_settings, flags) == 4, "ppo_settings.flags");
static_assert(std::is_same_v<decltype(ppo_settings::flags), uint32_t>, "ppo_settings.flags");
static_assert(offsetof(ppo_settings, link_identity_check) == 8, "ppo_settings.link_identity_check");
static_assert(std::is_same_v<decltype(ppo_settings::link_identity_check), uint32_t>,
              "ppo_settings.link_identity_check");
static_assert(offsetof(ppo_settings, first_link_minutes) == 12, "ppo_settings.first_link_minutes");
static_assert(std::is_same_v<decltype(ppo_settings::first_link_minutes), uint32_t>,
              "ppo_settings.first_link_minutes");
static_assert(offsetof(ppo_settings, reset_link_minutes) == 16, "ppo_settings.reset_link_minutes");
static_assert(std::is_same_v<decltype(ppo_settings::reset_link_minutes), uint32_t>,
              "ppo_settings.reset_link_minutes");
static_assert(offsetof(ppo_settings, requested_link_minutes) == 20,
              "ppo_settings.requested_link_minutes");
static_assert(std::is_same_v<decltype(ppo_settings::requested_link_minutes), uint32_t>,
              "ppo_settings.requested_link_minutes");
static_assert(offsetof(ppo_settings, cool_down_seconds) == 24, "ppo_settings.cool_down_seconds");
static_assert(std::is_same_v<decltype(ppo_settings::cool_down_seconds), uint32_t>,
              "ppo_settings.cool_down_seconds");
static_assert(offsetof(ppo_settings, staff_password_hours) == 28,
              "ppo_settings.staff_password_hours");
static_assert(std::is_same_v<decltype(ppo_settings::staff_password_hours), uint32_t>,
              "ppo_settings.staff_password_hours");
static_assert(offsetof(ppo_settings, password_memory_kib) == 32,
              "ppo_settings.password_memory_kib");
static_assert(std::is_same_v<decltype(ppo_settings::password_memory_kib), uint32_t>,
              "ppo_settings.password_memory_kib");
static_assert(offsetof(ppo_settings, password_passes) == 36, "ppo_settings.password_passes");
static_assert(std::is_same_v<decltype(ppo_settings::password_passes), uint32_t>,
              "ppo_settings.password_passes");
static_assert(offsetof(ppo_settings, store) == 40, "ppo_settings.store");
static_assert(std::is_same_v<decltype(ppo_settings::store), ppo_text>, "ppo_settings.store");
static_assert(offsetof(ppo_settings, key_file) == 56, "ppo_settings.key_file");
static_assert(std::is_same_v<decltype(ppo_settings::key_file), ppo_text>, "ppo_settings.key_file");
static_assert(offsetof(ppo_settings, practice_name) == 72, "ppo_settings.practice_name");
static_assert(std::is_same_v<decltype(ppo_settings::practice_name), ppo_text>,
              "ppo_settings.practice_name");
static_assert(offsetof(ppo_settings, practice_phone) == 88, "ppo_settings.practice_phone");
static_assert(std::is_same_v<decltype(ppo_settings::practice_phone), ppo_text>,
              "ppo_settings.practice_phone");
static_assert(offsetof(ppo_settings, portal_url) == 104, "ppo_settings.portal_url");
static_assert(std::is_same_v<decltype(ppo_settings::portal_url), ppo_text>,
              "ppo_settings.portal_url");
static_assert(offsetof(ppo_settings, mail_transport) == 120, "ppo_settings.mail_transport");
static_assert(std::is_same_v<decltype(ppo_settings::mail_transport), ppo_text>,
              "ppo_settings.mail_transport");
static_assert(offsetof(ppo_settings, mail_user) == 136, "ppo_settings.mail_user");
static_assert(std::is_same_v<decltype(ppo_settings::mail_user), ppo_text>,
              "ppo_settings.mail_user");
static_assert(offsetof(ppo_settings, mail_password) == 152, "ppo_settings.mail_password");
static_assert(std::is_same_v<decltype(ppo_settings::mail_password), ppo_text>,
              "ppo_settings.mail_password");
static_assert(offsetof(ppo_settings, mail_sender) == 168, "ppo_settings.mail_sender");
static_assert(std::is_same_v<decltype(ppo_settings::mail_sender), ppo_text>,
              "ppo_settings.mail_sender");
static_assert(offsetof(ppo_settings, mail_reply_to) == 184, "ppo_settings.mail_reply_to");
static_assert(std::is_same_v<decltype(ppo_settings::mail_reply_to), ppo_text>,
              "ppo_settings.mail_reply_to");
static_assert(offsetof(ppo_settings, language) == 200, "ppo_settings.language");
static_assert(std::is_same_v<decltype(ppo_settings::language), ppo_text>, "ppo_settings.language");
static_assert(offsetof(ppo_settings, time_zone) == 216, "ppo_settings.time_zone");
static_assert(std::is_same_v<decltype(ppo_settings::time_zone), ppo_text>,
              "ppo_settings.time_zone");
static_assert(offsetof(ppo_settings, mail_authorities) == 232, "ppo_settings.mail_authorities");
static_assert(std::is_same_v<decltype(ppo_settings::mail_authorities), ppo_text>,
              "ppo_settings.mail_authorities");
static_assert(offsetof(ppo_settings, mail_connections) == 248, "ppo_settings.mail_connections");
static_assert(std::is_same_v<decltype(ppo_settings::mail_connections), uint32_t>,
              "ppo_settings.mail_connections");
static_assert(offsetof(ppo_settings, mails_per_minute) == 252, "ppo_settings.mails_per_minute");
static_assert(std::is_same_v<decltype(ppo_settings::mails_per_minute), uint32_t>,
              "ppo_settings.mails_per_minute");
static_assert(offsetof(ppo_settings, mails_per_day) == 256, "ppo_settings.mails_per_day");
static_assert(std::is_same_v<decltype(ppo_settings::mails_per_day), uint32_t>,
              "ppo_settings.mails_per_day");
static_assert(offsetof(ppo_settings, patient_mails_per_day) == 260,
              "ppo_settings.patient_mails_per_day");
static_assert(std::is_same_v<decltype(ppo_settings::patient_mails_per_day), uint32_t>,
              "ppo_settings.patient_mails_per_day");
static_assert(offsetof(ppo_settings, address_mails_per_day) == 264,
              "ppo_settings.address_mails_per_day");
static_assert(std::is_same_v<decltype(ppo_settings::address_mails_per_day), uint32_t>,
              "ppo_settings.address_mails_per_day");
static_assert(offsetof(ppo_settings, hold_back_seconds) == 268, "ppo_settings.hold_back_seconds");
static_assert(std::is_same_v<decltype(ppo_settings::hold_back_seconds), uint32_t>,
              "ppo_settings.hold_back_seconds");
static_assert(offsetof(ppo_settings, reminder_days) == 272, "ppo_settings.reminder_days");
static_assert(std::is_same_v<decltype(ppo_settings::reminder_days), uint32_t>,
              "ppo_settings.reminder_days");
static_assert(offsetof(ppo_settings, last_reminder_hours) == 276,
              "ppo_settings.last_reminder_hours");
static_assert(std::is_same_v<decltype(ppo_settings::last_reminder_hours), uint32_t>,
              "ppo_settings.last_reminder_hours");
static_assert(offsetof(ppo_settings, reminder_most_mails) == 280,
              "ppo_settings.reminder_most_mails");
static_assert(std::is_same_v<decltype(ppo_settings::reminder_most_mails), uint32_t>,
              "ppo_settings.reminder_most_mails");
static_assert(offsetof(ppo_settings, profile) == 284, "ppo_settings.profile");
static_assert(std::is_same_v<decltype(ppo_settings::profile), uint32_t>, "ppo_settings.profile");
static_assert(offsetof(ppo_settings, source_failures_per_hour) == 288,
              "ppo_settings.source_failures_per_hour");
static_assert(std::is_same_v<decltype(ppo_settings::source_failures_per_hour), uint32_t>,
              "ppo_settings.source_failures_per_hour");
static_assert(offsetof(ppo_settings, source_requests_per_hour) == 292,
              "ppo_settings.source_requests_per_hour");
static_assert(std::is_same_v<decltype(ppo_settings::source_requests_per_hour), uint32_t>,
              "ppo_settings.source_requests_per_hour");
static_assert(offsetof(ppo_settings, source_requests_per_day) == 296,
              "ppo_settings.source_requests_per_day");
static_assert(std::is_same_v<decltype(ppo_settings::source_requests_per_day), uint32_t>,
              "ppo_settings.source_requests_per_day");
static_assert(offsetof(ppo_settings, reserved) == 300, "ppo_settings.reserved");
static_assert(std::is_same_v<decltype(ppo_settings::reserved), uint32_t>, "ppo_settings.reserved");
static_assert(offsetof(ppo_settings, practice_id) == 304, "ppo_settings.practice_id");
static_assert(std::is_same_v<decltype(ppo_settings::practice_id), ppo_text>,
              "ppo_settings.practice_id");
static_assert(offsetof(ppo_settings, state_folder) == 320, "ppo_settings.state_folder");
static_assert(std::is_same_v<decltype(ppo_settings::state_folder), ppo_text>,
              "ppo_settings.state_folder");
static_assert(offsetof(ppo_settings, restore_generation) == 336, "ppo_settings.restore_generation");
static_assert(std::is_same_v<decltype(ppo_settings::restore_generation), uint64_t>,
              "ppo_settings.restore_generation");

static_assert(sizeof(ppo_plugin) >= 104, "ppo_plugin");
static_assert(offsetof(ppo_plugin, struct_size) == 0, "ppo_plugin.struct_size");
static_assert(std::is_same_v<decltype(ppo_plugin::struct_size), uint32_t>,
              "ppo_plugin.struct_size");
static_assert(offsetof(ppo_plugin, abi_major) == 4, "ppo_plugin.abi_major");
static_assert(std::is_same_v<decltype(ppo_plugin::abi_major), uint32_t>, "ppo_plugin.abi_major");
static_assert(offsetof(ppo_plugin, abi_minor) == 8, "ppo_plugin.abi_minor");
static_assert(std::is_same_v<decltype(ppo_plugin::abi_minor), uint32_t>, "ppo_plugin.abi_minor");
static_assert(offsetof(ppo_plugin, flags) == 12, "ppo_plugin.flags");
static_assert(std::is_same_v<decltype(ppo_plugin::flags), uint32_t>, "ppo_plugin.flags");
static_assert(offsetof(ppo_plugin, name) == 16, "ppo_plugin.name");
static_assert(std::is_same_v<decltype(ppo_plugin::name), ppo_text>, "ppo_plugin.name");
static_assert(offsetof(ppo_plugin, vendor) == 32, "ppo_plugin.vendor");
static_assert(std::is_same_v<decltype(ppo_plugin::vendor), ppo_text>, "ppo_plugin.vendor");
static_assert(offsetof(ppo_plugin, version) == 48, "ppo_plugin.version");
static_assert(std::is_same_v<decltype(ppo_plugin::version), ppo_text>, "ppo_plugin.version");
static_assert(offsetof(ppo_plugin, create) == 64, "ppo_plugin.create");
static_assert(
    std::is_same_v<decltype(ppo_plugin::create),
                   ppo_result(PPO_CALL*)(const ppo_host* host, const ppo_settings* settings,
                                         ppo_instance** out, ppo_error* error)>,
    "ppo_plugin.create");
static_assert(offsetof(ppo_plugin, work) == 72, "ppo_plugin.work");
static_assert(
    std::is_same_v<decltype(ppo_plugin::work),
                   ppo_result(PPO_CALL*)(ppo_instance* self, uint32_t budget_ms, ppo_error* error)>,
    "ppo_plugin.work");
static_assert(offsetof(ppo_plugin, shutdown) == 80, "ppo_plugin.shutdown");
static_assert(
    std::is_same_v<decltype(ppo_plugin::shutdown),
                   ppo_result(PPO_CALL*)(ppo_instance* self, uint32_t grace_ms, ppo_error* error)>,
    "ppo_plugin.shutdown");
static_assert(offsetof(ppo_plugin, destroy) == 88, "ppo_plugin.destroy");
static_assert(std::is_same_v<decltype(ppo_plugin::destroy), void(PPO_CALL*)(ppo_instance* self)>,
              "ppo_plugin.destroy");
static_assert(offsetof(ppo_plugin, query) == 96, "ppo_plugin.query");
static_assert(std::is_same_v<decltype(ppo_plugin::query), const void*(PPO_CALL*)(ppo_text id)>,
              "ppo_plugin.query");

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace ppo_torture {
// Every slot of every table of the contract, by table. A test compares them with the headers.
#define PPO_TORTURE_SLOTS(SLOT)                  \
    SLOT(ppo_plugin, create)                     \
    SLOT(ppo_plugin, work)                       \
    SLOT(ppo_plugin, shutdown)                   \
    SLOT(ppo_plugin, destroy)                    \
    SLOT(ppo_plugin, query)                      \
    SLOT(ppo_ui_1, contributions)                \
    SLOT(ppo_ui_1, open)                         \
    SLOT(ppo_ui_1, render)                       \
    SLOT(ppo_ui_1, edit)                         \
    SLOT(ppo_ui_1, invoke)                       \
    SLOT(ppo_ui_1, close)                        \
    SLOT(ppo_onboarding_1, get_account)          \
    SLOT(ppo_onboarding_1, set_access)           \
    SLOT(ppo_onboarding_1, check_username)       \
    SLOT(ppo_onboarding_1, set_credentials)      \
    SLOT(ppo_onboarding_1, send_invitation)      \
    SLOT(ppo_onboarding_1, revoke_invitation)    \
    SLOT(ppo_onboarding_1, lift_delays)          \
    SLOT(ppo_onboarding_1, patient_changed)      \
    SLOT(ppo_onboarding_1, patient_removed)      \
    SLOT(ppo_onboarding_1, patient_merged)       \
    SLOT(ppo_onboarding_1, sync_directory)       \
    SLOT(ppo_onboarding_1, preview_batch)        \
    SLOT(ppo_onboarding_1, start_batch)          \
    SLOT(ppo_onboarding_1, undo_batch)           \
    SLOT(ppo_onboarding_1, pause_batch)          \
    SLOT(ppo_onboarding_1, resume_batch)         \
    SLOT(ppo_onboarding_1, cancel_batch)         \
    SLOT(ppo_onboarding_1, each_batch)           \
    SLOT(ppo_onboarding_1, each_batch_person)    \
    SLOT(ppo_onboarding_1, write_batch)          \
    SLOT(ppo_onboarding_1, take_delivery_report) \
    SLOT(ppo_onboarding_1, set_consent)          \
    SLOT(ppo_onboarding_1, set_access_of_many)   \
    SLOT(ppo_onboarding_1, directory_progress)   \
    SLOT(ppo_report_1, read)                     \
    SLOT(ppo_report_1, count)                    \
    SLOT(ppo_report_1, write)                    \
    SLOT(ppo_report_1, read_json)                \
    SLOT(ppo_report_1, analyse)                  \
    SLOT(ppo_report_1, trend)                    \
    SLOT(ppo_report_1, save_view)                \
    SLOT(ppo_report_1, each_view)                \
    SLOT(ppo_report_1, drop_view)                \
    SLOT(ppo_selfservice_1, open_link)           \
    SLOT(ppo_selfservice_1, confirm_identity)    \
    SLOT(ppo_selfservice_1, check_username)      \
    SLOT(ppo_selfservice_1, complete_setup)      \
    SLOT(ppo_selfservice_1, renew_link)          \
    SLOT(ppo_selfservice_1, request)             \
    SLOT(ppo_selfservice_1, sign_in)             \
    SLOT(ppo_selfservice_1, change_password)     \
    SLOT(ppo_selfservice_1, get_mail_choice)     \
    SLOT(ppo_selfservice_1, set_mail_choice)     \
    SLOT(ppo_selfservice_1, check_session)       \
    SLOT(ppo_audit_1, read)                      \
    SLOT(ppo_audit_1, verify)                    \
    SLOT(ppo_audit_1, verify_against)            \
    SLOT(ppo_mail_1, get_delivery)               \
    SLOT(ppo_mail_1, test_connection)            \
    SLOT(ppo_mail_1, get_template)               \
    SLOT(ppo_mail_1, check_template)             \
    SLOT(ppo_mail_1, set_template)               \
    SLOT(ppo_mail_1, reset_template)             \
    SLOT(ppo_mail_1, preview_template)           \
    SLOT(ppo_mail_1, send_test_mail)             \
    SLOT(ppo_security_1, get_rules)              \
    SLOT(ppo_security_1, each_deviation)         \
    SLOT(ppo_store_1, back_up)                   \
    SLOT(ppo_store_1, move)

enum class Slot : std::size_t {
#define PPO_TORTURE_ENUMERATOR(table, slot) table##_##slot,
    PPO_TORTURE_SLOTS(PPO_TORTURE_ENUMERATOR)
#undef PPO_TORTURE_ENUMERATOR
        Count
};

inline constexpr auto slot_count = static_cast<std::size_t>(Slot::Count);

/// "ppo_ui_1.render"
[[nodiscard]] inline const char* name_of(Slot slot) {
    static constexpr const char* names[] = {
#define PPO_TORTURE_NAME(table, slot) #table "." #slot,
        PPO_TORTURE_SLOTS(PPO_TORTURE_NAME)
#undef PPO_TORTURE_NAME
    };
    return names[static_cast<std::size_t>(slot)];
}
}  // namespace ppo_torture

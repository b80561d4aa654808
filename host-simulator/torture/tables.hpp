// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ppo/ppo.h>

namespace ppo_torture {
/// The tables as 1.0 has them.
extern const ppo_plugin plugin_table;
extern const ppo_ui_1 ui_table;
extern const ppo_onboarding_1 onboarding_table;
extern const ppo_report_1 report_table;
extern const ppo_selfservice_1 selfservice_table;
extern const ppo_audit_1 audit_table;
extern const ppo_mail_1 mail_table;
extern const ppo_security_1 security_table;
extern const ppo_store_1 store_table;

// Slots of ppo.onboarding/1 that stand in files of their own.
ppo_result PPO_CALL preview_batch(ppo_instance*, const ppo_caller*, const ppo_batch_selection*,
                                  const ppo_batch_preview_sink*, ppo_error*);
ppo_result PPO_CALL start_batch(ppo_instance*, const ppo_caller*, const ppo_batch_selection*,
                                ppo_batch_started*, ppo_error*);
ppo_result PPO_CALL undo_batch(ppo_instance*, const ppo_caller*, ppo_text, ppo_error*);
ppo_result PPO_CALL pause_batch(ppo_instance*, const ppo_caller*, ppo_text, ppo_error*);
ppo_result PPO_CALL resume_batch(ppo_instance*, const ppo_caller*, ppo_text, ppo_error*);
ppo_result PPO_CALL cancel_batch(ppo_instance*, const ppo_caller*, ppo_text, ppo_error*);
ppo_result PPO_CALL each_batch(ppo_instance*, const ppo_caller*, ppo_text, const ppo_batch_sink*,
                               ppo_error*);
ppo_result PPO_CALL each_batch_person(ppo_instance*, const ppo_caller*, ppo_text, uint32_t,
                                      uint32_t, uint64_t, const ppo_batch_person_sink*, ppo_error*);
ppo_result PPO_CALL write_batch(ppo_instance*, const ppo_caller*, ppo_text, uint32_t, ppo_text,
                                const ppo_text_sink*, ppo_error*);
ppo_result PPO_CALL set_access_of_many(ppo_instance*, const ppo_caller*, const ppo_batch_selection*,
                                       int32_t, uint64_t, ppo_access_of_many*, ppo_error*);
}  // namespace ppo_torture

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ppo/ppo.h"

namespace ppo {
// The tables that `query` hands out; each stands beside the calls that fill it.
extern const ppo_onboarding_1 onboarding_table;
extern const ppo_report_1 report_table;
extern const ppo_selfservice_1 selfservice_table;
extern const ppo_audit_1 audit_table;
extern const ppo_mail_1 mail_table;
extern const ppo_security_1 security_table;
extern const ppo_ui_1 ui_table;
extern const ppo_store_1 store_table;
extern const ppo_plugin plugin_table;
}  // namespace ppo

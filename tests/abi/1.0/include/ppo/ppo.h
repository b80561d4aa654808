/* SPDX-License-Identifier: Apache-2.0 */
/* ppo/ppo.h: everything. */
#ifndef PPO_PPO_H
#define PPO_PPO_H

#include "ppo/audit.h"
#include "ppo/mail.h"
#include "ppo/onboarding.h"
#include "ppo/report.h"
#include "ppo/security.h"
#include "ppo/selfservice.h"
#include "ppo/store.h"
#include "ppo/ui.h"

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plugin that hands every call on to the real one (PPO_REAL_PLUGIN) and breaks exactly one rule: the one that
 * PPO_FAULT names. Without PPO_FAULT it is as good as the real one.
 */
#ifndef PPO_TEST_FAULTY_H
#define PPO_TEST_FAULTY_H

#include "ppo/ppo.h"

#include <stdbool.h>

/* Whether this is the rule to break. */
bool fault(const char *name);

/* The real plugin, and the tables that are handed out in place of its own. */
extern const ppo_plugin *real;
extern ppo_onboarding_1 onboarding;
extern ppo_ui_1 ui;
extern ppo_report_1 report;
extern ppo_audit_1 audit;
extern ppo_selfservice_1 selfservice;

/* The host that the last create was given. */
extern const ppo_host *host;
/* How often work(0) was called since the last batch began; whether an instance was shut down meanwhile. */
extern int steps;
extern bool one_was_shut_down;

/* The host that the real plugin sees: as given, until something of it makes the fault show. */
const ppo_host *watched_host(const ppo_host *given);

void fill_tables(void);
bool text_is(ppo_text text, const char *literal);

#endif

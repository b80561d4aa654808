/* SPDX-License-Identifier: Apache-2.0 */
/* A whole life of the plugin inside a host, for hosts that have something of their own beside it. */
#ifndef PPO_TEST_LIFE_H
#define PPO_TEST_LIFE_H

#ifdef __cplusplus
extern "C" {
#endif
#include "harness.h"

/*
 * Loads the plugin, creates an instance, and in it: a patient comes in, is enabled and invited, sets up the account
 * from the mail and signs in, and the report counts it. If the environment has PPO_TEST_SMTPS and PPO_TEST_AUTHORITY,
 * another patient's mail leaves over TLS. Then everything ends and the plugin is unloaded. What goes wrong is claimed.
 *
 * Answers what the first `create` answered; `error` says more.
 */
ppo_result whole_life(const char *module_path, ppo_error *error);

/* The end of a program of this folder: expected is "ok", or what `create` says when it refuses. */
int end_of_host(const char *expected, ppo_result created, const ppo_error *error);

/* Whether a library with this in its path is in the process. */
bool is_mapped(const char *name);

#ifdef __cplusplus
}
#endif
#endif

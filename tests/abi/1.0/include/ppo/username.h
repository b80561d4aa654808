/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/username.h: the verdict on a username, for staff and for patients.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_USERNAME_H
#define PPO_USERNAME_H

#include "ppo/base.h"
#include "ppo/results.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The verdict on a username while it is typed. Borrowed. */
typedef struct ppo_username_verdict {
    uint32_t struct_size;
    ppo_result verdict;          /* PPO_OK = valid and free; else a PPO_REFUSED_USERNAME_*. */
    ppo_text sentence;           /* "Available", or the reason. */
    const ppo_text *suggestions; /* `suggestion_count` free usernames, if taken; they are made from what was typed
                                    and the patient's own name, and reveal nobody. */
    uint64_t suggestion_count; /* 0 or more. */
} ppo_username_verdict;

/* Frozen. */
typedef struct ppo_username_verdict_sink {
    void *context;
    /*
     * Takes the verdict, borrowed for this call. Answer PPO_OK.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_username_verdict *verdict);
} ppo_username_verdict_sink;

#ifdef __cplusplus
}
#endif
#endif

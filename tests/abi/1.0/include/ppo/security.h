/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/security.h: ppo.security/1, how the practice's rules on passwords and links stand: what a portal tells patients
 * before they type, and where the settings fall behind the product's own rules or the standards.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_SECURITY_H
#define PPO_SECURITY_H

#include "ppo/people.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PPO_SECURITY_1 "ppo.security/1"

/* The rules in force. Owned by the caller. */
typedef struct ppo_security_rules {
    uint32_t struct_size;
    uint32_t profile;                    /* PPO_PROFILE_*. */
    uint32_t fewest_password_characters; /* For hints on pages: 8 or 15. Code points, not bytes. */
    uint32_t most_password_characters;   /* 256. */
    uint32_t first_link_minutes;         /* Lives of links, as the settings and the profile have it. */
    uint32_t reset_link_minutes;         /* Of a reset link that staff send. */
    uint32_t requested_link_minutes;     /* Of a link that the patient asks for. */
    uint32_t staff_password_hours;       /* An unused password set by staff lapses; 0 = it does not. */
} ppo_security_rules;

/* One point at which the practice is less strict than a rule. Borrowed. */
typedef struct ppo_deviation {
    uint32_t struct_size;
    uint32_t reserved; /* 0. */
    ppo_text code;     /* Stable: "permanent_staff_passwords", "short_passwords" and so on. */
    ppo_text setting;  /* The member of ppo_settings that changes it; empty if none does. */
    ppo_text sentence; /* What is so, and what the rule asks for, in the practice's language. */
    ppo_text rule;     /* Whose rule: "NIST SP 800-63B-4, 3.1.1.2", "OWASP ASVS 5.0, 6.4.6", "Product". */
} ppo_deviation;

/* Frozen. */
typedef struct ppo_deviation_sink {
    void *context;
    /*
     * Takes one deviation, borrowed for this call. Answer PPO_OK, or PPO_STOPPED for enough.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_deviation *deviation);
} ppo_deviation_sink;

/* The table of ppo.security/1. */
typedef struct ppo_security_1 {
    uint32_t struct_size;
    uint32_t reserved; /* 0. */

    /*
     * Says which rules are in force. Needs no permission: pages say them to everybody.
     *
     * rules  Out; written on PPO_OK only.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *get_rules)(ppo_instance *self, ppo_security_rules *rules, ppo_error *error);

    /*
     * Puts every deviation into the sink, those from the product's own rules first. None is an error: each is a choice
     * that the practice should know it has made. Needs PPO_MAY_CHANGE_SETTINGS.
     *
     * PPO_OK, PPO_STOPPED, PPO_REFUSED_NOT_PERMITTED.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *each_deviation)(ppo_instance *self, const ppo_caller *caller, const ppo_deviation_sink *sink,
                                         ppo_error *error);
} ppo_security_1;

#ifdef __cplusplus
}
#endif
#endif

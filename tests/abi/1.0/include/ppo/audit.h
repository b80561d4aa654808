/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/audit.h: ppo.audit/1, the record: one entry for every change, in the same transaction, chained by a keyed hash.
 * Needs PPO_MAY_READ_AUDIT.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_AUDIT_H
#define PPO_AUDIT_H

#include "ppo/people.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PPO_AUDIT_1 "ppo.audit/1"

enum { /* Who acted. */
    PPO_ACTOR_STAFF = 1, /* `actor_id` is the staff id. */
    PPO_ACTOR_PATIENT = 2, /* `actor_id` is the patient's id. */
    PPO_ACTOR_PLUGIN = 3, /* Background work. */
    PPO_ACTOR_HOST = 4 /* An event or a reading of the directory. */
};

/* One entry. Borrowed. Never a secret, never an e-mail address. */
typedef struct ppo_audit_entry {
    uint32_t struct_size;
    uint32_t actor;      /* PPO_ACTOR_*. */
    uint64_t sequence;   /* 1, 2, 3 and so on without a gap. */
    ppo_time at;         /* By the host's clock. */
    ppo_text actor_id;   /* Staff id, patient id; empty for plugin and host. */
    ppo_text from;       /* Workstation or network address. */
    ppo_text action;     /* Stable: "access_enabled", "invitation_queued" and so on. */
    ppo_text patient_id; /* Whom it concerns; empty if nobody in particular. */
    ppo_text outcome;      /* "done", or the refusal's code in lower case; a list taken out (report_written) stands
                              twice: "begun", then "done", "stopped" or "failed". */
    ppo_text detail;       /* Stable words, such as a mail state; may be empty. */
} ppo_audit_entry;

/* Frozen. */
typedef struct ppo_audit_sink {
    void *context;
    /*
     * Takes one entry. Answer PPO_OK, or PPO_STOPPED for enough.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_audit_entry *entry);
} ppo_audit_sink;

/* Which entries are read. */
typedef struct ppo_audit_query {
    uint32_t struct_size;
    uint32_t reserved;       /* 0. */
    uint64_t after_sequence; /* Entries after this one; 0 = from the start. */
    uint64_t limit;          /* 0 = all. */
    ppo_text patient_id;     /* Of this patient only, 0..64 bytes; empty = all. */
} ppo_audit_query;

enum {                         /* What is wrong with the first bad entry. */
    PPO_AUDIT_ALTERED = 1,      /* It is not what was recorded, or the mark where the chain ends is not. */
    PPO_AUDIT_MISSING = 2,      /* Later ones are there, it is not. */
    PPO_AUDIT_OUT_OF_ORDER = 3, /* It stands in another place of the record. */
    PPO_AUDIT_CUT_OFF = 4,      /* It and everything after it are gone. */
    PPO_AUDIT_KEY_MISSING = 5,  /* Its key is not here, so that nobody can tell. */
    PPO_AUDIT_REPLACED = 6      /* The chain is sound, but a checkpoint has seen another one: an older copy of the
                                   store was put back and used. The entry is the first that no checkpoint proves. */
};

/* Owned by the caller. */
typedef struct ppo_audit_verdict {
    uint32_t struct_size;
    uint32_t intact;             /* 1 = every entry is there and unaltered. */
    uint64_t entries;            /* Good ones before the first bad one; all if intact. */
    uint64_t first_bad_sequence; /* The first one altered or missing; 0 if intact. */
    uint32_t flaw;               /* PPO_AUDIT_*: what is wrong with it; 0 if intact. */
    uint32_t reserved;           /* 0. */
} ppo_audit_verdict;

/* The table of ppo.audit/1. */
typedef struct ppo_audit_1 {
    uint32_t struct_size;
    uint32_t reserved; /* 0. */

    /*
     * Puts entries into the sink, oldest first.
     *
     * query  Which ones.
     *
     * PPO_OK, PPO_STOPPED, PPO_REFUSED_NOT_PERMITTED.
     *
     * [free] [borrows] No lock is held while the sink runs.
     */
    ppo_result(PPO_CALL *read)(ppo_instance *self, const ppo_caller *caller, const ppo_audit_query *query,
                               const ppo_audit_sink *sink, ppo_error *error);

    /*
     * Recomputes the chain. It cannot see that its end was cut off by somebody who also set back the mark of the end:
     * verify_against can.
     *
     * verdict  Out; written on PPO_OK only, also when the chain is broken.
     *
     * PPO_REFUSED_NOT_PERMITTED.
     *
     * [free] [borrows] About three microseconds an entry; writers may go on in between.
     */
    ppo_result(PPO_CALL *verify)(ppo_instance *self, const ppo_caller *caller, ppo_audit_verdict *verdict,
                                 ppo_error *error);

    /*
     * Recomputes the chain, and compares it with checkpoints that the host kept (ppo.host.audit/1).
     *
     * checkpoints  `count` of them in any order, at most 10,000,000; NULL if none. `at` is not looked at.
     * verdict      Out; written on PPO_OK only, also when the chain is broken.
     *
     * PPO_REFUSED_NOT_PERMITTED. A checkpoint without number or mac is PPO_MISUSE_VALUE or a misuse of text.
     *
     * [free] [borrows] As fast as verify.
     */
    ppo_result(PPO_CALL *verify_against)(ppo_instance *self, const ppo_caller *caller,
                                         const ppo_checkpoint *checkpoints, uint64_t count,
                                         ppo_audit_verdict *verdict, ppo_error *error);
} ppo_audit_1;

#ifdef __cplusplus
}
#endif
#endif

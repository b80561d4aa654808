/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/account.h: words of one patient's portal account. The slots are in ppo.onboarding/1.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_ACCOUNT_H
#define PPO_ACCOUNT_H

#include "ppo/people.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { /* Mail state of an invitation. */
    PPO_MAIL_QUEUED = 1, /* In the queue, not tried yet. */
    PPO_MAIL_SENT = 2,     /* The mail server took it; nobody knows yet whether it arrived. */
    PPO_MAIL_DEFERRED = 3, /* Tried, will be tried again. */
    PPO_MAIL_FAILED = 4,   /* Refused for good, or given up after a day. */
    PPO_MAIL_UNKNOWN = 5,  /* It may have left; it is sent once more after 30 minutes. */
    PPO_MAIL_CANCELLED = 6, /* The link died before the mail left. */
    PPO_MAIL_BOUNCED = 7,  /* Taken by the mail server, and sent back later. */
    PPO_MAIL_SENDING = 8   /* In hand right now. */
};

/* One thing that stands between a patient and GREEN, and the action that mends it. Borrowed. */
typedef struct ppo_reason {
    uint32_t struct_size;
    uint32_t reserved;     /* 0. */
    ppo_text code;         /* Stable: "access_not_enabled", "no_email" and so on. */
    ppo_text sentence;     /* In the practice's language. */
    ppo_text action_id;    /* Action of the tab's view that mends it; empty if the chart or the patient must. */
    ppo_text action_label; /* Empty without action. */
} ppo_reason;

enum { /* Flags of an account. */
    PPO_ACCOUNT_ACCESS_ENABLED = 1, /* The flag itself, whatever the chart status. */
    PPO_ACCOUNT_HAS_PASSWORD = 2 /* A password is on file, whoever set it. */
};

/* How far one patient has come. Borrowed. */
typedef struct ppo_account {
    uint32_t struct_size;
    uint32_t status;              /* PPO_STATUS_*. */
    uint64_t marks;               /* PPO_MARK_*. */
    uint32_t flags;               /* PPO_ACCOUNT_*. */
    uint32_t mail_state;          /* PPO_MAIL_* of the last invitation; 0 = never invited. */
    ppo_text patient_id;          /* The host's id. */
    ppo_text username;            /* Empty = none on file. */
    ppo_text email;               /* On file. */
    ppo_text mail_reason;         /* Deferred, failed, unknown, bounced: why, the server's words cleaned. */
    ppo_time last_invited_at;     /* When the last invitation was accepted by the mail server, or PPO_TIME_NONE. */
    ppo_time link_expires_at;     /* Of the open link; PPO_TIME_NONE without one. */
    ppo_time next_try_at;         /* Of a mail that is sent, or sent once more, then; or PPO_TIME_NONE. */
    ppo_time first_signed_in_at;  /* Or PPO_TIME_NONE. */
    ppo_time last_signed_in_at;   /* Or PPO_TIME_NONE. */
    const ppo_reason *const *why; /* `why_count` reasons, the first to mend first; none if GREEN without marks. */
    uint64_t why_count;           /* 0 or more. */
    ppo_time password_lapses_at; /* Of a password that staff set and nobody used yet; past: it lets nobody in any more.
                                    Else PPO_TIME_NONE. */
    uint32_t consent;       /* PPO_CONSENT_*. A day that has come stays until something else is said. */
    uint32_t reserved;      /* 0. */
    ppo_time consent_until; /* Of PPO_CONSENT_DEFERRED; else PPO_TIME_NONE. */
} ppo_account;

/* Frozen. */
typedef struct ppo_account_sink {
    void *context;
    /*
     * Takes the account, borrowed for this call. Answer PPO_OK.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_account *account);
} ppo_account_sink;

/* Status and marks after a change. Owned by the caller. */
typedef struct ppo_account_state {
    uint32_t struct_size;
    uint32_t status; /* PPO_STATUS_*. */
    uint64_t marks;  /* PPO_MARK_*. */
} ppo_account_state;

#ifdef __cplusplus
}
#endif
#endif

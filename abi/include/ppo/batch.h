/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/batch.h: words of batches, invitations to many at once, and of access for many. Slots: ppo.onboarding/1.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_BATCH_H
#define PPO_BATCH_H

#include "ppo/report.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { /* Flags of a selection. */
    PPO_BATCH_SIGNED_IN_TOO = 1 /* Mail also those who have signed in; they get a link for a new password. */
};

/* Whom a batch is for: everybody of a report, or the patients named. Borrowed. */
typedef struct ppo_batch_selection {
    uint32_t struct_size;
    uint32_t flags;                 /* PPO_BATCH_*. */
    const ppo_report_query *filter; /* Its filters count, not its order, cursor and limit; NULL = by id. */
    const ppo_text *patient_ids;    /* `patient_id_count` ids of 1..64 bytes; NULL with a filter. Twice counts once. */
    uint64_t patient_id_count;      /* 0..100000; 0 with a filter. */
} ppo_batch_selection;

/* What set_access_of_many did. The four counts together are everybody of the selection. Owned by the caller. */
typedef struct ppo_access_of_many {
    uint32_t struct_size;
    uint32_t reserved;  /* 0. */
    uint64_t changed;   /* Patients whose access is another one now. */
    uint64_t unchanged; /* Were so already when their turn came. */
    uint64_t unknown;   /* Ids that nobody has. */
    uint64_t left;      /* Not so yet: the next call goes on with them. */
} ppo_access_of_many;

/* How many of a selection are left out for one reason. Borrowed. */
typedef struct ppo_batch_skip {
    uint32_t struct_size;
    ppo_result reason; /* PPO_REFUSED_*: what send_invitation would have answered. */
    ppo_text sentence; /* In the practice's language. */
    uint64_t count;    /* Patients. */
} ppo_batch_skip;

/* What a batch would do. Borrowed. */
typedef struct ppo_batch_preview {
    uint32_t struct_size;
    uint32_t hold_back_seconds;         /* How long it could be undone. */
    uint64_t selected;                  /* Patients in the selection. */
    uint64_t to_mail;                   /* Of these, how many would be mailed. */
    const ppo_batch_skip *const *skips; /* `skip_count` reasons, the most frequent first. */
    uint64_t skip_count;                /* 0 or more. */
    ppo_time done_at;                   /* About when the last mail leaves, by the practice's caps, if it began now. */
} ppo_batch_preview;

/* Frozen. */
typedef struct ppo_batch_preview_sink {
    void *context;
    /*
     * Takes the preview, borrowed for this call. Answer PPO_OK.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_batch_preview *preview);
} ppo_batch_preview_sink;

enum { /* State of a batch. */
    PPO_BATCH_HELD_BACK = 1, /* Nothing leaves before `starts_at`; until then it can be undone. */
    PPO_BATCH_RUNNING = 2, /* Mails of it leave. */
    PPO_BATCH_PAUSED = 3, /* Nothing leaves until resume_batch. */
    PPO_BATCH_DONE = 4,      /* Every mail of it has left or has failed. */
    PPO_BATCH_CANCELLED = 5, /* Stopped for good; what had left has left. */
    PPO_BATCH_UNDONE = 6     /* Taken back within the hold-back: nobody was mailed. */
};

enum { /* What became of one patient of a batch: PPO_MAIL_* once the mail is in the queue, before or without: */
    PPO_OUTCOME_WAITING = 16, /* For its turn: no mail is made yet. */
    PPO_OUTCOME_SKIPPED = 17,  /* `skipped_because` says why. */
    PPO_OUTCOME_TAKEN_BACK = 18 /* The batch was cancelled or undone first. */
};
#define PPO_OUTCOMES 24 /* Places in `by_outcome`; outcomes stay below. */

/* A batch and how far it is. Borrowed. */
typedef struct ppo_batch {
    uint32_t struct_size;
    uint32_t state;                    /* PPO_BATCH_*. */
    ppo_text batch_id;                 /* 1..64 bytes. */
    ppo_text started_by;               /* The staff id. */
    ppo_time started_at;               /* When staff started it. */
    ppo_time starts_at;                /* End of the hold-back. */
    ppo_time ended_at;                 /* Or PPO_TIME_NONE. */
    ppo_time done_at;                  /* While it runs: about when it will be done; else PPO_TIME_NONE. */
    uint64_t selected;                 /* Patients, mailed or skipped. */
    uint64_t by_outcome[PPO_OUTCOMES]; /* Index: outcome. Their sum is `selected`. */
    uint64_t mails_per_minute;         /* As measured lately; 0 = not known. */
} ppo_batch;

/* Frozen. */
typedef struct ppo_batch_sink {
    void *context;
    /*
     * Takes one batch. Answer PPO_OK, or PPO_STOPPED for enough.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_batch *batch);
} ppo_batch_sink;

/* Owned by the caller. */
typedef struct ppo_batch_started {
    uint32_t struct_size;
    uint32_t state;     /* PPO_BATCH_HELD_BACK. */
    uint64_t selected;  /* Patients, mailed or skipped. */
    uint64_t to_mail;   /* The others are skipped already. */
    ppo_time starts_at; /* Until then undo_batch works, and on until `work` has begun with it. */
    char batch_id[72];  /* NUL-terminated. */
} ppo_batch_started;

/* One patient of a batch. Borrowed. */
typedef struct ppo_batch_person {
    uint32_t struct_size;
    uint32_t outcome;           /* PPO_OUTCOME_* or PPO_MAIL_*. */
    ppo_result skipped_because; /* PPO_REFUSED_*; 0 unless skipped. */
    uint32_t place;             /* In the batch, from 1; pass the last one seen as `after`. */
    ppo_text patient_id;        /* The host's id. */
    ppo_text name;              /* "Last, First" */
    ppo_text reason;            /* A sentence, or the mail server's words, cleaned; may be empty. */
    ppo_time queued_at;         /* Or PPO_TIME_NONE. */
    ppo_time next_try_at;       /* Of a deferred mail, or PPO_TIME_NONE. */
} ppo_batch_person;

/* Frozen. */
typedef struct ppo_batch_person_sink {
    void *context;
    /*
     * Takes one patient. Answer PPO_OK, or PPO_STOPPED for enough.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_batch_person *person);
} ppo_batch_person_sink;

#ifdef __cplusplus
}
#endif
#endif

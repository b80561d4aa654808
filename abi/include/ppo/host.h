/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/host.h: what a host gives to the plugin. The core table is required; each interface behind `query` is
 * optional, and the plugin says at `create` what it cannot do without.
 *
 * Pointers and tables given to `create` stay valid until `destroy` has returned.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_HOST_H
#define PPO_HOST_H

#include "ppo/results.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { /* Log levels. */
    PPO_LOG_DEBUG = 1, /* For whoever looks for a fault. */
    PPO_LOG_INFO = 2, /* What happened. */
    PPO_LOG_WARNING = 3, /* What somebody should look at. */
    PPO_LOG_ERROR = 4, /* What broke. */
    PPO_LOG_HOST_MISUSE = 5 /* The host broke the contract; the text says how. */
};

/* What a host gives to create: its core. */
typedef struct ppo_host {
    uint32_t struct_size;
    uint32_t abi_major; /* PPO_ABI_MAJOR as compiled. */
    uint32_t abi_minor; /* PPO_ABI_MINOR as compiled; information only. */
    uint32_t flags;     /* 0. */
    void *context;      /* Comes back as the first argument of each function. */

    /*
     * Writes one line to the host's log. `level` is a PPO_LOG_*, `text` is borrowed, at most 512 bytes, without
     * patient data. Required. It must not call back into the plugin.
     *
     * [anywhere] [borrows]
     */
    void(PPO_CALL *log)(void *context, int32_t level, const char *text, size_t size);

    /*
     * The time now. Required: it lets a simulator move time. An answer before 2020 or after 2100 (0, for
     * instance) makes the call fail with PPO_FAULT_CLOCK.
     *
     * [anywhere] [borrows]
     */
    ppo_time(PPO_CALL *now)(void *context);

    /*
     * Returns the host's table for an interface id such as "ppo.host.directory/1", or NULL. Asked during
     * `create` only. Required, but may always answer NULL.
     *
     * [inline] [static]
     */
    const void *(PPO_CALL *query)(void *context, const char *id, size_t size);
} ppo_host;

/* ------------------------------------------------------------------ ppo.host.directory/1: the patients */

#define PPO_HOST_DIRECTORY_1 "ppo.host.directory/1"

enum { /* Chart status. */
    PPO_CHART_ACTIVE = 1, /* Comes to the practice. */
    PPO_CHART_PROSPECTIVE = 2, /* May come. */
    PPO_CHART_INACTIVE = 3, /* Comes no more: refused as if disabled. */
    PPO_CHART_DECEASED = 4 /* Refused as if disabled; never mailed. */
};

enum {                              /* Flags of a patient. */
    PPO_PATIENT_ACCESS_GRANTED = 1, /* Chart added with "may activate portal": a new row starts enabled. */
    PPO_PATIENT_OPTED_OUT = 2       /* Wants no mail from the portal. */
};

/* What the plugin may know of a patient; nothing else is read or kept. Text limits are bytes. */
typedef struct ppo_patient {
    uint32_t struct_size;
    uint32_t chart_status;     /* PPO_CHART_*. */
    uint32_t flags;            /* PPO_PATIENT_*. */
    uint32_t reserved;         /* 0. */
    ppo_text id;               /* The host's identifier, 1..64, stable for the life of the chart. */
    ppo_text first_name;       /* 0..220. */
    ppo_text last_name;        /* 0..220. */
    ppo_text birth_date;       /* YYYY-MM-DD, or empty if not on file. */
    ppo_text email;            /* 0..320, as on file; may be invalid, which shows as a mark. */
    ppo_text postal_code;      /* 0..32, as on file. */
    ppo_text language;         /* BCP 47, such as "en-US", 0..35; empty = not on file. */
    ppo_text provider;         /* Name of the primary provider, 0..220. */
    const ppo_text *tags;      /* `tag_count` tags of 1..64 bytes each; NULL if none. */
    uint64_t tag_count;        /* 0..32. */
    ppo_time next_appointment; /* PPO_TIME_NONE if none. */
    ppo_time last_appointment; /* PPO_TIME_NONE if none. */
} ppo_patient;

/* Where the host puts patients. Frozen. */
typedef struct ppo_patient_sink {
    void *context;
    /*
     * Takes one patient, borrowed for this call. Answers PPO_OK; PPO_STOPPED for enough; or a misuse if the
     * patient cannot be used, after which the host may go on with the next. Valid until the function that the sink
     * was given to returns, on the thread that it was called on.
     *
     * [handle] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_patient *patient);
} ppo_patient_sink;

/* The table of ppo.host.directory/1. */
typedef struct ppo_host_directory_1 {
    uint32_t struct_size;
    uint32_t reserved; /* 0. */

    /*
     * Puts the patient with this id into the sink, once, and returns PPO_OK. The plugin asks before it queues a mail,
     * and again before one leaves that has waited for more than a minute, so answer from the chart as it is now. An
     * instance with its own thread asks for calls of yours only.
     *
     * PPO_REFUSED_UNKNOWN_PATIENT is believed: the patient leaves the report, as by patient_removed. Whoever cannot
     * tell now answers PPO_FAULT_HOST, or anything else: then nothing changes, and no mail leaves on an old chart.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *get_patient)(void *context, const char *id, size_t size, const ppo_patient_sink *sink,
                                      ppo_error *error);

    /*
     * Puts every patient into the sink, in any order, each once. Returns PPO_OK after the last one, or
     * PPO_STOPPED as soon as the sink said so.
     *
     * After PPO_OK whoever was not among them leaves the report, as by patient_removed; after anything else nobody.
     * A chart that cannot be used changes nothing about its patient. A reading without any patient that can be used is
     * not believed where there were some: nobody leaves, and the log says so.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *each_patient)(void *context, const ppo_patient_sink *sink, ppo_error *error);
} ppo_host_directory_1;

/* ------------------------------------------------------------------------ ppo.host.secrets/1: the keys */

#define PPO_HOST_SECRETS_1 "ppo.host.secrets/1"

/* Frozen. */
typedef struct ppo_key_sink {
    void *context;
    /*
     * Takes one root key: an id of 1..32 bytes of [a-z0-9-] and exactly 32 random bytes. Both borrowed; the plugin
     * keeps its copy in memory that is wiped. Valid as in ppo_patient_sink.
     *
     * [handle] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const char *id, size_t id_size, const uint8_t *key, size_t key_size);
} ppo_key_sink;

/* The table of ppo.host.secrets/1. */
typedef struct ppo_host_secrets_1 {
    uint32_t struct_size;
    uint32_t reserved; /* 0. */

    /*
     * Puts every root key into the sink: the first is the one that new secrets are made with, all are read. Asked
     * at `create`. Give every key that the store was ever written with. To change keys let every process read the
     * new one first, behind the others, and only then put it first. Without this interface the plugin uses the key
     * file named in the settings.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *each_key)(void *context, const ppo_key_sink *sink, ppo_error *error);
} ppo_host_secrets_1;

/* ------------------------------------------------------------------------ ppo.host.mail/1: own transport */

#define PPO_HOST_MAIL_1 "ppo.host.mail/1"

/* One mail on its way out. */
typedef struct ppo_mail {
    uint32_t struct_size;
    uint32_t flags;      /* 0. */
    ppo_text message_id; /* Without angle brackets; the same at every retry of one mail. */
    ppo_text sender;     /* Envelope sender, 3..254 bytes. */
    ppo_text recipient;  /* Envelope recipient: exactly one, 3..254 bytes. */
    ppo_text message;    /* The whole message, RFC 5322, lines end in CRLF. */
} ppo_mail;

/* The table of ppo.host.mail/1. */
typedef struct ppo_host_mail_1 {
    uint32_t struct_size;
    uint32_t reserved; /* 0. */

    /*
     * Hands one mail on. The reason of whatever is not PPO_OK belongs into `error->message`: staff read it.
     *
     * PPO_OK                      Taken, and the host answers for it from now on.
     * PPO_REFUSED_MAIL_DEFERRED   This mail not now. It comes again after about 1, 5, 15, 30, 60, 120 and then every
     *                             240 minutes, and after a day it is given up: PPO_MAIL_FAILED. The others go on.
     * PPO_REFUSED_MAIL_REJECTED   This mail never.
     * PPO_REFUSED_MAIL_UNKNOWN    It may have left. It comes once more after 30 minutes, with the same `message_id`.
     * Anything else               No mail can be handed on now: all of them wait, for about a minute at first and for
     *                             longer while that lasts. `error->retry_after_ms` is not read.
     *
     * Called from `work`, one mail at a time, and from ppo_mail_1.send_test_mail; hence `work` of an instance with
     * its own thread never calls it. Nothing breaks it off: `destroy` waits for it.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *send_mail)(void *context, const ppo_mail *mail, ppo_error *error);
} ppo_host_mail_1;

/* -------------------------------------------------------------------------- ppo.host.ui/1: the screen */

#define PPO_HOST_UI_1 "ppo.host.ui/1"

/* The table of ppo.host.ui/1. */
typedef struct ppo_host_ui_1 {
    uint32_t struct_size;
    uint32_t reserved; /* 0. */

    /*
     * Something changed that the view shows: render it again when convenient. Empty patient_id: all patients.
     *
     * [inline] [borrows]
     */
    void(PPO_CALL *refresh)(void *context, const char *patient_id, size_t size);
} ppo_host_ui_1;

/* ------------------------------------------------------------- ppo.host.sessions/1: the portal's sessions */

#define PPO_HOST_SESSIONS_1 "ppo.host.sessions/1"

/* The table of ppo.host.sessions/1. */
typedef struct ppo_host_sessions_1 {
    uint32_t struct_size;
    uint32_t reserved; /* 0. */

    /*
     * End every portal session of this patient: access was disabled, password, username or the e-mail on file changed,
     * or the chart was closed, removed or merged into another one; also if reading the chart or the whole directory
     * brought that to light. What check_session asks about is the same. Called after
     * the change is stored, in the process that stored it alone: a portal that others write beside asks
     * ppo_selfservice_1.check_session instead.
     *
     * [inline] [borrows]
     */
    void(PPO_CALL *end_sessions)(void *context, const char *patient_id, size_t size);
} ppo_host_sessions_1;

/* ------------------------------------------------------- ppo.host.audit/1: checkpoints outside of the store */

#define PPO_HOST_AUDIT_1 "ppo.host.audit/1"

/* How the record stood once. No secret, and no proof without the store's keys. Frozen. */
typedef struct ppo_checkpoint {
    uint64_t sequence; /* Of the entry that was the last one; 1 or more. */
    ppo_time at;       /* When the plugin told. */
    ppo_text mac;      /* The last entry's, which covers every entry before it: 1..128 bytes of ASCII. */
} ppo_checkpoint;

/* The table of ppo.host.audit/1. */
typedef struct ppo_host_audit_1 {
    uint32_t struct_size;
    uint32_t reserved; /* 0. */

    /*
     * Keeps a checkpoint where those who can write to the store cannot: whoever cuts the end of the record off, or puts
     * an older copy of the store back, is found out by ppo_audit_1.verify_against. Answer PPO_OK once it is kept. After
     * any other answer the log says so once, and the record as it stands then is told with the next change.
     *
     * Told at the end of the call that wrote the 1,000th entry since the last checkpoint, or the first one an hour or
     * more after it, in whatever process; and at `shutdown`, if there is anything new. What an instance writes on its
     * own thread is told with the next call that changes something, or at `shutdown`. Two processes on one store may
     * tell the same.
     *
     * [inline] [borrows] After the change is stored, never from the plugin's own thread.
     */
    ppo_result(PPO_CALL *checkpoint)(void *context, const ppo_checkpoint *checkpoint, ppo_error *error);
} ppo_host_audit_1;

#ifdef __cplusplus
}
#endif
#endif

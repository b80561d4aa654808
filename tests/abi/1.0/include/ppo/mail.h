/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/mail.h: ppo.mail/1, whether mails can leave and what they say. Every slot needs PPO_MAY_CHANGE_SETTINGS, unless
 * it says otherwise.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_MAIL_H
#define PPO_MAIL_H

#include "ppo/people.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PPO_MAIL_1 "ppo.mail/1"

/* How the queue and the way out stand. Borrowed. */
typedef struct ppo_delivery {
    uint32_t struct_size;
    uint32_t reserved;         /* 0. */
    uint64_t waiting;          /* Mails that will be tried, deferred ones included. */
    uint64_t deferred;         /* Of these: tried before. */
    ppo_time oldest_at;        /* When the oldest of them was queued, or PPO_TIME_NONE. */
    ppo_time broken_since;     /* Since when the mail server takes nothing at all, or PPO_TIME_NONE. */
    ppo_time next_try_at;      /* While broken: when it is tried again. */
    ppo_text broken_because;   /* While broken: one sentence for staff. */
    uint64_t left_last_minute; /* Mails that left in the last full minute of the clock. */
    uint64_t left_last_day;    /* Mails that left in the last 24 hours. */
} ppo_delivery;

/* Frozen. */
typedef struct ppo_delivery_sink {
    void *context;
    /*
     * Takes it, borrowed for this call. Answer PPO_OK.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_delivery *delivery);
} ppo_delivery_sink;

/* One step on the way to the mail server. Borrowed. */
typedef struct ppo_mail_step {
    uint32_t struct_size;
    uint32_t passed;   /* 1 or 0; after a 0 nothing follows. */
    ppo_text step;     /* Stable: "look_up", "connect", "tls", "greeting", "ehlo", "starttls", "second_ehlo", "auth",
                          "sender", "recipient", "data", "content", "folder", "host". */
    ppo_text sentence; /* What was reached, or what went wrong and what may mend it. */
} ppo_mail_step;

/* Frozen. */
typedef struct ppo_mail_step_sink {
    void *context;
    /*
     * Takes one step, in order. Answer PPO_OK, or PPO_STOPPED for enough.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_mail_step *step);
} ppo_mail_step_sink;

enum { /* Mails whose text the practice may replace. */
    PPO_TEMPLATE_FIRST_SET_UP = 1, /* To who has no password yet. */
    PPO_TEMPLATE_NEW_PASSWORD = 2, /* To who has one. */
    PPO_TEMPLATE_REMINDER = 3 /* Of a link that nobody has used. */
};

/*
 * One mail's text, with variables in double square brackets: [[first_name]], [[link]], [[expires]], [[practice_name]],
 * [[practice_phone]], [[username]]. A line with [[username]] is left out for a patient without one. Borrowed.
 */
typedef struct ppo_mail_template {
    uint32_t struct_size;
    uint32_t kind;     /* PPO_TEMPLATE_*. */
    ppo_text language; /* "en" or "es". */
    ppo_text subject;  /* One line, 1..200 bytes. */
    ppo_text text;     /* The plain part, 1..20480 bytes, lines of up to 998 bytes. */
    ppo_text html;     /* The HTML part, 1..20480 bytes, lines of up to 998 bytes. */
    uint32_t replaced; /* 1 = the practice's own; 0 = the one that comes with the plugin. Ignored when given. */
    uint32_t reserved; /* 0. */
} ppo_mail_template;

/* Frozen. */
typedef struct ppo_mail_template_sink {
    void *context;
    /*
     * Takes the template, borrowed for this call. Answer PPO_OK.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_mail_template *mail_template);
} ppo_mail_template_sink;

/* Something that the linter found. Borrowed. */
typedef struct ppo_template_finding {
    uint32_t struct_size;
    uint32_t line;     /* In the part, from 1. */
    ppo_text part;     /* "subject", "text" or "html". */
    ppo_text code;     /* Stable: "no_link", "two_links", "unknown_variable", "remote_content" and so on. */
    ppo_text sentence; /* What is wrong and how to mend it. */
} ppo_template_finding;

/* Frozen. */
typedef struct ppo_template_finding_sink {
    void *context;
    /*
     * Takes one finding. Answer PPO_OK, or PPO_STOPPED for enough.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_template_finding *finding);
} ppo_template_finding_sink;

/* The table of ppo.mail/1. */
typedef struct ppo_mail_1 {
    uint32_t struct_size;
    uint32_t reserved; /* 0. */

    /*
     * Says how many mails wait and whether the mail server takes them. Needs PPO_MAY_ONBOARD.
     *
     * PPO_REFUSED_NOT_PERMITTED.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *get_delivery)(ppo_instance *self, const ppo_caller *caller, const ppo_delivery_sink *sink,
                                       ppo_error *error);

    /*
     * Walks to the mail server as a mail would, up to signing in, and tells each step; hands over no mail. PPO_OK also
     * if a step failed: the last step says so.
     *
     * PPO_REFUSED_NOT_PERMITTED.
     *
     * [free] [borrows] Waits for the network, up to about a minute; shutdown ends it.
     */
    ppo_result(PPO_CALL *test_connection)(ppo_instance *self, const ppo_caller *caller,
                                          const ppo_mail_step_sink *sink, ppo_error *error);

    /*
     * Gives the text in use for a mail.
     *
     * kind      PPO_TEMPLATE_*.
     * language  "en" or "es".
     *
     * PPO_REFUSED_NOT_PERMITTED; PPO_MISUSE_VALUE for an unknown kind or language.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *get_template)(ppo_instance *self, const ppo_caller *caller, uint32_t kind, ppo_text language,
                                       const ppo_mail_template_sink *sink, ppo_error *error);

    /*
     * Says everything that is wrong with a text; nothing if it can be used.
     *
     * mail_template  The text, its kind and its language.
     *
     * PPO_OK also with findings; PPO_STOPPED, PPO_REFUSED_NOT_PERMITTED.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *check_template)(ppo_instance *self, const ppo_caller *caller,
                                         const ppo_mail_template *mail_template,
                                         const ppo_template_finding_sink *sink, ppo_error *error);

    /*
     * Replaces the text of a mail, for mails that leave from now on.
     *
     * mail_template  The text, its kind and its language.
     *
     * PPO_REFUSED_NOT_PERMITTED, _TEMPLATE (nothing has changed; check_template says the rest).
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *set_template)(ppo_instance *self, const ppo_caller *caller,
                                       const ppo_mail_template *mail_template, ppo_error *error);

    /*
     * Goes back to the text that comes with the plugin. Resetting what was not replaced is PPO_OK.
     *
     * kind      PPO_TEMPLATE_*.
     * language  "en" or "es".
     *
     * PPO_REFUSED_NOT_PERMITTED; PPO_MISUSE_VALUE.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *reset_template)(ppo_instance *self, const ppo_caller *caller, uint32_t kind,
                                         ppo_text language, ppo_error *error);

    /*
     * Writes a mail as this patient would get it, with a link that opens nothing. Texts that are not given come from
     * the template in use.
     *
     * mail_template  The text to show. The sink gets it with every variable filled in.
     * patient_id     0..64 bytes; empty = an invented patient.
     *
     * PPO_REFUSED_NOT_PERMITTED, _UNKNOWN_PATIENT, _TEMPLATE.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *preview_template)(ppo_instance *self, const ppo_caller *caller,
                                           const ppo_mail_template *mail_template, ppo_text patient_id,
                                           const ppo_mail_template_sink *sink, ppo_error *error);

    /*
     * Sends a mail to staff at once, about an invented patient and with a link that opens nothing, and tells each step
     * on the way. PPO_OK also if a step failed.
     *
     * mail_template  As in preview_template.
     * recipient      1..254 bytes.
     *
     * PPO_REFUSED_NOT_PERMITTED, _TEMPLATE, _INVALID_EMAIL.
     *
     * [free] [borrows] Waits for the network, up to about a minute; shutdown ends it.
     */
    ppo_result(PPO_CALL *send_test_mail)(ppo_instance *self, const ppo_caller *caller,
                                         const ppo_mail_template *mail_template, ppo_text recipient,
                                         const ppo_mail_step_sink *sink, ppo_error *error);
} ppo_mail_1;

#ifdef __cplusplus
}
#endif
#endif

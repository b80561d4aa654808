/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/selfservice.h: ppo.selfservice/1, what the portal does for the patient. It needs no permission: the link, or
 * username and password, is what the visitor brings.
 *
 * The portal's part: sessions, CSRF, headers; serve a link page with Referrer-Policy: no-referrer and
 * Cache-Control: no-store; never log a link; ask check_session at each request of a patient who is signed in. The
 * plugin's part: everything else.
 *
 * Tries are limited per source, which is ppo_visitor.from: IPv4 whole, IPv6 by its first 64 bits. Give the visitor's
 * own address, not that of a proxy in between: else all visitors are one source. Who is over a limit is answered
 * PPO_REFUSED_TOO_MANY_TRIES; a web page says so with status 429. A genuine link is never refused by such a limit.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_SELFSERVICE_H
#define PPO_SELFSERVICE_H

#include "ppo/onboarding.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PPO_SELFSERVICE_1 "ppo.selfservice/1"

enum {                            /* Flags of a link page. */
    PPO_LINK_PAGE_USERNAME = 1,   /* The form asks for a username: none is on file. */
    PPO_LINK_PAGE_BIRTH_DATE = 2, /* Asks the birth date on file first. */
    PPO_LINK_PAGE_POSTAL_CODE = 4, /* Asks the ZIP on file first. */
    PPO_LINK_PAGE_RENEWABLE = 8   /* A dead link that renew_link can replace. */
};

/* What a link page shows. Borrowed. A dead link has only state, sentence, practice and perhaps RENEWABLE. */
typedef struct ppo_link_page {
    uint32_t struct_size;
    ppo_result state;        /* PPO_OK = usable; else the PPO_REFUSED_LINK_* that it died of. */
    uint32_t flags;          /* PPO_LINK_PAGE_*. */
    uint32_t reserved;       /* 0. */
    ppo_text sentence;       /* For the visitor: what to do, or why the link does not work any more. */
    ppo_text first_name;     /* Of the person invited; usable links only. */
    ppo_text username;       /* On file; empty if the form asks for it; shown only once the identity is confirmed. */
    ppo_text practice_name;  /* As in the settings. */
    ppo_text practice_phone; /* As in the settings. */
    ppo_text expires_text;   /* Date and time for people, in the visitor's language; usable links only. */
    ppo_time expires_at;     /* Or PPO_TIME_NONE. */
    int64_t wait_ms;         /* After wrong answers: how long until the next one is taken; 0 = now. */
} ppo_link_page;

/* Frozen. */
typedef struct ppo_link_page_sink {
    void *context;
    /*
     * Takes the page, borrowed for this call. Answer PPO_OK.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_link_page *page);
} ppo_link_page_sink;

/* The link in hand, with the answers to what its page asks. Borrowed. */
typedef struct ppo_link_answers {
    uint32_t struct_size;
    uint32_t flags;       /* 0. */
    ppo_text link;        /* The secret from the mailed URL: what follows the last "/". 0..256 bytes. */
    ppo_text birth_date;  /* YYYY-MM-DD, or as typed: M/D/YYYY; empty if not asked. 0..32 bytes. */
    ppo_text postal_code; /* Empty if not asked. 0..32 bytes. */
} ppo_link_answers;

enum { /* What self-service asks for. */
    PPO_REQUEST_ACCOUNT = 1,  /* "I'm a registered patient. Create my account" */
    PPO_REQUEST_PASSWORD = 2, /* "I forgot my password" */
    PPO_REQUEST_USERNAME = 3  /* "I forgot my username" */
};

/* The four facts. Borrowed; each 0..320 bytes as typed. */
typedef struct ppo_identity {
    uint32_t struct_size;
    uint32_t flags;       /* 0. */
    ppo_text email;       /* As typed. */
    ppo_text birth_date;  /* YYYY-MM-DD or M/D/YYYY. */
    ppo_text last_name;   /* As typed. */
    ppo_text postal_code; /* As typed. */
} ppo_identity;

enum { /* Flags of a sign-in. */
    PPO_SIGNED_IN_MUST_CHANGE_PASSWORD = 1 /* Let the patient do nothing before change_password. */
};

/* Who signed in. Borrowed. */
typedef struct ppo_signed_in {
    uint32_t struct_size;
    uint32_t flags;         /* PPO_SIGNED_IN_*. */
    ppo_text patient_id;    /* The host's id. */
    ppo_text first_name;    /* For the greeting. */
    ppo_text username;      /* As it is on file. */
    uint64_t session_epoch; /* Keep it in the session, for check_session. */
} ppo_signed_in;

/* Frozen. */
typedef struct ppo_signed_in_sink {
    void *context;
    /*
     * Takes the patient, borrowed for this call. Answer PPO_OK.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_signed_in *signed_in);
} ppo_signed_in_sink;

enum { /* Flags of a mail choice. */
    PPO_MAIL_CHOICE_MAIL_ME = 1,      /* Mails from the practice's portal may come. */
    PPO_MAIL_CHOICE_CHART_SAYS_NO = 2 /* None comes either way; only the practice changes that. */
};

/* Whether a patient is mailed anything. Owned by the caller. */
typedef struct ppo_mail_choice {
    uint32_t struct_size;
    uint32_t flags; /* PPO_MAIL_CHOICE_*. */
} ppo_mail_choice;

/* The table of ppo.selfservice/1. */
typedef struct ppo_selfservice_1 {
    uint32_t struct_size;
    uint32_t reserved; /* 0. */

    /*
     * Says what the page of a link shows. Changes nothing, however often it is called: mail scanners open links.
     *
     * link  0..256 bytes.
     *
     * Returns PPO_OK after the sink took the page, also for a dead link.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *open_link)(ppo_instance *self, const ppo_visitor *visitor, ppo_text link,
                                    const ppo_link_page_sink *sink, ppo_error *error);

    /*
     * Checks the answers to what the page asks, then puts the page with its form. Three wrong answers start growing
     * delays, after every tenth one of a day; while one runs, right answers wait too. Staff see and can lift it; the
     * link is not consumed. Call from POST only: wrong answers are stored, and that the link was opened.
     *
     * PPO_OK; PPO_REFUSED_IDENTITY_MISMATCH, _IDENTITY_WAIT, _INVALID_BIRTH_DATE, _FIELD_EMPTY, the PPO_REFUSED_LINK_*;
     * _TOO_MANY_TRIES in place of _LINK_UNKNOWN after 20 unknown links from this source in a minute, or 200 in a day.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *confirm_identity)(ppo_instance *self, const ppo_visitor *visitor,
                                           const ppo_link_answers *answers, const ppo_link_page_sink *sink,
                                           ppo_error *error);

    /*
     * The live verdict on a username for the holder of a usable link with right answers.
     *
     * username  0..256 bytes.
     *
     * PPO_OK after the sink took the verdict; PPO_REFUSED_IDENTITY_*, _LINK_*, _TOO_MANY_TRIES as above.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *check_username)(ppo_instance *self, const ppo_visitor *visitor,
                                         const ppo_link_answers *answers, ppo_text username,
                                         const ppo_username_verdict_sink *sink, ppo_error *error);

    /*
     * Sets the username (only if none is on file) and the password, and with that consumes the link: all or nothing.
     * Nobody is signed in by it.
     *
     * answers   The link and what its page asked, as in confirm_identity.
     * username  Absent (NULL) if the page does not ask for it; 0..256 bytes.
     * password  0..1024 bytes.
     *
     * PPO_OK; PPO_REFUSED_PASSWORD_MISSING, _PASSWORD_TOO_SHORT, _PASSWORD_TOO_LONG, _PASSWORD_GUESSABLE,
     * _PASSWORD_CHARACTERS, _USERNAME_*, _IDENTITY_*, _LINK_*, _BUSY, _TOO_MANY_TRIES (for a link that nobody has): the
     * link stays as it was.
     *
     * [free] [borrows] Takes as long as one Argon2id hash, 20 to 300 ms.
     */
    ppo_result(PPO_CALL *complete_setup)(ppo_instance *self, const ppo_visitor *visitor,
                                         const ppo_link_answers *answers, ppo_text username, ppo_text password,
                                         ppo_error *error);

    /*
     * Mails a fresh link to the address on file, in place of a dead one that its page called renewable. Says nothing
     * about the address. Answers PPO_OK also if a cap keeps the mail from leaving.
     *
     * PPO_OK; PPO_REFUSED_TOO_MANY_TRIES as for confirm_identity.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *renew_link)(ppo_instance *self, const ppo_visitor *visitor, ppo_text link,
                                     ppo_error *error);

    /*
     * Takes the four facts of a visitor who wants an account, a password or a username. Matching and mailing happen
     * later, in `work`, so that answer and time are the same whether or not anyone matched. The mail goes to the
     * address on file. The same facts are answered by mail 3 times in an hour and 10 times in a day; more often the
     * answer here is the same and no mail leaves. Asking for an account or a password takes back that the patient
     * declined or put it off.
     *
     * what      PPO_REQUEST_*.
     * identity  The four facts, as typed.
     *
     * PPO_OK; PPO_REFUSED_FIELD_EMPTY, _INVALID_EMAIL, _INVALID_BIRTH_DATE, _INVALID_POSTAL_CODE: these depend on what
     * was typed alone; _TOO_MANY_TRIES: on how many requests came from this source (see source_requests_per_hour).
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *request)(ppo_instance *self, const ppo_visitor *visitor, uint32_t what,
                                  const ppo_identity *identity, ppo_error *error);

    /*
     * Signs a patient in. The first success turns the row GREEN.
     *
     * username  0..256 bytes, as typed.
     * password  0..1024 bytes.
     *
     * PPO_OK after the sink took the patient; PPO_REFUSED_SIGN_IN for every reason, after the same work; _BUSY;
     * _TOO_MANY_TRIES before anything is looked at, once too many sign-ins from this source have failed in an hour.
     * After five wrong passwords in a row waits grow from 30 seconds to an hour, in which the right one is refused too;
     * a hundred disable the password until a link, another password by staff or lift_delays. A link works meanwhile.
     *
     * [free] [borrows] Takes as long as one Argon2id hash, 20 to 300 ms.
     */
    ppo_result(PPO_CALL *sign_in)(ppo_instance *self, const ppo_visitor *visitor, ppo_text username,
                                  ppo_text password, const ppo_signed_in_sink *sink, ppo_error *error);

    /*
     * Changes the password of a patient who is signed in. Other sessions of the patient end.
     *
     * current_password  0..1024 bytes, as typed.
     * new_password      0..1024 bytes, as typed.
     * session_epoch     Out, may be NULL: in place of the sign-in's, for the session that goes on. Written on PPO_OK
     *                   only.
     *
     * PPO_OK; PPO_REFUSED_SIGN_IN if the current password is wrong, which counts like a failed sign-in, or while none
     * is taken; _PASSWORD_*, _BUSY.
     *
     * [free] [borrows] Takes as long as two Argon2id hashes.
     */
    ppo_result(PPO_CALL *change_password)(ppo_instance *self, const ppo_visitor *visitor, ppo_text patient_id,
                                          ppo_text current_password, ppo_text new_password,
                                          uint64_t *session_epoch, ppo_error *error);

    /*
     * Says whether a patient who is signed in is mailed anything. Changes nothing.
     *
     * choice  Out.
     *
     * PPO_OK; PPO_REFUSED_SIGN_IN if the account is closed by now.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *get_mail_choice)(ppo_instance *self, const ppo_visitor *visitor, ppo_text patient_id,
                                          ppo_mail_choice *choice, ppo_error *error);

    /*
     * Takes the word of a patient who is signed in. Not to be mailed (PPO_CONSENT_DO_NOT_MAIL) holds for every mail
     * until the same patient, or staff, say otherwise; to be mailed takes back whatever was said before.
     *
     * mail_me  1 or 0.
     *
     * PPO_OK; PPO_REFUSED_SIGN_IN if the account is closed by now.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *set_mail_choice)(ppo_instance *self, const ppo_visitor *visitor, ppo_text patient_id,
                                          int32_t mail_me, ppo_error *error);

    /*
     * Says whether a sign-in still holds: whatever ended it may have been done in another process, where nobody could
     * call ppo_host_sessions_1.end_sessions of this one. Ask at each request. Changes nothing.
     *
     * session_epoch  From the sign-in, or from change_password since.
     *
     * PPO_OK; PPO_REFUSED_SIGN_IN once access was disabled, the chart closed, removed or merged into another, or
     * password, username or e-mail on file changed, also if it is as before by now: end the session.
     *
     * [free] [borrows] One look-up by the patient's id.
     */
    ppo_result(PPO_CALL *check_session)(ppo_instance *self, const ppo_visitor *visitor, ppo_text patient_id,
                                        uint64_t session_epoch, ppo_error *error);
} ppo_selfservice_1;

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/people.h: who is behind a call, and the words for how far a patient has come.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_PEOPLE_H
#define PPO_PEOPLE_H

#include "ppo/plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What the host lets a member of staff do. In hosts that name rights by words: portal.manage is PPO_MAY_ONBOARD,
 * portal.set_password PPO_MAY_SET_PASSWORD, portal.settings PPO_MAY_CHANGE_SETTINGS. What somebody may not do is left
 * out of the views, with the reason where people would look for it, and refused by every slot.
 */
enum {
    PPO_MAY_ONBOARD = 1,     /* See the report and the tab, enable, disable, invite, set a username. */
    PPO_MAY_SET_PASSWORD = 2, /* Set a password by hand; needs PPO_MAY_ONBOARD too. */
    PPO_MAY_READ_AUDIT = 4,  /* Read and verify the audit. */
    PPO_MAY_CHANGE_SETTINGS = 8 /* Try the mail server, replace the texts of mails, read deviations. */
};

/* The member of staff (or the host itself) who acts. Goes into the audit entry. */
typedef struct ppo_caller {
    uint32_t struct_size;
    uint32_t permissions; /* PPO_MAY_*. Others are ignored. */
    ppo_text staff_id;    /* The host's identifier, 1..64 bytes. */
    ppo_text name;        /* For people to read, 0..220 bytes. */
    ppo_text from;        /* Workstation or address, 0..64 bytes. */
} ppo_caller;

/* The visitor of the portal. Goes into the audit entry, and into the limits per source. */
typedef struct ppo_visitor {
    uint32_t struct_size;
    uint32_t flags;      /* 0. */
    ppo_text from;       /* Network address as the portal saw it, 1..64 bytes. */
    ppo_text user_agent; /* 0..512 bytes. */
    ppo_text language;   /* BCP 47, 0..35 bytes; empty = the practice's. For sentences in answers. */
} ppo_visitor;

/* Portal status: one colour a patient. Word and shape always stand beside the colour. */
enum {
    PPO_STATUS_NOT_ENABLED = 1, /* RED: access is off, or the chart is Inactive or Deceased. */
    PPO_STATUS_NOT_INVITED = 2, /* GRAY: enabled, nothing has been handed to the patient yet. */
    PPO_STATUS_INVITED = 3,     /* ORANGE: an invitation left or credentials were handed over; never signed in. */
    PPO_STATUS_SIGNED_IN = 4    /* GREEN: has signed in at least once. */
};

/* Marks stand beside the status and never change it. Bits. */
#define PPO_MARK_NO_EMAIL UINT64_C(0x1) /* No e-mail on file. */
#define PPO_MARK_INVALID_EMAIL UINT64_C(0x2) /* The e-mail on file cannot be one. */
#define PPO_MARK_NO_POSTAL_CODE UINT64_C(0x4) /* No ZIP on file. */
#define PPO_MARK_DECEASED UINT64_C(0x8) /* The chart says so. */
#define PPO_MARK_INACTIVE UINT64_C(0x10) /* The chart says so. */
#define PPO_MARK_LINK_EXPIRED UINT64_C(0x20) /* The last link ran out unused. */
#define PPO_MARK_QUEUED UINT64_C(0x40) /* A mail waits to leave. */
#define PPO_MARK_DEFERRED UINT64_C(0x80) /* A mail was tried and will be again. */
#define PPO_MARK_FAILED UINT64_C(0x100) /* The mail server refused the last mail for good. */
#define PPO_MARK_BOUNCED UINT64_C(0x200) /* The last mail was taken, and came back. */
#define PPO_MARK_OUTCOME_UNKNOWN UINT64_C(0x400) /* The connection was lost after the last byte. */
#define PPO_MARK_ADDRESS_CHANGED UINT64_C(0x800) /* Since the last invitation, whose link is dead. */
#define PPO_MARK_PASSWORD_SET_BY_STAFF UINT64_C(0x1000) /* And not used yet. */
#define PPO_MARK_MUST_CHANGE_PASSWORD UINT64_C(0x2000) /* At the next sign-in. */
#define PPO_MARK_LOCKED UINT64_C(0x4000) /* After wrong answers or passwords: a wait, or no password is taken. */
#define PPO_MARK_OPTED_OUT UINT64_C(0x8000) /* By the chart, or declined, put off until later, do not mail. */

enum { /* What a patient said about the portal, beside the chart's own PPO_PATIENT_OPTED_OUT. */
    PPO_CONSENT_NONE = 0,     /* Nothing, or taken back. */
    PPO_CONSENT_DECLINED = 1, /* Wants no portal account: no invitation. */
    PPO_CONSENT_DEFERRED = 2, /* Wants to be asked again later: no invitation before `until`. */
    PPO_CONSENT_DO_NOT_MAIL = 3 /* Wants no mail at all from the portal: somebody else may read the mailbox. */
};

#ifdef __cplusplus
}
#endif
#endif

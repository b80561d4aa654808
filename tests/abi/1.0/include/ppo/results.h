/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/results.h: every answer a call can give. The sentence that staff or patient read comes in ppo_error.
 * Open: later minors add values. Treat an unknown value by its band.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_RESULTS_H
#define PPO_RESULTS_H

#include "ppo/base.h"

/* Good. */
enum {
    PPO_OK = 1, /* Done. */
    PPO_STOPPED = 2, /* A sink asked to stop, and the call did. */
    PPO_MORE = 3     /* From `work`: there is more to do now. */
};

/* Refused, -1000 to -1999: a rule says no. Show the sentence. Nothing has changed. */
enum {
    PPO_REFUSED_NOT_PERMITTED = -1001, /* The caller lacks the permission that the slot names. */
    PPO_REFUSED_UNKNOWN_PATIENT = -1002, /* Nobody has this id. */
    PPO_REFUSED_ACCESS_NOT_ENABLED = -1003, /* The access flag is off. */
    PPO_REFUSED_CHART_INACTIVE = -1004, /* The chart is Inactive. */
    PPO_REFUSED_CHART_DECEASED = -1005, /* The chart is Deceased. */
    PPO_REFUSED_NO_EMAIL = -1006, /* No e-mail on file. */
    PPO_REFUSED_INVALID_EMAIL = -1007, /* The e-mail on file, or typed, cannot be one. */
    PPO_REFUSED_OPTED_OUT = -1008, /* No mail at all: the chart says so, or the patient. */
    PPO_REFUSED_COOLING_DOWN = -1009, /* retry_after_ms says how long. */
    PPO_REFUSED_NO_OPEN_INVITATION = -1010, /* There is none to revoke. */
    PPO_REFUSED_TOO_MANY_MAILS = -1011, /* A cap on mails is reached; retry_after_ms says how long. */
    PPO_REFUSED_ALREADY_SIGNED_IN = -1012, /* In batches only: this patient needs no invitation any more. */
    PPO_REFUSED_CHART_UNREADABLE = -1013,  /* The host gave this one chart, but as it cannot be. */
    PPO_REFUSED_DECLINED = -1014,       /* The patient said: no portal account. */
    PPO_REFUSED_DEFERRED = -1015,       /* The patient said: ask again later; retry_after_ms says when. */
    PPO_REFUSED_DATE_NOT_AHEAD = -1016, /* What is put off is put off until a moment that lies ahead. */

    PPO_REFUSED_USERNAME_TOO_SHORT = -1101, /* The sentence says how many characters it takes. */
    PPO_REFUSED_USERNAME_TOO_LONG = -1102, /* The sentence says how many it may have. */
    PPO_REFUSED_USERNAME_CHARACTERS = -1103, /* A character that a username cannot hold. */
    PPO_REFUSED_USERNAME_RESERVED = -1104, /* Could be mistaken for the practice's own. */
    PPO_REFUSED_USERNAME_TAKEN = -1105, /* Also when taken meanwhile: the store decides, not the check. */
    PPO_REFUSED_USERNAME_MISSING = -1106, /* A password needs one, and none is on file. */
    PPO_REFUSED_USERNAME_ON_FILE = -1107, /* There is one already; a link does not change it. */

    PPO_REFUSED_PASSWORD_TOO_SHORT = -1201, /* The sentence says how many characters it takes. */
    PPO_REFUSED_PASSWORD_TOO_LONG = -1202, /* More than 256 characters. */
    PPO_REFUSED_PASSWORD_GUESSABLE = -1203, /* Common, or made of words that stand near. */
    PPO_REFUSED_PASSWORD_CHARACTERS = -1204, /* Control characters, which no keyboard types. */
    PPO_REFUSED_PASSWORD_MISSING = -1205, /* None was typed. */
    PPO_REFUSED_PASSWORD_UNCHANGED = -1206, /* change_password: the new one is the current one. */

    PPO_REFUSED_LINK_UNKNOWN = -1301, /* Not a link of this practice, or damaged on the way. */
    PPO_REFUSED_LINK_USED = -1302, /* A password was stored with it. */
    PPO_REFUSED_LINK_EXPIRED = -1303, /* Its time is over. */
    PPO_REFUSED_LINK_REPLACED = -1304,            /* A newer link was sent. */
    PPO_REFUSED_LINK_ACCESS_DISABLED = -1305,     /* Access was disabled, or the chart closed. */
    PPO_REFUSED_LINK_EMAIL_CHANGED = -1306,       /* The e-mail on file is another one now. */
    PPO_REFUSED_LINK_CREDENTIALS_CHANGED = -1307, /* Username or password were changed another way. */
    PPO_REFUSED_LINK_WITHDRAWN = -1308,           /* Staff revoked it. */
    PPO_REFUSED_IDENTITY_MISMATCH = -1309,        /* The birth date (or ZIP) is not the one on file. */
    PPO_REFUSED_IDENTITY_WAIT = -1310,            /* Too many wrong answers; retry_after_ms says how long. */
    PPO_REFUSED_LINK_RESTORED = -1311,            /* The store was restored from a backup. */

    PPO_REFUSED_SIGN_IN = -1401,     /* The one neutral refusal, whatever the reason. */
    PPO_REFUSED_FIELD_EMPTY = -1402, /* `field` names it. */
    PPO_REFUSED_INVALID_BIRTH_DATE = -1403, /* What was typed is no day. */
    PPO_REFUSED_INVALID_POSTAL_CODE = -1404, /* What was typed cannot be one. */
    PPO_REFUSED_BUSY = -1405, /* Too many passwords are being checked; retry_after_ms says how long. */
    PPO_REFUSED_TOO_MANY_TRIES = -1406, /* From where this visitor comes from; retry_after_ms says how long. */

    PPO_REFUSED_STALE_CURSOR = -1501, /* The cursor belongs to another query. */
    PPO_REFUSED_TOO_MANY_VIEWS = -1502, /* Of this member of staff; one has to be dropped first. */
    PPO_REFUSED_UNKNOWN_SAVED_VIEW = -1503, /* This member of staff has saved none of this name. */
    PPO_REFUSED_VIEW_NAME = -1504, /* Not 1 to 64 characters that can be seen. */

    PPO_REFUSED_UNKNOWN_BATCH = -1701, /* No batch of this practice has this id. */
    PPO_REFUSED_BATCH_STATE = -1702,  /* The batch is not in a state for that: for instance undo after the hold-back. */
    PPO_REFUSED_BATCH_EMPTY = -1703,  /* Nobody of the selection can be mailed. */

    PPO_REFUSED_TEMPLATE = -1801,     /* The linter found something; the message names part, line and reason. */
    PPO_REFUSED_NOT_A_DELIVERY_REPORT = -1802, /* Not RFC 3464, or too large, or damaged. */
    PPO_REFUSED_UNKNOWN_MAIL = -1803, /* The report is about no mail of this practice. */

    /* Answers of a host's own mail transport (ppo.host.mail/1); the plugin never returns them. */
    PPO_REFUSED_MAIL_DEFERRED = -1601, /* Not now; the plugin tries again later. */
    PPO_REFUSED_MAIL_REJECTED = -1602, /* Never to this address. */
    PPO_REFUSED_MAIL_UNKNOWN = -1603   /* It may or may not have been taken. */
};

/* Misuse, -2000 to -2999: the caller erred. A bug to mend, not a sentence to show. Nothing has changed. */
enum {
    PPO_MISUSE_NULL = -2001,         /* A pointer that must not be NULL is. */
    PPO_MISUSE_STRUCT_SIZE = -2002,  /* struct_size is too small, or an unknown tail is not zero. */
    PPO_MISUSE_HANDLE = -2003,       /* Not a handle of this library, or already ended. */
    PPO_MISUSE_STATE = -2004,        /* Not now: for instance after shutdown. */
    PPO_MISUSE_TEXT_TOO_LONG = -2005, /* More bytes than its limit; `field` names it. */
    PPO_MISUSE_TEXT_NOT_UTF8 = -2006, /* `field` names it. */
    PPO_MISUSE_TEXT_HAS_NUL = -2007, /* `field` names it. */
    PPO_MISUSE_TEXT_EMPTY = -2008, /* Where one is required; `field` names it. */
    PPO_MISUSE_VALUE = -2009,      /* A number or date that is out of its range; `field` names it. */
    PPO_MISUSE_UNKNOWN_ID = -2010, /* No such view, field, action, column or format. */
    PPO_MISUSE_SETTING = -2011     /* A setting that cannot be; `field` names it. */
};

/* Fault, -3000 to -3999: a machine broke. Nothing has changed; call again later or call someone. */
enum {
    PPO_FAULT_INTERNAL = -3001, /* Something broke inside the plugin. */
    PPO_FAULT_MEMORY = -3002, /* Memory has run out. */
    PPO_FAULT_HOST = -3003,            /* A host function failed, or answered 0. */
    PPO_FAULT_CLOCK = -3004,           /* The host's clock answered a time before 2020 or after 2100. */
    PPO_FAULT_LIBRARY = -3005,         /* From `create`: the process has a library that the plugin shares with it in a
                                          version that the plugin cannot use; the message names both. */
    PPO_FAULT_STORE = -3101,           /* The store failed; the message names the file and the mend. */
    PPO_FAULT_STORE_UNREADABLE = -3102, /* Cannot be opened: path, permission, not a file. */
    PPO_FAULT_STORE_DAMAGED = -3103, /* It is left untouched. */
    PPO_FAULT_STORE_NEWER = -3104,     /* Written by a newer version of the plugin. */
    PPO_FAULT_STORE_READ_ONLY = -3105, /* It cannot be written. */
    PPO_FAULT_STORE_BUSY = -3106,      /* Another process held the store for too long; call again. */
    PPO_FAULT_STORE_FULL = -3107,      /* No space left. */
    PPO_FAULT_KEYS = -3108,            /* The key file is missing, unreadable, open to others, or another store's. */
    PPO_FAULT_STORE_LOST = -3109,      /* The database server cannot be reached or went away. Nothing was changed. */
    PPO_FAULT_STORE_UNKNOWN = -3110    /* It went away as it stored the change, and could not be asked since: the change
                                          was kept whole or not at all. Look before calling again. */
};

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/plugin.h: the one exported symbol and the core table.
 *
 *   1. dlopen(path, RTLD_NOW | RTLD_LOCAL), dlsym("ppo_plugin_entry"), call it with PPO_ABI_MAJOR.
 *   2. create: opens (or makes) the store, reads the patients if the host has a directory.
 *   3. query("ppo.onboarding/1") and the others; call their slots with the instance.
 *   4. work, now and then, unless the instance has its own thread.
 *   5. shutdown, destroy. Several instances may live at once; a second create in the same process works.
 *      dlclose is welcome: a release, which has its Poco inside, leaves the process then. A build beside shared
 *      libraries that keep tables for the life of a process stays mapped with them.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_PLUGIN_H
#define PPO_PLUGIN_H

#include "ppo/host.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ppo_instance ppo_instance; /* Handle; ends with `destroy`. */

enum {                           /* Flags of the settings. */
    PPO_SETTING_OWN_THREAD = 1,  /* The plugin runs `work` itself, on one thread of its own. */
    PPO_SETTING_NO_FIRST_SYNC = 2, /* `create` does not read the directory; the host calls sync_directory. */
    PPO_SETTING_NO_REMINDERS = 4,  /* Nobody is reminded of an invitation. */
    PPO_SETTING_PERMANENT_STAFF_PASSWORDS = 8 /* A password set by staff need not be changed and does not lapse.
                                                 ppo.security/1 tells it as a deviation. Not with the strict profile. */
};

enum { /* How strict the rules on passwords and links are. */
    PPO_PROFILE_STANDARD = 0, /* The defaults below. Passwords of 8 characters and more. */
    PPO_PROFILE_STRICT = 1    /* NIST SP 800-63B-4: passwords of 15 characters and more; links live 24 hours at most,
                                 which is then the default of first_link_minutes; staff passwords lapse after 72 hours
                                 at most, which is then the default, and are never permanent. */
};

enum { /* What a link asks before it shows its form. A fact that is not on file is not asked. */
    PPO_LINK_ASKS_BIRTH_DATE = 0, /* The default. */
    PPO_LINK_ASKS_NOTHING = 1, /* The link alone opens its form. */
    PPO_LINK_ASKS_BIRTH_DATE_AND_POSTAL_CODE = 2 /* Both. */
};

/*
 * What `create` is told. Zero or empty = the default in brackets. A wrong value is PPO_MISUSE_SETTING with the
 * member's name in error->field. Text limits are bytes. All borrowed.
 */
typedef struct ppo_settings {
    uint32_t struct_size;
    uint32_t flags;                  /* PPO_SETTING_*. */
    uint32_t link_identity_check;    /* PPO_LINK_ASKS_*. */
    uint32_t first_link_minutes;     /* Life of a first set-up link, 15..43200 [10080: 7 days]. */
    uint32_t reset_link_minutes;     /* Life of a reset link that staff send, 15..43200 [1440: 24 hours]. */
    uint32_t requested_link_minutes; /* Life of a link that the patient asks for, 15..43200 [60]. */
    uint32_t cool_down_seconds;      /* Between two mails by staff to one patient, 1..86400 [120]. */
    uint32_t staff_password_hours;   /* An unused password set by staff lapses, 1..720 [168: 7 days]. */
    uint32_t password_memory_kib;    /* Argon2id memory, 19456 (OWASP's floor)..1048576 [65536]. */
    uint32_t password_passes;        /* Argon2id passes, 2 (OWASP's floor)..10 [3]. */
    ppo_text store;         /* Required, 1..4096. Path of a SQLite file, made with mode 0600 if absent; or a PostgreSQL
                               database as libpq's URI, "postgresql://USER@HOST:PORT/DATABASE": several processes and
                               machines share it. On another machine it must say sslmode=verify-full. */
    ppo_text key_file;      /* Used without ppo.host.secrets/1; made with mode 0600 [store + ".key", or
                               state_folder + "/portal.key"]. 0..4096. One key a line,
                               "id hex": an id as in host.h, 64 hex digits. The first writes, all are read. */
    ppo_text practice_name;  /* Required, 1..120. Sender of mails, spoken of on pages. */
    ppo_text practice_phone; /* Required, 1..40. */
    ppo_text portal_url;    /* Required: https (http on loopback only), up to and with the path that links go to; the
                               link's secret is appended after a "/". 1..512. */
    ppo_text mail_transport; /* "host" (ppo.host.mail/1), "folder:PATH" (one .eml file a mail),
                                "smtp://HOST:PORT" (plain: loopback only), "smtp+starttls://HOST:PORT",
                                "smtps://HOST:PORT" ["host"]; 0..4096. */
    ppo_text mail_user;     /* SMTP AUTH, over TLS or loopback only [no AUTH]; 0..256. */
    ppo_text mail_password; /* Of mail_user; 0..1024. */
    ppo_text mail_sender;   /* Required: address in From and of the envelope, 3..254. */
    ppo_text mail_reply_to; /* [mail_sender]; 0..254. */
    ppo_text language;      /* The practice's: "en" or "es" ["en"]. */
    ppo_text time_zone;     /* IANA name, for dates in mails and views ["UTC"]; 0..64. */
    ppo_text mail_authorities; /* PEM file of the authorities whose mail servers are trusted [the system's]; 0..4096. */
    uint32_t mail_connections; /* To the mail server at the same time, 1..8 [2]. */
    uint32_t mails_per_minute; /* Cap for the practice, 1..60000 [120]; what is over waits in the queue. */
    uint32_t mails_per_day;    /* Cap for the practice in 24 hours, 1..10000000 [25000]; what is over waits. */
    uint32_t patient_mails_per_day; /* Cap for one patient in 24 hours, 1..100 [5]; what is over is refused. */
    uint32_t address_mails_per_day; /* Cap for one address, which a family may share, 1..1000 [20]. */
    uint32_t hold_back_seconds;     /* How long a batch can be undone, 1..86400 [120]. */
    uint32_t reminder_days;         /* First reminder, days after the invitation, 1..30 [5]. */
    uint32_t last_reminder_hours;   /* Last reminder, hours before the link ends, 1..720 [48]. */
    uint32_t reminder_most_mails;   /* Nobody who was mailed this often is reminded, 1..20 [5]. */
    uint32_t profile;               /* PPO_PROFILE_*. */
    uint32_t source_failures_per_hour; /* Failed sign-ins from one network address, 10..10000 [100]; then none is taken
                                          from there. An IPv6 address counts by its first 64 bits. */
    uint32_t source_requests_per_hour; /* Self-service requests from one network address, 5..1000 [10]; half of them
                                          within a minute. */
    uint32_t source_requests_per_day;  /* The same in 24 hours, 10..10000 [50]. */
    uint32_t reserved;                 /* 0. */
    ppo_text practice_id;  /* Which practice of the store this instance serves, added if it is new: 1..64 characters of
                              [A-Za-z0-9._-]; empty = the one without a name. No call with one practice's instance reads
                              or changes another's, and their keys differ even where the root keys are the same. */
    ppo_text state_folder; /* Needed if the store is on a server: a folder on this machine for the journal of mails that
                              are leaving, and for the key file [beside a store that is a file]. 1..4000. */
    uint64_t restore_generation; /* Raised by the host, and kept outside of the store, each time that the store was
                                    restored from a backup [0]; at most 2^53 - 1. The first `create` with a larger one
                                    than the store knows ends what the backup had open: every link, session, mail that
                                    waits, batch and request of the practice; it is on record as "store_restored". A
                                    smaller one is PPO_MISUSE_SETTING. */
} ppo_settings;

/* The core table. */
typedef struct ppo_plugin {
    uint32_t struct_size;
    uint32_t abi_major; /* PPO_ABI_MAJOR of the plugin. */
    uint32_t abi_minor; /* PPO_ABI_MINOR of the plugin: for people; ask PPO_HAS and query what there is. */
    uint32_t flags;     /* 0. */
    ppo_text name;      /* Static: "Patient Portal Onboarding". */
    ppo_text vendor;    /* Static. */
    ppo_text version;   /* Static: of the software, not of the ABI. */

    /*
     * Makes an instance: opens or makes the store, migrates it, reads the host's directory. A store that is damaged,
     * unreadable, newer or read-only is left untouched and the message names the file and the mend. So is one that
     * was ever written with a key that is not given now, or not with these bytes: PPO_FAULT_KEYS names the key's id.
     *
     * host      Borrowed until `destroy`.
     * settings  Borrowed.
     * out       Receives the handle; written on PPO_OK only.
     *
     * Otherwise a PPO_MISUSE_* or a PPO_FAULT_*.
     *
     * [free] [opens] Takes as long as reading the directory takes: about a second for 100,000 patients.
     */
    ppo_result(PPO_CALL *create)(const ppo_host *host, const ppo_settings *settings, ppo_instance **out,
                                 ppo_error *error);

    /*
     * Does background work for about `budget_ms` (0 = one step): self-service requests, batches, reminders, mails that
     * are due. Returns PPO_OK when nothing is due now, or another `work` has it in hand; PPO_MORE when there is more.
     * Waits for the mail server at most as long as the budget plus one command's deadline (60 s), and for send_mail
     * of the host as long as that takes. With PPO_SETTING_OWN_THREAD it is PPO_MISUSE_STATE.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *work)(ppo_instance *self, uint32_t budget_ms, ppo_error *error);

    /*
     * Ends background work; unsent mails stay queued in the store. A conversation with a mail server is broken off
     * within a second, also one that a call such as test_connection waits for; a function of the host is not. Later
     * calls answer PPO_MISUSE_STATE. A second shutdown does nothing.
     *
     * grace_ms  For later use; 0.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *shutdown)(ppo_instance *self, uint32_t grace_ms, ppo_error *error);

    /*
     * Ends the instance, with a shutdown first if there was none; waits for calls that have not returned. Nothing of
     * it is left: no thread, file or memory.
     * Never call it from inside another call. NULL and ended handles are ignored.
     *
     * [instance] [ends]
     */
    void(PPO_CALL *destroy)(ppo_instance *self);

    /*
     * Returns the static table of an interface id such as "ppo.onboarding/1", or NULL if it is not known. Every
     * table starts with struct_size; check it with PPO_HAS before calling a slot that came after 1.0.
     *
     * id  As in the headers, such as PPO_ONBOARDING_1; any other text is NULL.
     *
     * [free] [static]
     */
    const void *(PPO_CALL *query)(ppo_text id);
} ppo_plugin;

/*
 * The exported function. Returns the static table for this major, or NULL if it is not spoken. Does nothing else.
 *
 * abi_major  PPO_ABI_MAJOR as compiled.
 *
 * [free] [static]
 */
PPO_EXPORT const ppo_plugin *PPO_CALL ppo_plugin_entry(uint32_t abi_major);

typedef const ppo_plugin *(PPO_CALL *ppo_plugin_entry_function)(uint32_t abi_major);

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/onboarding.h: ppo.onboarding/1, what staff and the host do, typed. The views of ppo.ui/1 do the same things
 * through the same actions; a host that draws its own pages needs only this.
 *
 * Every slot with a `caller` needs PPO_MAY_ONBOARD, unless it says otherwise, and records who it was. Patients are
 * named by the host's identifier: UTF-8, 1..64 bytes, borrowed. So are batches, by what start_batch answered.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_ONBOARDING_H
#define PPO_ONBOARDING_H

#include "ppo/account.h"
#include "ppo/batch.h"
#include "ppo/username.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PPO_ONBOARDING_1 "ppo.onboarding/1"

/* An invitation as queued. Owned by the caller. */
typedef struct ppo_invitation {
    uint32_t struct_size;
    uint32_t mail_state;      /* PPO_MAIL_QUEUED. */
    ppo_time link_expires_at; /* As the mail and the page will print it. */
} ppo_invitation;

/* What is set together or not at all. */
typedef struct ppo_credentials {
    uint32_t struct_size;
    uint32_t flags;    /* 0. */
    ppo_text username; /* Absent (NULL) = leave as it is; 1..256 bytes. */
    ppo_text password; /* Absent (NULL) = leave as it is; 1..1024 bytes. */
} ppo_credentials;

enum { /* State of the reading of the host's directory. */
    PPO_DIRECTORY_NOT_READ = 0, /* Never in this instance. */
    PPO_DIRECTORY_READING = 1, /* Right now. */
    PPO_DIRECTORY_READ = 2, /* To its end. */
    PPO_DIRECTORY_BROKE_OFF = 3 /* The host or the store failed; what was read until then is kept. */
};

/* How the latest reading of the directory in this instance stands. Owned by the caller. */
typedef struct ppo_directory_progress {
    uint32_t struct_size;
    uint32_t state;      /* PPO_DIRECTORY_*. */
    uint64_t taken;      /* Patients stored or found as they were, so far. */
    uint64_t left_out;   /* Of the whole, once it is read: patients that cannot be used. */
    uint64_t gone;       /* Of the whole, once it is read: patients that have left the directory. */
    ppo_time started_at; /* PPO_TIME_NONE = never. */
    ppo_time ended_at;   /* PPO_TIME_NONE = not yet. */
} ppo_directory_progress;

/* The table of ppo.onboarding/1. */
typedef struct ppo_onboarding_1 {
    uint32_t struct_size;
    uint32_t reserved; /* 0. */

    /*
     * Shows one patient's account: status, marks, times and why it is not GREEN yet.
     *
     * Returns PPO_OK after the sink took it; PPO_REFUSED_UNKNOWN_PATIENT, _NOT_PERMITTED.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *get_account)(ppo_instance *self, const ppo_caller *caller, ppo_text patient_id,
                                      const ppo_account_sink *sink, ppo_error *error);

    /*
     * Enables or disables portal access. Enabling needs no e-mail. Disabling kills live links and ends the patient's
     * sessions, and keeps username and password. Setting what is set already changes and records nothing.
     *
     * enabled  1 or 0.
     * state    Out, may be NULL: status and marks afterwards.
     *
     * PPO_REFUSED_UNKNOWN_PATIENT, _NOT_PERMITTED.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *set_access)(ppo_instance *self, const ppo_caller *caller, ppo_text patient_id,
                                     int32_t enabled, ppo_account_state *state, ppo_error *error);

    /*
     * Says whether this patient could have this username: the live verdict while staff type. The store decides when
     * it is saved; this is a hint that costs microseconds.
     *
     * username  0..256 bytes.
     *
     * Returns PPO_OK after the sink took the verdict, also if that is a refusal; PPO_REFUSED_NOT_PERMITTED,
     * _UNKNOWN_PATIENT.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *check_username)(ppo_instance *self, const ppo_caller *caller, ppo_text patient_id,
                                         ppo_text username, const ppo_username_verdict_sink *sink,
                                         ppo_error *error);

    /*
     * Sets username, password or both by hand: together or not at all. A password set so must be changed at the first
     * sign-in and lapses when unused, unless PPO_SETTING_PERMANENT_STAFF_PASSWORDS says otherwise. Open links of the
     * patient die; sessions end if either changed. A password needs PPO_MAY_SET_PASSWORD too.
     *
     * credentials  Username, password or both. With neither nothing changes.
     * state        Out, may be NULL: status and marks afterwards.
     *
     * PPO_REFUSED_UNKNOWN_PATIENT, _NOT_PERMITTED, _ACCESS_NOT_ENABLED, _CHART_INACTIVE, _CHART_DECEASED,
     * _USERNAME_TOO_SHORT, _USERNAME_TOO_LONG, _USERNAME_CHARACTERS, _USERNAME_RESERVED, _USERNAME_TAKEN,
     * _USERNAME_MISSING (a password without username), _PASSWORD_TOO_SHORT, _PASSWORD_TOO_LONG, _PASSWORD_GUESSABLE,
     * _PASSWORD_CHARACTERS, _BUSY.
     *
     * [free] [borrows] With a password it takes as long as one Argon2id hash, 20 to 300 ms.
     */
    ppo_result(PPO_CALL *set_credentials)(ppo_instance *self, const ppo_caller *caller, ppo_text patient_id,
                                          const ppo_credentials *credentials, ppo_account_state *state,
                                          ppo_error *error);

    /*
     * Queues an e-mail with a link to set up the portal account or reset its password. Earlier links of this patient
     * stop working. The patient is read again from the host first, so the address is the one on file now, and whom the
     * host does not know leaves the report.
     *
     * sent  Out, may be NULL: written on PPO_OK only.
     *
     * Returns PPO_OK once the e-mail is stored and survives a restart; it has not left yet. Otherwise
     * PPO_REFUSED_UNKNOWN_PATIENT, _NOT_PERMITTED, _ACCESS_NOT_ENABLED, _CHART_INACTIVE, _CHART_DECEASED,
     * _CHART_UNREADABLE, _NO_EMAIL, _INVALID_EMAIL, _OPTED_OUT, _DECLINED, _DEFERRED (retry_after_ms), _COOLING_DOWN
     * (retry_after_ms), _TOO_MANY_MAILS (retry_after_ms).
     *
     * [free] [borrows] Never waits for the network.
     */
    ppo_result(PPO_CALL *send_invitation)(ppo_instance *self, const ppo_caller *caller, ppo_text patient_id,
                                          ppo_invitation *sent, ppo_error *error);

    /*
     * Withdraws the open link of a patient, and its mail if that has not left.
     *
     * PPO_REFUSED_UNKNOWN_PATIENT, _NOT_PERMITTED, _NO_OPEN_INVITATION.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *revoke_invitation)(ppo_instance *self, const ppo_caller *caller, ppo_text patient_id,
                                            ppo_error *error);

    /*
     * Lifts the growing delays after wrong birth dates on the link and wrong passwords at sign-in, and takes a password
     * again that a hundred wrong ones disabled. Lifting nothing is PPO_OK.
     *
     * PPO_REFUSED_UNKNOWN_PATIENT, _NOT_PERMITTED.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *lift_delays)(ppo_instance *self, const ppo_caller *caller, ppo_text patient_id,
                                      ppo_error *error);

    /*
     * Event: the host's chart of this patient was added or changed. Takes the new facts over. A changed e-mail kills
     * open links, a chart that became Inactive or Deceased too.
     *
     * patient  Borrowed.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *patient_changed)(ppo_instance *self, const ppo_patient *patient, ppo_error *error);

    /*
     * Event: the chart is gone. The patient leaves the report; links die, sign-in is refused; the audit stays.
     *
     * PPO_REFUSED_UNKNOWN_PATIENT.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *patient_removed)(ppo_instance *self, ppo_text patient_id, ppo_error *error);

    /*
     * Event: two charts became one. The losing chart leaves the report, its access goes off and its links die; the
     * surviving chart takes its username, password and history over if it has no account of its own, and what the
     * patient said about the portal if it has no word of its own; PPO_CONSENT_DO_NOT_MAIL is never lost.
     *
     * losing_id     The chart that is no more, 1..64 bytes.
     * surviving_id  The chart that stays, 1..64 bytes.
     *
     * PPO_REFUSED_UNKNOWN_PATIENT for either; PPO_MISUSE_VALUE if both are the same.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *patient_merged)(ppo_instance *self, ppo_text losing_id, ppo_text surviving_id,
                                         ppo_error *error);

    /*
     * Reads the host's whole directory again, as `create` does. Patients that the host no longer has leave the report.
     *
     * read  Out, may be NULL: how many patients were taken.
     *
     * What is as it was is only compared: nothing is written, and nobody who writes waits. Patients that cannot be used
     * (a text too long, an impossible date) are left out, stay as they were, and are logged by number. A directory
     * without any patient that can be used is not believed where there were some.
     *
     * PPO_MISUSE_STATE if the host has no ppo.host.directory/1, or while another reading goes on; PPO_FAULT_HOST if it
     * failed: what was read until then is kept, and nobody is removed.
     *
     * [free] [borrows] About two seconds for the first 100,000 patients, less when few have changed.
     * `directory_progress` tells another thread how far it is.
     */
    ppo_result(PPO_CALL *sync_directory)(ppo_instance *self, uint64_t *read, ppo_error *error);

    /*
     * Says what a batch of this selection would do now: how many would be mailed, how many skipped for which reason.
     * Changes nothing.
     *
     * PPO_REFUSED_NOT_PERMITTED.
     *
     * [free] [borrows] About half a second for 100,000 patients.
     */
    ppo_result(PPO_CALL *preview_batch)(ppo_instance *self, const ppo_caller *caller,
                                        const ppo_batch_selection *selection, const ppo_batch_preview_sink *sink,
                                        ppo_error *error);

    /*
     * Starts a batch: the selection as it is now is stored, nothing leaves before the hold-back is over. From then
     * on `work` sends it within the practice's caps; mails to single patients go first. Each patient is judged again
     * when the mail is queued, and again before it leaves.
     *
     * started  Out, may be NULL; written on PPO_OK only.
     *
     * PPO_OK once it is stored and survives a restart; PPO_REFUSED_NOT_PERMITTED, _BATCH_EMPTY (nobody is selected, or
     * nobody of them can be mailed).
     *
     * [free] [borrows] About a second for 100,000 patients. Never waits for the network.
     */
    ppo_result(PPO_CALL *start_batch)(ppo_instance *self, const ppo_caller *caller,
                                      const ppo_batch_selection *selection, ppo_batch_started *started,
                                      ppo_error *error);

    /*
     * Takes a batch back within its hold-back: nobody was mailed, nothing changed at the patients.
     *
     * PPO_REFUSED_NOT_PERMITTED, _UNKNOWN_BATCH, _BATCH_STATE (it has begun, or ended; cancel it instead).
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *undo_batch)(ppo_instance *self, const ppo_caller *caller, ppo_text batch_id,
                                     ppo_error *error);

    /*
     * Stops a batch that is held back or runs, until resume_batch. Mails of it that are queued wait too; those that
     * are in hand leave.
     *
     * PPO_REFUSED_NOT_PERMITTED, _UNKNOWN_BATCH, _BATCH_STATE.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *pause_batch)(ppo_instance *self, const ppo_caller *caller, ppo_text batch_id,
                                      ppo_error *error);

    /*
     * Lets a paused batch go on where it stopped.
     *
     * PPO_REFUSED_NOT_PERMITTED, _UNKNOWN_BATCH, _BATCH_STATE.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *resume_batch)(ppo_instance *self, const ppo_caller *caller, ppo_text batch_id,
                                       ppo_error *error);

    /*
     * Ends a batch for good. Whoever waits is not mailed; mails of it that are queued and have not left are taken
     * out, and their links die; what has left stays as it is.
     *
     * PPO_REFUSED_NOT_PERMITTED, _UNKNOWN_BATCH, _BATCH_STATE (it has ended).
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *cancel_batch)(ppo_instance *self, const ppo_caller *caller, ppo_text batch_id,
                                       ppo_error *error);

    /*
     * Puts the batches into the sink, the newest first, with their progress.
     *
     * batch_id  This one only; empty = all.
     *
     * PPO_OK, PPO_STOPPED, PPO_REFUSED_NOT_PERMITTED, _UNKNOWN_BATCH.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *each_batch)(ppo_instance *self, const ppo_caller *caller, ppo_text batch_id,
                                     const ppo_batch_sink *sink, ppo_error *error);

    /*
     * Puts what became of each patient of a batch into the sink, in the batch's order.
     *
     * outcomes  Bit (1 << outcome) for each outcome wanted; 0 = all.
     * after     Place after which to begin; 0 = at the start.
     * limit     How many; 0 = all.
     *
     * PPO_OK, PPO_STOPPED, PPO_REFUSED_NOT_PERMITTED, _UNKNOWN_BATCH.
     *
     * [free] [borrows] Constant memory at any length.
     */
    ppo_result(PPO_CALL *each_batch_person)(ppo_instance *self, const ppo_caller *caller, ppo_text batch_id,
                                            uint32_t outcomes, uint32_t after, uint64_t limit,
                                            const ppo_batch_person_sink *sink, ppo_error *error);

    /*
     * Writes the same as a document, in pieces, and records who took it out.
     *
     * outcomes  As in each_batch_person.
     * format    "csv", as in ppo.report/1.
     *
     * PPO_OK, PPO_STOPPED, PPO_REFUSED_NOT_PERMITTED, _UNKNOWN_BATCH, PPO_MISUSE_UNKNOWN_ID.
     *
     * [free] [borrows] Constant memory at any length.
     */
    ppo_result(PPO_CALL *write_batch)(ppo_instance *self, const ppo_caller *caller, ppo_text batch_id,
                                      uint32_t outcomes, ppo_text format, const ppo_text_sink *sink,
                                      ppo_error *error);

    /*
     * Event: a delivery report (RFC 3464) came back to the sender's address. Finds the mail by its Message-ID or
     * envelope id; "failed" marks the patients of it `bounced` with the reason, unless a newer mail invites them;
     * other actions change nothing.
     *
     * report  The whole mail as raw bytes, 1..1048576. Not text in the sense of this contract. Borrowed.
     *
     * PPO_OK, also for a report that changes nothing or came twice; PPO_REFUSED_NOT_A_DELIVERY_REPORT, _UNKNOWN_MAIL.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *take_delivery_report)(ppo_instance *self, const uint8_t *report, size_t size,
                                               ppo_error *error);

    /*
     * Notes on the patient's word what the patient wants. Unless it is PPO_CONSENT_NONE, the open link dies, its mail
     * is taken out if that has not left, and no invitation is taken; access, username and password stay as they are.
     *
     * consent  PPO_CONSENT_*.
     * until    Of PPO_CONSENT_DEFERRED, at most in the year 2100; not read otherwise.
     * state    Out, may be NULL: status and marks afterwards.
     *
     * PPO_REFUSED_NOT_PERMITTED, _UNKNOWN_PATIENT, _DATE_NOT_AHEAD.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *set_consent)(ppo_instance *self, const ppo_caller *caller, ppo_text patient_id,
                                      uint32_t consent, ppo_time until, ppo_account_state *state, ppo_error *error);

    /*
     * Enables or disables portal access of everybody of a selection who is not so yet, as set_access does it for one:
     * each with an entry in the record. Up to 5,000 patients share a transaction, so that nobody else waits long; a
     * crash undoes the one that it fell into and no other.
     *
     * selection  Its flags do not count. Of a filter, those who match when the call comes to them.
     * enabled    1 or 0.
     * most       How many to change in this call; 0 = 10,000. Call again while `left` is not 0.
     * done       Out, may be NULL: written on PPO_OK only. On a fault, what was committed stays.
     *
     * PPO_REFUSED_NOT_PERMITTED.
     *
     * [free] [borrows] About 20 microseconds a patient to enable, 60 to disable. Refreshes the host once, at the end.
     */
    ppo_result(PPO_CALL *set_access_of_many)(ppo_instance *self, const ppo_caller *caller,
                                             const ppo_batch_selection *selection, int32_t enabled, uint64_t most,
                                             ppo_access_of_many *done, ppo_error *error);

    /*
     * How the reading of the host's directory stands, at `create` or by sync_directory.
     *
     * progress  Out; written on PPO_OK only.
     *
     * [free] [borrows] Never waits.
     */
    ppo_result(PPO_CALL *directory_progress)(ppo_instance *self, ppo_directory_progress *progress, ppo_error *error);
} ppo_onboarding_1;

#ifdef __cplusplus
}
#endif
#endif

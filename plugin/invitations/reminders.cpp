// SPDX-License-Identifier: Apache-2.0
#include "invitations/reminders.hpp"

#include "invitations/invitation_mail.hpp"
#include "invitations/send_invitation.hpp"
#include "store/audit_table.hpp"
#include "store/database.hpp"
#include "store/mail_cap_table.hpp"
#include "store/outbox_table.hpp"
#include "store/patient_table.hpp"

#include <algorithm>
#include <array>

namespace ppo {
namespace {
constexpr std::chrono::hours a_day{24};
constexpr int group = 50;  // A transaction; whoever waits for the store waits for no more.

enum class Turn {
    Remind,
    Later,  // Nothing stands against it but the mails that are on their way now.
    Pass,   // Not this time.
};

Turn turn_of(Connection& connection, const Practice& practice, const Account& account,
             const Invitation& invitation, UnixTime now) {
    const auto& facts = account.facts;
    if (invitation.expires_at <= now || invitation.epoch != account.security_epoch)
        return Turn::Pass;
    if (facts.first_signed_in_at || why_not_invitable(facts, now)) return Turn::Pass;
    if (facts.mail_state == MailState::Queued || facts.mail_state == MailState::Deferred)
        return Turn::Later;
    if (facts.mail_state != MailState::Sent) return Turn::Pass;
    const auto mails = count_invitations_to(connection, account.patient.id, UnixTime{},
                                            practice.reminder_most_mails);
    if (mails.mails >= practice.reminder_most_mails) return Turn::Pass;
    return why_not_to_address(connection, practice, account.patient.email, now) ? Turn::Later
                                                                                : Turn::Remind;
}

void queue_reminder(Transaction& transaction, const Practice& practice, const Account& account,
                    const Invitation& invitation, UnixTime now) {
    QueuedMail mail;
    mail.id = random_id();
    mail.kind = MailKind::Invitation;
    mail.recipient = account.patient.email;
    mail.language = mail_language(account.patient.language, practice.language);
    mail.created_at = now;
    mail.people = {{account.patient.id, invitation.id}};
    mail.can_wait = true;
    mail.is_reminder = true;
    queue_mail(transaction, mail);
    record(transaction, {.action = "reminder_queued", .patient_id = account.patient.id}, Actor{},
           now);
}

void take_turn(Transaction& transaction, const Practice& practice, const Invitation& invitation,
               bool is_readable, UnixTime now) {
    const auto account = find_account(transaction, invitation.patient_id);
    const auto turn = !is_readable ? Turn::Later
                      : account    ? turn_of(transaction, practice, *account, invitation, now)
                                   : Turn::Pass;
    if (turn == Turn::Remind) queue_reminder(transaction, practice, *account, invitation, now);
    if (turn == Turn::Later && now + a_day < invitation.expires_at) {
        put_remind_at(transaction, invitation.id, now + a_day);
        return;
    }
    // After a standstill the next one may be due as well: nobody gets two within a day.
    const auto after = turn == Turn::Remind ? now + a_day : now;
    put_remind_at(transaction, invitation.id,
                  next_reminder(practice, invitation.created_at, invitation.expires_at, after));
}
}  // namespace

std::optional<UnixTime> next_reminder(const Practice& practice, UnixTime created_at,
                                      UnixTime expires_at, UnixTime after) {
    const UnixTime last = expires_at - practice.last_reminder;
    const UnixTime first = created_at + practice.first_reminder;
    const bool meet = first > last - a_day && first < last + a_day;
    std::array<UnixTime, 2> moments{meet ? last : first, last};
    std::sort(moments.begin(), moments.end());
    for (const auto moment : moments) {
        // On the day of the invitation a reminder would only press.
        if (moment >= created_at + a_day && moment < expires_at && moment > after) return moment;
    }
    return std::nullopt;
}

bool queue_reminders(Database& database, const Practice& practice, const RefreshPatients& refresh,
                     UnixTime now) {
    if (!practice.reminders) return false;
    std::vector<std::string> patient_ids;
    {
        Reading reading{database};
        if (!is_reminder_due(reading, now)) return false;
        for (const auto& invitation : due_reminders(reading, now, group))
            patient_ids.push_back(invitation.patient_id);
    }
    const auto unreadable = refresh(patient_ids);
    Transaction transaction{database};
    const auto due = due_reminders(transaction, now, group);
    for (const auto& invitation : due)
        take_turn(transaction, practice, invitation, !unreadable.contains(invitation.patient_id),
                  now);
    transaction.commit();
    return !due.empty();
}
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#include "store/outbox_table.hpp"

#include "domain/email_address.hpp"
#include "store/account_table.hpp"
#include "store/batch_table.hpp"
#include "store/database.hpp"
#include "store/keyring.hpp"

namespace ppo {
namespace {
constexpr std::string_view all_columns =
    "SELECT outbox.mail_id, kind, recipient, outbox.language, state, created_at, tries, "
    "next_try_at, reason, urgency, is_reminder, batch_id, batch_place, leased_until "
    "FROM outbox ";

constexpr int at_once = 1;
constexpr int can_wait = 2;

/// Due, in nobody's hand, and of no paused batch. The index names the first two; paused batches are
/// few and their mails in the outbox too.
constexpr std::string_view is_free =
    "WHERE practice = :practice AND urgency = $1 AND next_try_at <= $2 AND (leased_until IS NULL "
    "OR leased_until <= $2) AND "
    "NOT EXISTS (SELECT 1 FROM batch WHERE practice = :practice AND batch.batch_id = "
    "outbox.batch_id AND batch.state = 3) ";

QueuedMail mail_in(const Rows& rows) {
    QueuedMail mail;
    mail.id = rows.text(0);
    mail.kind = static_cast<MailKind>(rows.integer(1));
    mail.recipient = rows.text(2);
    mail.language = rows.text(3);
    mail.state = static_cast<MailState>(rows.integer(4));
    mail.created_at = from_milliseconds(rows.integer(5));
    mail.tries = rows.integer(6);
    mail.next_try_at = rows.time(7);
    mail.reason = rows.text(8);
    mail.can_wait = rows.integer(9) == can_wait;
    mail.is_reminder = rows.flag(10);
    if (!rows.is_null(11)) mail.batch = BatchPlace{rows.integer(11), rows.integer(12)};
    mail.leased_until = rows.time(13);
    return mail;
}

std::optional<QueuedMail> first_in(Rows rows) {
    if (!rows.next()) return std::nullopt;
    return mail_in(rows);
}

std::optional<std::int64_t> batch_id(const QueuedMail& mail) {
    return mail.batch ? std::optional{mail.batch->batch_id} : std::nullopt;
}

std::optional<std::int64_t> batch_place(const QueuedMail& mail) {
    return mail.batch ? std::optional{mail.batch->place} : std::nullopt;
}

std::vector<MailPerson> people_of(Connection& connection, std::string_view mail_id) {
    std::vector<MailPerson> people;
    auto rows = connection.query(
        "SELECT patient_id, COALESCE(invitation_id, '') FROM outbox_person WHERE practice = "
        ":practice AND mail_id = $1 "
        "ORDER BY place",
        mail_id);
    while (rows.next()) people.push_back({rows.text(0), rows.text(1)});
    return people;
}
}  // namespace

void queue_mail(Transaction& transaction, const QueuedMail& mail) {
    Connection& connection = transaction;
    connection.run(
        "INSERT INTO outbox (practice, mail_id, kind, recipient, language, state, created_at, "
        "next_try_at, "
        "urgency, is_reminder, batch_id, batch_place) "
        "VALUES (:practice, $1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10)",
        mail.id, static_cast<int>(mail.kind), mail.recipient, mail.language,
        static_cast<int>(MailState::Queued), mail.created_at, mail.can_wait ? can_wait : at_once,
        mail.is_reminder, batch_id(mail), batch_place(mail));
    int place = 0;
    for (const auto& person : mail.people) {
        connection.run(
            "INSERT INTO outbox_person (practice, mail_id, place, patient_id, invitation_id) "
            "VALUES (:practice, $1, $2, "
            "$3, $4)",
            mail.id, ++place, person.patient_id,
            person.invitation_id.empty() ? std::nullopt : std::optional{person.invitation_id});
        if (mail.kind != MailKind::Invitation) continue;
        put_mail_state(transaction, person.patient_id, MailState::Queued);
    }
}

void queue_notice(Transaction& transaction, const Account& account, MailKind kind,
                  const std::string& recipient, UnixTime now, bool can_wait) {
    if (!may_be_noticed(account.facts) || !is_valid_email(recipient)) return;
    QueuedMail mail;
    mail.id = random_id();
    mail.kind = kind;
    mail.recipient = recipient;
    mail.language = account.patient.language;
    mail.created_at = now;
    mail.people.push_back({account.patient.id, {}});
    mail.can_wait = can_wait;
    queue_mail(transaction, mail);
}

std::vector<QueuedMail> lease_due_mails(Transaction& transaction, UnixTime now,
                                        UnixTime leased_until, std::string_view lease,
                                        std::int64_t most) {
    std::vector<QueuedMail> mails;
    for (const int urgency : {at_once, can_wait}) {
        auto rows = transaction.connection().query(
            std::string{all_columns} + std::string{is_free} + "ORDER BY next_try_at LIMIT $3",
            urgency, now, most - static_cast<std::int64_t>(mails.size()));
        while (rows.next()) mails.push_back(mail_in(rows));
    }
    for (auto& mail : mails) {
        transaction.connection().run(
            "UPDATE outbox SET leased_until = $1, lease = $2 WHERE practice = :practice AND "
            "mail_id = $3",
            leased_until, lease, mail.id);
        mail.leased_until = leased_until;
        mail.people = people_of(transaction, mail.id);
    }
    return mails;
}

bool is_mail_due(Connection& connection, UnixTime now) {
    for (const int urgency : {at_once, can_wait})
        if (connection
                .query("SELECT 1 FROM outbox " + std::string{is_free} + "LIMIT 1", urgency, now)
                .next())
            return true;
    return false;
}

bool is_mail_in_hand(Connection& connection) {
    return connection
        .query("SELECT 1 FROM outbox WHERE practice = :practice AND lease <> '' LIMIT 1")
        .next();
}

std::vector<QueuedMail> mails_in_hand(Connection& connection, std::string_view lease) {
    std::vector<QueuedMail> mails;
    {
        auto rows = connection.query(
            std::string{all_columns} + "WHERE practice = :practice AND lease = $1 AND lease <> ''",
            lease);
        while (rows.next()) mails.push_back(mail_in(rows));
    }
    for (auto& mail : mails) mail.people = people_of(connection, mail.id);
    return mails;
}

void renew_lease(Transaction& transaction, std::string_view lease, UnixTime leased_until) {
    transaction.connection().run(
        "UPDATE outbox SET leased_until = $1 WHERE practice = :practice AND lease = $2 AND lease "
        "<> ''",
        leased_until, lease);
}

void give_mail_back(Transaction& transaction, std::string_view mail_id, std::string_view lease) {
    transaction.connection().run(
        "UPDATE outbox SET leased_until = NULL, lease = '' WHERE practice = :practice AND mail_id "
        "= $1 AND lease = $2",
        mail_id, lease);
}

void give_mails_back(Transaction& transaction, std::string_view lease) {
    transaction.connection().run(
        "UPDATE outbox SET leased_until = NULL, lease = '' WHERE practice = :practice AND lease = "
        "$1 AND lease <> ''",
        lease);
}

std::optional<UnixTime> next_mail_due_at(Connection& connection) {
    std::optional<UnixTime> earliest;
    for (const int urgency : {at_once, can_wait}) {
        auto rows = connection.query(
            "SELECT next_try_at FROM outbox WHERE practice = :practice AND urgency = $1 AND "
            "next_try_at IS NOT NULL ORDER "
            "BY next_try_at LIMIT 1",
            urgency);
        if (!rows.next()) continue;
        const auto at = rows.time(0);
        if (!earliest || *at < *earliest) earliest = at;
    }
    return earliest;
}

bool settle_mail(Transaction& transaction, const QueuedMail& mail, std::string_view lease,
                 const MailOutcome& outcome, Links links) {
    const int settled = transaction.connection().run(
        "UPDATE outbox SET state = $1, tries = $2, next_try_at = $3, reason = $4, leased_until = "
        "NULL, lease = '' "
        "WHERE practice = :practice AND mail_id = $5 AND lease = $6",
        static_cast<int>(outcome.state), outcome.tries, outcome.next_try_at, outcome.reason,
        mail.id, lease);
    if (settled != 1) return false;
    if (mail.batch) put_batch_outcome(transaction, *mail.batch, outcome.state);
    const bool is_sent = outcome.state == MailState::Sent;
    const bool may_have_left = is_sent || outcome.state == MailState::Unknown;
    for (const auto& patient_id :
         whom_it_invites(transaction, mail, may_have_left ? links : Links::NotDead)) {
        put_mail_state(transaction, patient_id, outcome.state,
                       is_sent ? std::optional{outcome.at} : std::nullopt);
    }
    return true;
}

OutboxState read_outbox_state(Connection& connection) {
    auto rows = connection.query(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN state <> $1 THEN 1 ELSE 0 END), 0), "
        "MIN(created_at) FROM outbox WHERE practice = :practice AND next_try_at IS NOT NULL",
        static_cast<int>(MailState::Queued));
    if (!rows.next()) return {};
    return {rows.integer(0), rows.integer(1), rows.time(2)};
}

std::vector<std::string> whom_it_invites(Connection& connection, const QueuedMail& mail,
                                         Links links) {
    std::vector<std::string> invited;
    if (mail.kind != MailKind::Invitation) return invited;
    for (const auto& person : mail.people) {
        // Open or used (LinkEnd) unless any will do, and no newer mail.
        auto stands = connection.query(
            "SELECT 1 FROM invitation WHERE practice = :practice AND invitation_id = $1 AND "
            "(closed_by IN (0, 1) OR $2 = 1) AND $3 = "
            "(SELECT outbox.mail_id FROM outbox_person JOIN outbox ON outbox.practice = :practice "
            "AND outbox.mail_id = "
            "outbox_person.mail_id WHERE outbox_person.practice = :practice AND "
            "outbox_person.patient_id = $4 AND kind = 1 ORDER BY "
            "created_at DESC, outbox.mail_id DESC LIMIT 1)",
            person.invitation_id, links == Links::AnyEnd ? 1 : 0, mail.id, person.patient_id);
        if (stands.next()) invited.push_back(person.patient_id);
    }
    return invited;
}

int cancel_all_mails(Transaction& transaction, std::string_view reason) {
    int all = 0;
    while (const int cancelled = transaction.connection().run(
               "UPDATE outbox SET state = $1, next_try_at = NULL, leased_until = NULL, lease = '', "
               "reason = $2 WHERE practice = :practice AND mail_id IN (SELECT mail_id FROM outbox "
               "WHERE practice = :practice AND next_try_at IS NOT NULL LIMIT 5000)",
               static_cast<int>(MailState::Cancelled), reason))
        all += cancelled;
    return all;
}

void cancel_mail_of(Transaction& transaction, std::string_view invitation_id) {
    Connection& connection = transaction;
    const auto mail = first_in(connection.query(
        std::string{all_columns} +
            "JOIN outbox_person ON outbox_person.practice = :practice AND outbox_person.mail_id = "
            "outbox.mail_id WHERE outbox.practice = :practice AND invitation_id = $1 "
            "AND next_try_at IS NOT NULL",
        invitation_id));
    if (!mail) return;
    const auto people = people_of(connection, mail->id);
    for (const auto& person : people)
        if (person.invitation_id == invitation_id)
            put_mail_state(transaction, person.patient_id, MailState::Cancelled);
    if (people.size() > 1) return;  // The worker leaves this person out when it writes the mail.
    connection.run(
        "UPDATE outbox SET state = $1, next_try_at = NULL, reason = '' WHERE practice = :practice "
        "AND mail_id = $2",
        static_cast<int>(MailState::Cancelled), mail->id);
    if (mail->batch) put_batch_outcome(transaction, *mail->batch, MailState::Cancelled);
}

std::optional<QueuedMail> last_mail_to(Connection& connection, std::string_view patient_id) {
    return first_in(connection.query(std::string{all_columns} +
                                         "JOIN outbox_person ON outbox_person.practice = :practice "
                                         "AND outbox_person.mail_id = outbox.mail_id "
                                         "WHERE outbox.practice = :practice AND patient_id = $1 "
                                         "AND kind = 1 ORDER BY created_at DESC, "
                                         "outbox.mail_id DESC LIMIT 1",
                                     patient_id));
}
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#include "store/invitation_table.hpp"

#include "store/account_table.hpp"
#include "store/credential_table.hpp"
#include "store/database.hpp"
#include "store/outbox_table.hpp"

namespace ppo {
namespace {
constexpr std::string_view all_columns =
    "SELECT invitation_id, patient_id, origin, key_id, link_digest, epoch, created_at, expires_at, "
    "closed_by, "
    "wrong_answers, wait_until, remind_at FROM invitation ";
constexpr std::string_view is_due =
    "WHERE practice = :practice AND remind_at <= $1 AND remind_at IS NOT NULL AND closed_at IS "
    "NULL ORDER BY remind_at ";

Invitation current_in(const Rows& rows) {
    Invitation invitation;
    invitation.id = rows.text(0);
    invitation.patient_id = rows.text(1);
    invitation.origin = static_cast<LinkOrigin>(rows.integer(2));
    invitation.key_id = rows.text(3);
    invitation.link_digest = rows.text(4);
    invitation.epoch = rows.integer(5);
    invitation.created_at = from_milliseconds(rows.integer(6));
    invitation.expires_at = from_milliseconds(rows.integer(7));
    invitation.end = static_cast<LinkEnd>(rows.integer(8));
    invitation.wrong_answers = rows.integer(9);
    invitation.wait_until = rows.time(10);
    invitation.remind_at = rows.time(11);
    return invitation;
}

std::optional<Invitation> first_in(Rows rows) {
    if (!rows.next()) return std::nullopt;
    return current_in(rows);
}
}  // namespace

void add_invitation(Transaction& transaction, const Invitation& invitation) {
    transaction.connection().run(
        "INSERT INTO invitation (practice, invitation_id, patient_id, origin, key_id, link_digest, "
        "epoch, "
        "created_at, "
        "expires_at, remind_at) VALUES (:practice, $1, $2, $3, $4, $5, $6, $7, $8, $9)",
        invitation.id, invitation.patient_id, static_cast<int>(invitation.origin),
        invitation.key_id, invitation.link_digest, invitation.epoch, invitation.created_at,
        invitation.expires_at, invitation.remind_at);
    put_link_expiry(transaction, invitation.patient_id, invitation.expires_at);
}

std::optional<Invitation> find_invitation(Connection& connection, std::string_view invitation_id) {
    return first_in(connection.query(
        std::string{all_columns} + "WHERE practice = :practice AND invitation_id = $1",
        invitation_id));
}

std::optional<Invitation> invitation_with_digest(Connection& connection, std::string_view digest) {
    return first_in(connection.query(
        std::string{all_columns} + "WHERE practice = :practice AND link_digest = $1", digest));
}

std::optional<Invitation> open_invitation(Connection& connection, std::string_view patient_id) {
    return first_in(
        connection.query(std::string{all_columns} +
                             "WHERE practice = :practice AND patient_id = $1 AND closed_at IS NULL",
                         patient_id));
}

std::optional<UnixTime> last_invitation_at(Connection& connection, std::string_view patient_id) {
    auto rows = connection.query(
        "SELECT MAX(created_at) FROM invitation WHERE practice = :practice AND patient_id = $1",
        patient_id);
    if (!rows.next()) return std::nullopt;
    return rows.time(0);
}

std::optional<LinkEnd> last_link_end(Connection& connection, std::string_view patient_id) {
    auto rows = connection.query(
        "SELECT closed_by FROM invitation WHERE practice = :practice AND patient_id = $1 ORDER BY "
        "created_at DESC LIMIT 1",
        patient_id);
    if (!rows.next()) return std::nullopt;
    return static_cast<LinkEnd>(rows.integer(0));
}

bool close_open_invitation(Transaction& transaction, std::string_view patient_id, LinkEnd end,
                           UnixTime now) {
    const auto open = open_invitation(transaction, patient_id);
    if (!open) return false;
    transaction.connection().run(
        "UPDATE invitation SET closed_at = $1, closed_by = $2 WHERE practice = :practice AND "
        "invitation_id = $3 AND "
        "closed_at IS NULL",
        now, static_cast<int>(end), open->id);
    put_link_expiry(transaction, patient_id, std::nullopt);
    if (open->wait_until)
        put_locked_until(transaction, patient_id, sign_in_wait(transaction, patient_id));
    cancel_mail_of(transaction, open->id);
    restate(transaction, patient_id);
    return true;
}

int close_all_invitations(Transaction& transaction, LinkEnd end, UnixTime now) {
    // In steps: a server gives no statement longer than some seconds.
    int all = 0;
    while (const int closed = transaction.connection().run(
               "UPDATE invitation SET closed_at = $1, closed_by = $2 WHERE practice = :practice "
               "AND closed_at IS NULL AND patient_id IN (SELECT patient_id FROM invitation WHERE "
               "practice = :practice AND closed_at IS NULL ORDER BY patient_id LIMIT 5000)",
               now, static_cast<int>(end)))
        all += closed;
    return all;
}

std::optional<std::string> use_link(Transaction& transaction, std::string_view digest,
                                    UnixTime now) {
    const int used = transaction.connection().run(
        "UPDATE invitation SET closed_at = $1, closed_by = 1 "
        "WHERE practice = :practice AND link_digest = $2 AND closed_at IS NULL AND expires_at > $1 "
        "AND EXISTS ("
        "SELECT 1 FROM patient WHERE practice = :practice AND patient.patient_id = "
        "invitation.patient_id AND in_directory = "
        "1 "
        "AND access_enabled = 1 AND chart_status IN (1, 2) AND security_epoch = invitation.epoch)",
        now, digest);
    if (used != 1) return std::nullopt;
    const auto invitation = invitation_with_digest(transaction, digest);
    put_link_expiry(transaction, invitation->patient_id, std::nullopt);
    return invitation->patient_id;
}

void put_wrong_answer(Transaction& transaction, std::string_view invitation_id,
                      std::int64_t wrong_answers, std::optional<UnixTime> wait_until) {
    transaction.connection().run(
        "UPDATE invitation SET wrong_answers = $1, wait_until = $2 WHERE practice = :practice AND "
        "invitation_id = $3",
        wrong_answers, wait_until, invitation_id);
}

bool is_reminder_due(Connection& connection, UnixTime now) {
    return connection.query("SELECT 1 FROM invitation " + std::string{is_due} + "LIMIT 1", now)
        .next();
}

std::vector<Invitation> due_reminders(Connection& connection, UnixTime now, int most) {
    std::vector<Invitation> due;
    auto rows = connection.query(std::string{all_columns} + std::string{is_due} + "LIMIT $2", now,
                                 most);
    while (rows.next()) due.push_back(current_in(rows));
    return due;
}

void put_remind_at(Transaction& transaction, std::string_view invitation_id,
                   std::optional<UnixTime> remind_at) {
    transaction.connection().run(
        "UPDATE invitation SET remind_at = $1 WHERE practice = :practice AND invitation_id = $2",
        remind_at, invitation_id);
}
}  // namespace ppo

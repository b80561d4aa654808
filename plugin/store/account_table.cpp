// SPDX-License-Identifier: Apache-2.0
#include "store/account_table.hpp"

#include "store/database.hpp"
#include "store/patient_table.hpp"
#include "store/search_index.hpp"

#include <array>
#include <string>

namespace ppo {
void restate(Transaction& transaction, std::string_view patient_id) {
    const auto account = find_account_or_gone(transaction, patient_id);
    if (!account) return;
    const auto found_by = search_text(account->patient, account->username);
    if (found_by != account->search_text)
        keep_findable(transaction, patient_id, found_by, join_tags(account->patient.tags));
    const auto status = portal_status(account->facts);
    const auto marks = lasting_marks(account->facts);
    if (status == account->status && marks == account->marks) return;
    transaction.connection().run(
        "UPDATE patient SET status = $1, marks = $2 WHERE practice = :practice AND patient_id = $3",
        static_cast<int>(status), marks.bits(), patient_id);
}

bool put_access(Transaction& transaction, std::string_view patient_id, bool enabled, UnixTime now) {
    return transaction.connection().run(
               "UPDATE patient SET access_enabled = $1, enabled_at = COALESCE(enabled_at, $2) "
               "WHERE practice = :practice AND patient_id = $3 AND access_enabled <> $1",
               enabled, enabled ? std::optional{now} : std::nullopt, patient_id) == 1;
}

void put_enabled(Transaction& transaction, std::string_view patient_id, UnixTime now) {
    transaction.connection().run(
        "UPDATE patient SET enabled_at = COALESCE(enabled_at, $1) WHERE practice = :practice AND "
        "patient_id = $2",
        now, patient_id);
}

void put_set_up(Transaction& transaction, std::string_view patient_id, UnixTime now) {
    transaction.connection().run(
        "UPDATE patient SET set_up_at = $1 WHERE practice = :practice AND patient_id = $2 AND "
        "set_up_at IS NULL AND "
        "has_password = 1 AND username_key IS NOT NULL",
        now, patient_id);
}

void hand_first_times_over(Transaction& transaction, std::string_view from, std::string_view to) {
    transaction.connection().run(
        "UPDATE patient SET enabled_at = (SELECT MIN(one.enabled_at) FROM patient AS one WHERE "
        "practice = :practice AND "
        "one.patient_id IN ($1, $2)), set_up_at = (SELECT MIN(one.set_up_at) FROM patient AS one "
        "WHERE practice = :practice AND one.patient_id IN ($1, $2)) WHERE practice = :practice AND "
        "patient_id = $2",
        from, to);
}

bool claim_username(Transaction& transaction, std::string_view patient_id,
                    const Username& username) {
    // Inside the write transaction nobody comes between question and answer; the unique indexes
    // stand behind it.
    return transaction.connection().run(
               "UPDATE patient SET username = $1, username_key = $2, username_skeleton = $3, "
               "username_shown_skeleton = $4 "
               "WHERE practice = :practice AND patient_id = $5 AND NOT EXISTS (SELECT 1 FROM "
               "patient AS other "
               "WHERE practice = :practice AND other.patient_id <> $5 AND (other.username_key = $2 "
               "OR "
               "other.username_skeleton = $3 OR other.username_shown_skeleton = $4))",
               username.shown, username.key, username.skeleton, username.shown_skeleton,
               patient_id) == 1;
}

bool is_username_taken(Connection& connection, std::string_view patient_id,
                       const Username& username) {
    auto rows = connection.query(
        "SELECT 1 FROM patient WHERE practice = :practice AND username_key = $1 AND patient_id <> "
        "$2 "
        "UNION ALL SELECT 1 FROM patient WHERE practice = :practice AND username_skeleton = $3 AND "
        "patient_id <> $2 "
        "UNION ALL SELECT 1 FROM patient WHERE practice = :practice AND username_shown_skeleton = "
        "$4 AND patient_id <> $2",
        username.key, patient_id, username.skeleton, username.shown_skeleton);
    return rows.next();
}

std::optional<std::string> patient_with_username(Connection& connection, std::string_view key) {
    auto rows = connection.query(
        "SELECT patient_id FROM patient WHERE practice = :practice AND username_key = $1 AND "
        "in_directory = 1",
        key);
    if (!rows.next()) return std::nullopt;
    return rows.text(0);
}

void hand_username_over(Transaction& transaction, std::string_view from, std::string_view to) {
    Connection& connection = transaction;
    std::array<std::string, 4> name;
    bool has_look = false;
    {
        auto rows = connection.query(
            "SELECT username, username_key, username_skeleton, username_shown_skeleton FROM "
            "patient WHERE practice = :practice AND patient_id = $1 AND username IS NOT NULL",
            from);
        if (!rows.next()) return;
        for (int i = 0; i < 4; ++i) name.at(static_cast<std::size_t>(i)) = rows.text(i);
        has_look = !rows.is_null(3);
    }
    connection.run(
        "UPDATE patient SET username = NULL, username_key = NULL, username_skeleton = NULL, "
        "username_shown_skeleton = NULL WHERE practice = :practice AND patient_id = $1",
        from);
    connection.run(
        "UPDATE patient SET username = $1, username_key = $2, username_skeleton = $3, "
        "username_shown_skeleton = $4 WHERE practice = :practice AND patient_id = $5",
        name[0], name[1], name[2], has_look ? std::optional{name[3]} : std::nullopt, to);
}

void put_password_facts(Transaction& transaction, std::string_view patient_id,
                        const PasswordFacts& facts) {
    transaction.connection().run(
        "UPDATE patient SET has_password = $1, password_set_by_staff = $2, must_change_password = "
        "$3 "
        "WHERE practice = :practice AND patient_id = $4",
        facts.has_password, facts.set_by_staff, facts.must_change, patient_id);
}

void put_credentials_issued(Transaction& transaction, std::string_view patient_id, UnixTime now) {
    transaction.connection().run(
        "UPDATE patient SET credentials_issued_at = COALESCE(credentials_issued_at, $1) WHERE "
        "practice = :practice AND "
        "patient_id = $2",
        now, patient_id);
}

void put_invited(Transaction& transaction, std::string_view patient_id, UnixTime now) {
    put_credentials_issued(transaction, patient_id, now);
    transaction.connection().run(
        "UPDATE patient SET last_invited_at = $1 WHERE practice = :practice AND patient_id = $2",
        now, patient_id);
}

void put_signed_in(Transaction& transaction, std::string_view patient_id, UnixTime now) {
    transaction.connection().run(
        "UPDATE patient SET first_signed_in_at = COALESCE(first_signed_in_at, $1), "
        "last_signed_in_at = $1 "
        "WHERE practice = :practice AND patient_id = $2",
        now, patient_id);
}

void put_mail_state(Transaction& transaction, std::string_view patient_id, MailState state,
                    std::optional<UnixTime> sent_at) {
    auto account = find_account_or_gone(transaction, patient_id);
    if (!account) return;
    AccountFacts& facts = account->facts;
    facts.mail_state = state;
    if (state == MailState::Queued) facts.address_changed = false;
    if (sent_at) {
        account->last_invited_at = sent_at;
        if (!facts.credentials_issued_at) facts.credentials_issued_at = sent_at;
    }
    transaction.connection().run(
        "UPDATE patient SET mail_state = $1, address_changed = $2, credentials_issued_at = $3, "
        "last_invited_at = $4, status = $5, marks = $6 WHERE practice = :practice AND patient_id = "
        "$7",
        static_cast<int>(state), facts.address_changed, facts.credentials_issued_at,
        account->last_invited_at, static_cast<int>(portal_status(facts)),
        lasting_marks(facts).bits(), patient_id);
}

void put_address_changed(Transaction& transaction, std::string_view patient_id, bool changed) {
    transaction.connection().run(
        "UPDATE patient SET address_changed = $1 WHERE practice = :practice AND patient_id = $2",
        changed, patient_id);
}

void put_link_expiry(Transaction& transaction, std::string_view patient_id,
                     std::optional<UnixTime> expires_at) {
    transaction.connection().run(
        "UPDATE patient SET link_expires_at = $1 WHERE practice = :practice AND patient_id = $2",
        expires_at, patient_id);
}

void put_locked_until(Transaction& transaction, std::string_view patient_id,
                      std::optional<UnixTime> until) {
    transaction.connection().run(
        "UPDATE patient SET locked_until = (SELECT MAX(waits.until) FROM "
        "(SELECT CAST($1 AS BIGINT) AS until UNION ALL SELECT wait_until FROM invitation "
        "WHERE practice = :practice AND patient_id = $2 AND closed_at IS NULL) AS waits) WHERE "
        "practice = :practice AND patient_id = $2",
        until, patient_id);
}

void raise_security_epoch(Transaction& transaction, std::string_view patient_id) {
    transaction.connection().run(
        "UPDATE patient SET security_epoch = security_epoch + 1 WHERE practice = :practice AND "
        "patient_id = $1",
        patient_id);
}

void end_everything_of_patients(Transaction& transaction) {
    // A cancelled mail has no mark, and status does not depend on mails: domain/portal_status.
    static const std::string end_of_some =
        "UPDATE patient SET security_epoch = security_epoch + 1, link_expires_at = NULL, "
        "locked_until = CASE WHEN locked_until IS NULL THEN NULL ELSE (SELECT wait_until FROM "
        "credential WHERE practice = :practice AND credential.patient_id = patient.patient_id) "
        "END, mail_state = CASE WHEN mail_state IN (1, 3) THEN 6 ELSE mail_state END, "
        "marks = marks & $1 WHERE practice = :practice AND patient_id > $2";
    Marks waiting;
    waiting.add(Mark::Queued);
    waiting.add(Mark::Deferred);
    const auto others = static_cast<std::int64_t>(~waiting.bits());
    Connection& connection = transaction;
    // In steps: a server gives no statement longer than some seconds.
    for (std::string after;;) {
        std::optional<std::string> last;
        {
            auto rows = connection.query(
                "SELECT patient_id FROM patient WHERE practice = :practice AND patient_id > $1 "
                "ORDER BY patient_id LIMIT 1 OFFSET 4999",
                after);
            if (rows.next()) last = rows.text(0);
        }
        if (!last) {
            connection.run(end_of_some, others, after);
            return;
        }
        connection.run(end_of_some + " AND patient_id <= $3", others, after, *last);
        after = *std::move(last);
    }
}
}  // namespace ppo

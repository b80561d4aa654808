// SPDX-License-Identifier: Apache-2.0
#include "store/credential_table.hpp"

#include "store/database.hpp"

namespace ppo {
namespace {
/// The row of the report says the same, so that status, why and the tab need no second look.
void put_bars(Transaction& transaction, std::string_view patient_id,
              std::optional<UnixTime> lapses_at) {
    transaction.connection().run(
        "UPDATE patient SET password_lapses_at = $1, password_disabled = 0 WHERE practice = "
        ":practice AND patient_id = $2",
        lapses_at, patient_id);
}
}  // namespace

std::optional<Credential> find_credential(Connection& connection, std::string_view patient_id) {
    auto rows = connection.query(
        "SELECT sealed_password, lapses_at, failures, wait_until FROM credential WHERE practice = "
        ":practice AND patient_id "
        "= $1",
        patient_id);
    if (!rows.next()) return std::nullopt;
    return Credential{rows.text(0), rows.time(1), rows.integer(2), rows.time(3)};
}

void put_credential(Transaction& transaction, std::string_view patient_id,
                    std::string_view sealed_password, std::optional<UnixTime> lapses_at,
                    UnixTime now) {
    transaction.connection().run(
        "INSERT INTO credential (practice, patient_id, sealed_password, set_at, lapses_at, "
        "failures) "
        "VALUES (:practice, $1, $2, $3, $4, 0) ON CONFLICT (practice, patient_id) DO UPDATE SET "
        "sealed_password = excluded.sealed_password, set_at = excluded.set_at, "
        "lapses_at = excluded.lapses_at, failures = 0, wait_until = NULL",
        patient_id, sealed_password, now, lapses_at);
    put_bars(transaction, patient_id, lapses_at);
}

bool replace_hash(Transaction& transaction, std::string_view patient_id,
                  std::string_view old_sealed, std::string_view new_sealed) {
    return transaction.connection().run(
               "UPDATE credential SET sealed_password = $1 WHERE practice = :practice AND "
               "patient_id = $2 AND "
               "sealed_password = $3",
               new_sealed, patient_id, old_sealed) == 1;
}

std::int64_t count_failure(Transaction& transaction, std::string_view patient_id) {
    transaction.connection().run(
        "UPDATE credential SET failures = failures + 1 WHERE practice = :practice AND patient_id = "
        "$1",
        patient_id);
    const auto credential = find_credential(transaction, patient_id);
    return credential ? credential->failures : 0;
}

void put_sign_in_wait(Transaction& transaction, std::string_view patient_id, UnixTime until) {
    transaction.connection().run(
        "UPDATE credential SET wait_until = $1 WHERE practice = :practice AND patient_id = $2",
        until, patient_id);
}

std::optional<UnixTime> sign_in_wait(Connection& connection, std::string_view patient_id) {
    const auto credential = find_credential(connection, patient_id);
    return credential ? credential->wait_until : std::nullopt;
}

void disable_password(Transaction& transaction, std::string_view patient_id) {
    transaction.connection().run(
        "UPDATE patient SET password_disabled = 1 WHERE practice = :practice AND patient_id = $1",
        patient_id);
}

void forget_failures(Transaction& transaction, std::string_view patient_id) {
    put_failures(transaction, patient_id, 0, std::nullopt);
    transaction.connection().run(
        "UPDATE patient SET password_disabled = 0 WHERE practice = :practice AND patient_id = $1",
        patient_id);
}

void put_failures(Transaction& transaction, std::string_view patient_id, std::int64_t failures,
                  std::optional<UnixTime> wait_until) {
    transaction.connection().run(
        "UPDATE credential SET failures = $1, wait_until = $2 WHERE practice = :practice AND "
        "patient_id = $3",
        failures, wait_until, patient_id);
}

void keep_credential(Transaction& transaction, std::string_view patient_id) {
    transaction.connection().run(
        "UPDATE credential SET lapses_at = NULL WHERE practice = :practice AND patient_id = $1",
        patient_id);
    transaction.connection().run(
        "UPDATE patient SET password_lapses_at = NULL WHERE practice = :practice AND patient_id = "
        "$1",
        patient_id);
}

void drop_credential(Transaction& transaction, std::string_view patient_id) {
    transaction.connection().run(
        "DELETE FROM credential WHERE practice = :practice AND patient_id = $1", patient_id);
    put_bars(transaction, patient_id, std::nullopt);
}
}  // namespace ppo

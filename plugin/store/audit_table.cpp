// SPDX-License-Identifier: Apache-2.0
#include "store/audit_table.hpp"

#include "store/database.hpp"
#include "store/keyring.hpp"

namespace ppo {
namespace {
constexpr std::string_view columns =
    "SELECT sequence, at, actor, actor_id, came_from, action, patient_id, outcome, detail, mac "
    "FROM audit ";

}  // namespace

AuditEntry audit_entry_in(const Rows& rows) {
    AuditEntry entry;
    entry.sequence = rows.integer(0);
    entry.at = from_milliseconds(rows.integer(1));
    entry.actor = {static_cast<Actor::Kind>(rows.integer(2)), rows.text(3), rows.text(4)};
    entry.action = rows.text(5);
    entry.patient_id = rows.text(6);
    entry.outcome = rows.text(7);
    entry.detail = rows.text(8);
    return entry;
}

namespace {
/// What an entry's mac covers.
std::string chained_text(const AuditEntry& entry, std::string_view mac_before) {
    std::string text;
    text.reserve(256);
    const auto add = [&text](std::string_view field) {
        text += std::to_string(field.size());
        text += ':';
        text += field;
    };
    add(mac_before);
    add(std::to_string(entry.sequence));
    add(std::to_string(to_milliseconds(entry.at)));
    add(std::to_string(static_cast<int>(entry.actor.kind)));
    for (const std::string* field : {&entry.actor.id, &entry.actor.from, &entry.action,
                                     &entry.patient_id, &entry.outcome, &entry.detail})
        add(*field);
    return text;
}
}  // namespace

std::string chained_mac(const Keyring& keyring, std::string_view key_id, const AuditEntry& entry,
                        std::string_view mac_before) {
    return std::string{key_id} + ":" +
           keyring.mac(Keyring::Use::Audit, key_id, chained_text(entry, mac_before));
}

AuditHead audit_head(Connection& connection) {
    auto rows = connection.query("SELECT sequence, mac FROM audit_head WHERE practice = :practice");
    if (!rows.next()) return {};
    return {rows.integer(0), rows.text(1)};
}

void record(Transaction& transaction, const Deed& deed, const Actor& actor, UnixTime now) {
    record_all(transaction, {deed}, actor, now);
}

void record_all(Transaction& transaction, const std::vector<Deed>& deeds, const Actor& actor,
                UnixTime now) {
    if (deeds.empty()) return;
    Connection& connection = transaction;
    const std::string key_id = transaction.keyring().current();
    const auto macs = transaction.keyring().macs(Keyring::Use::Audit, key_id);
    AuditHead head = audit_head(connection);
    AuditEntry entry;
    entry.at = now;
    entry.actor = actor;
    for (const auto& deed : deeds) {
        entry.sequence = ++head.sequence;
        entry.action = deed.action;
        entry.patient_id = deed.patient_id;
        entry.outcome = deed.outcome;
        entry.detail = deed.detail;
        head.mac = key_id + ":" + macs.mac(chained_text(entry, head.mac));
        connection.run(
            "INSERT INTO audit (practice, sequence, at, actor, actor_id, came_from, action, "
            "patient_id, "
            "outcome, detail, mac) VALUES (:practice, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            entry.sequence, now, static_cast<int>(actor.kind), actor.id, actor.from, deed.action,
            deed.patient_id, deed.outcome, deed.detail, head.mac);
    }
    connection.run("UPDATE audit_head SET sequence = $1, mac = $2 WHERE practice = :practice",
                   head.sequence, head.mac);
    transaction.has_audit_entry(head.sequence);
}

std::vector<AuditEntry> read_audit(Connection& connection, std::int64_t after,
                                   std::string_view patient_id, std::int64_t limit) {
    std::vector<AuditEntry> entries;
    auto rows =
        patient_id.empty()
            ? connection.query(
                  std::string{columns} +
                      "WHERE practice = :practice AND sequence > $1 ORDER BY sequence LIMIT $2",
                  after, limit)
            : connection.query(std::string{columns} +
                                   "WHERE practice = :practice AND sequence > $1 AND patient_id = "
                                   "$2 ORDER BY sequence LIMIT $3",
                               after, patient_id, limit);
    while (rows.next()) entries.push_back(audit_entry_in(rows));
    return entries;
}

std::vector<AuditEntry> latest_audit(Connection& connection, std::string_view patient_id,
                                     std::int64_t limit) {
    std::vector<AuditEntry> entries;
    auto rows = connection.query(
        std::string{columns} +
            "WHERE practice = :practice AND patient_id = $1 ORDER BY sequence DESC LIMIT $2",
        patient_id, limit);
    while (rows.next()) entries.push_back(audit_entry_in(rows));
    return entries;
}

bool is_recorded(Connection& connection, std::string_view patient_id, std::string_view action,
                 std::string_view detail) {
    return connection
        .query(
            "SELECT 1 FROM audit WHERE practice = :practice AND patient_id = $1 AND action = $2 "
            "AND detail = $3 LIMIT 1",
            patient_id, action, detail)
        .next();
}
}  // namespace ppo

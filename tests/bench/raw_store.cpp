// SPDX-License-Identifier: Apache-2.0
#include "raw_store.hpp"

#include <stdexcept>

namespace ppo_bench {
namespace {
const std::string mac(64, 'a');

void bind(sqlite3_stmt* statement, int place, const std::string& text) {
    sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

/// The colour that follows from the other facts once access is on or off.
std::string status_of(bool enabled) {
    return enabled ? "CASE WHEN chart_status > 2 THEN 1 WHEN first_signed_in_at IS NOT NULL THEN 4 "
                     "WHEN credentials_issued_at IS NOT NULL THEN 3 ELSE 2 END"
                   : "1";
}
}  // namespace

RawStore::RawStore(const std::string& path) {
    if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error{"raw store"};
    sqlite3_busy_timeout(handle_, 5000);
    execute(
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; "
        "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA secure_delete = ON; "
        "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA journal_mode = TRUNCATE");
}

RawStore::~RawStore() {
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close(handle_);
}

void RawStore::execute(const std::string& sql) {
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error{sqlite3_errmsg(handle_)};
}

sqlite3_stmt* RawStore::prepared(const std::string& sql) {
    auto& statement = statements_[sql];
    if (statement == nullptr &&
        sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        throw std::runtime_error{std::string{sqlite3_errmsg(handle_)} + ": " + sql};
    return statement;
}

void RawStore::run(sqlite3_stmt* statement) {
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3_step(statement);
    sqlite3_reset(statement);
    if (code != SQLITE_DONE) throw std::runtime_error{sqlite3_errmsg(handle_)};
}

std::int64_t RawStore::number(const std::string& sql) {
    auto* statement = prepared(sql);
    const auto value = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0)
                                                             : 0;
    sqlite3_reset(statement);
    return value;
}

std::string RawStore::text(const std::string& sql) {
    auto* statement = prepared(sql);
    std::string value;
    if (sqlite3_step(statement) == SQLITE_ROW)
        if (const auto* found = sqlite3_column_text(statement, 0))
            value = reinterpret_cast<const char*>(found);
    sqlite3_reset(statement);
    return value;
}

bool RawStore::has_table(const std::string& name) {
    return number("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '" + name +
                  "'") > 0;
}

std::size_t RawStore::take_rows(sqlite3_stmt* statement) {
    constexpr std::size_t piece = 1 << 16;
    std::size_t rows = 0;
    int code = SQLITE_ROW;
    const int columns = sqlite3_column_count(statement);
    buffer_.clear();
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        ++rows;
        if (buffer_.size() > piece) buffer_.clear();
        for (int i = 0; i < columns; ++i) {
            const auto type = sqlite3_column_type(statement, i);
            if (type == SQLITE_INTEGER) {
                const auto value = sqlite3_column_int64(statement, i);
                buffer_.append(reinterpret_cast<const char*>(&value), sizeof value);
            } else if (type == SQLITE_TEXT) {
                const auto* value = sqlite3_column_text(statement, i);
                buffer_.append(reinterpret_cast<const char*>(value),
                               static_cast<std::size_t>(sqlite3_column_bytes(statement, i)));
            }
        }
    }
    sqlite3_reset(statement);
    if (code != SQLITE_DONE) throw std::runtime_error{sqlite3_errmsg(handle_)};
    return rows;
}

void RawStore::audit(const std::string& patient_id) {
    const auto sequence = number("SELECT sequence FROM audit_head WHERE practice = 1") + 1;
    auto* entry = prepared(
        "INSERT INTO audit (practice, sequence, at, actor, actor_id, came_from, action, "
        "patient_id, outcome, "
        "detail, mac) VALUES (1, $1, 1772452800000, 1, 'raw', '', 'access_enabled', $2, 'done', "
        "'', "
        "$3)");
    sqlite3_bind_int64(entry, 1, sequence);
    bind(entry, 2, patient_id);
    bind(entry, 3, mac);
    run(entry);
    auto* head = prepared("UPDATE audit_head SET sequence = $1, mac = $2 WHERE practice = 1");
    sqlite3_bind_int64(head, 1, sequence);
    bind(head, 2, mac);
    run(head);
}

void RawStore::toggle(const std::string& patient_id, bool enabled) {
    run(prepared("BEGIN IMMEDIATE"));
    auto* row = prepared(
        "SELECT * FROM patient WHERE practice = 1 AND patient_id = $1 AND in_directory = 1");
    bind(row, 1, patient_id);
    take_rows(row);
    auto* set = prepared(
        "UPDATE patient SET access_enabled = $1 WHERE practice = 1 AND patient_id = $2 AND "
        "access_enabled <> $1");
    sqlite3_bind_int(set, 1, enabled);
    bind(set, 2, patient_id);
    run(set);
    auto* status = prepared("UPDATE patient SET status = " + status_of(enabled) +
                            " WHERE practice = 1 AND patient_id = $1");
    bind(status, 1, patient_id);
    run(status);
    if (!enabled) {
        auto* link = prepared(
            "UPDATE invitation SET closed_at = 1772452800000, closed_by = 3 WHERE practice = 1 AND "
            "patient_id = $1 "
            "AND closed_at IS NULL");
        bind(link, 1, patient_id);
        run(link);
        auto* epoch = prepared(
            "UPDATE patient SET security_epoch = security_epoch + 1 WHERE practice = 1 AND "
            "patient_id = $1");
        bind(epoch, 1, patient_id);
        run(epoch);
    }
    audit(patient_id);
    run(prepared("COMMIT"));
}

void RawStore::audit_selected() {
    run(
        prepared("INSERT INTO audit (practice, sequence, at, actor, actor_id, came_from, action, "
                 "patient_id, outcome, "
                 "detail, mac) SELECT 1, (SELECT sequence FROM audit_head WHERE practice = 1) + "
                 "row_number() OVER (), "
                 "1772452800000, 1, 'raw', '', 'access_enabled', patient_id, 'done', '', '" +
                 mac + "' FROM selected"));
    run(
        prepared("UPDATE audit_head SET sequence = (SELECT MAX(sequence) FROM audit WHERE practice "
                 "= 1) WHERE "
                 "practice = 1"));
}

std::int64_t RawStore::set_access_of_many(const std::vector<std::string>& ids, bool enabled,
                                          bool recorded) {
    execute("CREATE TEMP TABLE IF NOT EXISTS selected (patient_id TEXT PRIMARY KEY)");
    run(prepared("BEGIN IMMEDIATE"));
    run(prepared("DELETE FROM selected"));
    auto* select = prepared("INSERT INTO selected (patient_id) VALUES ($1)");
    for (const auto& id : ids) {
        bind(select, 1, id);
        run(select);
    }
    auto* update = prepared(
        "UPDATE patient SET access_enabled = $1, status = " + status_of(enabled) +
        " WHERE practice = 1 AND patient_id IN (SELECT patient_id FROM selected) AND "
        "access_enabled <> $1");
    sqlite3_bind_int(update, 1, enabled);
    run(update);
    const auto changed = sqlite3_changes(handle_);
    if (recorded) audit_selected();
    run(prepared("COMMIT"));
    return changed;
}

bool RawStore::is_taken(const std::string& key) {
    auto* statement = prepared(
        "SELECT 1 FROM patient WHERE practice = 1 AND username_key = $1 UNION ALL "
        "SELECT 1 FROM patient WHERE practice = 1 AND username_skeleton = $1 UNION ALL "
        "SELECT 1 FROM patient WHERE practice = 1 AND username_shown_skeleton = $1");
    bind(statement, 1, key);
    const int code = sqlite3_step(statement);
    sqlite3_reset(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        throw std::runtime_error{sqlite3_errmsg(handle_)};
    return code == SQLITE_ROW;
}
}  // namespace ppo_bench

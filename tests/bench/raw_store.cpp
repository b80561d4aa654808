// SPDX-License-Identifier: Apache-2.0
#include "raw_store.hpp"

#include <stdexcept>

namespace ppo_bench {
namespace {
const std::string hash(64, 'a');

void bind(sqlite3_stmt* statement, int place, const std::string& text) {
    sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}
}  // namespace

RawStore::RawStore(const std::string& path) {
    if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error{"raw store"};
    sqlite3_exec(handle_,
                 "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                 "PRAGMA cache_size=-16384; PRAGMA journal_mode=TRUNCATE; PRAGMA busy_timeout=5000",
                 nullptr, nullptr, nullptr);
    begin_ = prepare("BEGIN IMMEDIATE");
    commit_ = prepare("COMMIT");
    read_ = prepare("SELECT * FROM patient WHERE patient_id = $1 AND in_directory = 1");
    access_ = prepare("UPDATE patient SET access_enabled = $1 WHERE patient_id = $2");
    state_ = prepare(
        "UPDATE patient SET status = $1, marks = $2, search_text = $3 WHERE patient_id = $4");
    audit_ = prepare(
        "INSERT INTO audit (sequence, at, actor, actor_id, came_from, action, patient_id, outcome, "
        "detail, mac) "
        "VALUES ($1, 1700000000000, 1, 'raw', '', 'access_enabled', $2, 'done', '', $3)");
    head_ = prepare("UPDATE audit_head SET sequence = $1, mac = $2 WHERE only_one = 1");
    head_read_ = prepare("SELECT sequence FROM audit_head WHERE only_one = 1");
    invitation_ = prepare(
        "INSERT INTO invitation (invitation_id, patient_id, origin, key_id, link_digest, epoch, "
        "created_at, "
        "expires_at) VALUES (lower(hex(randomblob(16))), $1, 1, 'k1', lower(hex(randomblob(32))), "
        "0, "
        "1700000000000, 1700604800000)");
    outbox_ = prepare(
        "INSERT INTO outbox (mail_id, kind, recipient, language, state, created_at, next_try_at) "
        "VALUES ($1, 1, 'a@example.test', 'en', 1, 1700000000000, 1700000000000)");
    person_ = prepare("INSERT INTO outbox_person (mail_id, place, patient_id) VALUES ($1, 1, $2)");
    queued_ = prepare(
        "UPDATE patient SET link_expires_at = 1700604800000, mail_state = 1, "
        "address_changed = 0 "
        "WHERE patient_id = $1");
    taken_ = prepare(
        "SELECT 1 FROM patient WHERE username_key = $1 UNION ALL "
        "SELECT 1 FROM patient WHERE username_skeleton = $1 UNION ALL "
        "SELECT 1 FROM patient WHERE username_shown_skeleton = $1");
    page_ = prepare(
        "SELECT patient_id, status, marks, link_expires_at, locked_until, first_name, last_name, "
        "email, username, "
        "last_invited_at, last_signed_in_at, provider, tags, next_appointment_at, chart_status, "
        "access_enabled, "
        "sort_name FROM patient WHERE in_directory = 1 AND (sort_name, patient_id) > ($1, $2) "
        "ORDER BY sort_name, patient_id LIMIT 101");
    count_ = prepare(
        "SELECT status, marks, COUNT(*) FROM patient WHERE in_directory = 1 GROUP BY status, "
        "marks");
    sqlite3_step(head_read_);
    sequence_ = sqlite3_column_int64(head_read_, 0);
    sqlite3_reset(head_read_);
}

RawStore::~RawStore() {
    for (auto* statement : all_) sqlite3_finalize(statement);
    sqlite3_close(handle_);
}

sqlite3_stmt* RawStore::prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) !=
        SQLITE_OK)
        throw std::runtime_error{sqlite3_errmsg(handle_)};
    all_.push_back(statement);
    return statement;
}

void RawStore::run(sqlite3_stmt* statement) {
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3_step(statement);
    sqlite3_reset(statement);
    if (code != SQLITE_DONE) throw std::runtime_error{sqlite3_errmsg(handle_)};
}

void RawStore::audit(const std::string& patient_id) {
    run(head_read_);
    ++sequence_;
    sqlite3_bind_int64(audit_, 1, sequence_);
    bind(audit_, 2, patient_id);
    bind(audit_, 3, hash);
    run(audit_);
    sqlite3_bind_int64(head_, 1, sequence_);
    bind(head_, 2, hash);
    run(head_);
}

void RawStore::toggle(const std::string& patient_id, bool enabled) {
    run(begin_);
    bind(read_, 1, patient_id);
    run(read_);
    sqlite3_bind_int(access_, 1, enabled);
    bind(access_, 2, patient_id);
    run(access_);
    sqlite3_bind_int(state_, 1, enabled ? 2 : 1);
    sqlite3_bind_int(state_, 2, 0);
    bind(state_, 3, patient_id);
    bind(state_, 4, patient_id);
    run(state_);
    audit(patient_id);
    run(commit_);
}

void RawStore::invite(const std::string& patient_id) {
    run(begin_);
    bind(read_, 1, patient_id);
    run(read_);
    bind(invitation_, 1, patient_id);
    run(invitation_);
    const std::string mail_id = "raw-" + patient_id;
    bind(outbox_, 1, mail_id);
    run(outbox_);
    bind(person_, 1, mail_id);
    bind(person_, 2, patient_id);
    run(person_);
    bind(queued_, 1, patient_id);
    run(queued_);
    sqlite3_bind_int(state_, 1, 2);
    sqlite3_bind_int(state_, 2, 64);
    bind(state_, 3, patient_id);
    bind(state_, 4, patient_id);
    run(state_);
    audit(patient_id);
    run(commit_);
}

bool RawStore::is_taken(const std::string& key) {
    bind(taken_, 1, key);
    const bool taken = sqlite3_step(taken_) == SQLITE_ROW;
    sqlite3_reset(taken_);
    return taken;
}

std::size_t RawStore::page(const std::string& sort_name, const std::string& patient_id) {
    bind(page_, 1, sort_name);
    bind(page_, 2, patient_id);
    std::vector<std::vector<std::string>> rows;
    while (sqlite3_step(page_) == SQLITE_ROW) {
        auto& row = rows.emplace_back();
        for (int column = 0; column < sqlite3_column_count(page_); ++column) {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(page_, column));
            row.emplace_back(text == nullptr ? "" : text);
        }
    }
    sqlite3_reset(page_);
    return rows.size();
}

std::int64_t RawStore::count_by_status() {
    std::int64_t sum = 0;
    while (sqlite3_step(count_) == SQLITE_ROW) sum += sqlite3_column_int64(count_, 2);
    sqlite3_reset(count_);
    return sum;
}
}  // namespace ppo_bench

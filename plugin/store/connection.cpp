// SPDX-License-Identifier: Apache-2.0
#include "store/connection.hpp"

#include "store/fault.hpp"

#include <Poco/Data/DataException.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/Utility.h>
#include <Poco/Data/Session.h>
#include <sqlite3.h>

#include <chrono>
#include <thread>

namespace ppo {
namespace {
constexpr int open_timeout_seconds = 2;  // Poco retries a bad path for this long.

/// Waits for whoever holds the store, in short steps first: most hold it for less than a
/// millisecond. Gives up after about five seconds.
int wait_while_busy(void*, int times_before) {
    constexpr int short_steps = 40;
    constexpr int most_steps = short_steps + 1000;
    if (times_before >= most_steps) return 0;
    std::this_thread::sleep_for(times_before < short_steps ? std::chrono::microseconds{50}
                                                           : std::chrono::microseconds{5000});
    return 1;
}

struct Meaning {
    StoreFault::Kind kind = StoreFault::Kind::Failed;
    const char* sentence = "";
};

Meaning meaning_of(int code) {
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {StoreFault::Kind::Busy, "the store is held by another process; try again"};
    case SQLITE_FULL: return {StoreFault::Kind::Full, "no space is left for the store; free some"};
    case SQLITE_READONLY:
        return {StoreFault::Kind::ReadOnly, "the store cannot be written; check its permissions"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {StoreFault::Kind::Damaged, "the store is damaged; restore it from a backup"};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return {StoreFault::Kind::Unreadable,
                "the store cannot be opened; check path and permissions"};
    default: return {StoreFault::Kind::Failed, "the store failed; look at disk and memory"};
    }
}

[[noreturn]] void fail(sqlite3* handle) {
    const int code = sqlite3_extended_errcode(handle);
    if (code == SQLITE_NOMEM) throw std::bad_alloc{};
    const Meaning meaning = meaning_of(code);
    throw StoreFault{meaning.kind,
                     std::string{meaning.sentence} + " (SQLite " + std::to_string(code) + ")"};
}

std::unique_ptr<Poco::Data::Session> open_session(const std::string& path) {
    static const bool is_registered = [] {
        Poco::Data::SQLite::Connector::registerConnector();
        return true;
    }();
    static_cast<void>(is_registered);
    try {
        return std::make_unique<Poco::Data::Session>(Poco::Data::SQLite::Connector::KEY, path,
                                                     open_timeout_seconds);
    } catch (const Poco::Exception&) {  // Its text may hold the path only; ours says what to do.
        throw StoreFault{StoreFault::Kind::Unreadable,
                         "the store cannot be opened; check path and permissions"};
    }
}
}  // namespace

Rows::~Rows() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

bool Rows::next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) fail(sqlite3_db_handle(statement_));
    return false;
}

bool Rows::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

bool Rows::is_integer(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_INTEGER;
}

bool Rows::is_text(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_TEXT;
}

std::int64_t Rows::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Rows::view(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (text == nullptr) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::optional<UnixTime> Rows::time(int column) const {
    if (is_null(column)) return std::nullopt;
    return from_milliseconds(integer(column));
}

Connection::Connection(const std::string& path, Role role)
    : session_{open_session(path)}, handle_{Poco::Data::SQLite::Utility::dbHandle(*session_)} {
    sqlite3_extended_result_codes(handle_, 0);
    sqlite3_busy_handler(handle_, wait_while_busy, nullptr);
    // FULL survives a power cut; a rollback journal, because SQLite before 3.51.3 can lose pages in
    // WAL.
    for (const char* pragma :
         {"PRAGMA foreign_keys = ON", "PRAGMA synchronous = FULL", "PRAGMA trusted_schema = OFF",
          "PRAGMA cell_size_check = ON", "PRAGMA mmap_size = 0", "PRAGMA secure_delete = ON",
          "PRAGMA cache_size = -16384", "PRAGMA temp_store = MEMORY"})
        execute(pragma);
    execute(role == Role::Writer ? "PRAGMA journal_mode = TRUNCATE" : "PRAGMA query_only = ON");
}

Connection::~Connection() {
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
}

sqlite3_stmt* Connection::prepared(std::string_view sql) {
    const auto known = statements_.find(sql);
    if (known != statements_.end() && sqlite3_stmt_busy(known->second) == 0) return known->second;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        fail(handle_);
    if (known !=
        statements_.end()) {  // Never two queries with one statement: that mixes their rows.
        sqlite3_finalize(statement);
        throw std::logic_error{"a statement was used again while its rows were being read"};
    }
    statements_.emplace(std::string{sql}, statement);
    return statement;
}

void Connection::forget_if_many() {
    constexpr std::size_t many = 256;
    if (statements_.size() < many) return;
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    statements_.clear();
}

int Connection::finish(sqlite3_stmt* statement) {
    const Rows rows{statement};  // Resets it on every way out.
    if (sqlite3_step(statement) != SQLITE_DONE) fail(handle_);
    return sqlite3_changes(handle_);
}

void Connection::bind_text(sqlite3_stmt* statement, int place, Texts texts, std::string_view text) {
    const char* data = text.data() == nullptr ? "" : text.data();
    auto* const owner = texts == Texts::Borrowed ? SQLITE_STATIC : SQLITE_TRANSIENT;
    if (sqlite3_bind_text64(statement, place, data, text.size(), owner, SQLITE_UTF8) != SQLITE_OK)
        fail(sqlite3_db_handle(statement));
}

void Connection::bind_integer(sqlite3_stmt* statement, int place, std::int64_t number) {
    if (sqlite3_bind_int64(statement, place, number) != SQLITE_OK)
        fail(sqlite3_db_handle(statement));
}

void Connection::bind_null(sqlite3_stmt* statement, int place) {
    if (sqlite3_bind_null(statement, place) != SQLITE_OK) fail(sqlite3_db_handle(statement));
}

void Connection::execute(const std::string& sql) {
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(handle_);
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_connection.hpp"

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

class SqliteStatement final : public Statement {
public:
    SqliteStatement(sqlite3* handle, const std::string& sql) {
        if (sqlite3_prepare_v3(handle, sql.c_str(), static_cast<int>(sql.size()),
                               SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) != SQLITE_OK)
            fail(handle);
    }
    ~SqliteStatement() override { sqlite3_finalize(statement_); }

    [[nodiscard]] bool is_busy() const override { return sqlite3_stmt_busy(statement_) != 0; }

    void bind_text(int place, Texts texts, std::string_view text) override {
        const char* data = text.data() == nullptr ? "" : text.data();
        auto* const owner = texts == Texts::Borrowed ? SQLITE_STATIC : SQLITE_TRANSIENT;
        check(sqlite3_bind_text64(statement_, place, data, text.size(), owner, SQLITE_UTF8));
    }
    void bind_integer(int place, std::int64_t number) override {
        check(sqlite3_bind_int64(statement_, place, number));
    }
    void bind_null(int place, Kind) override { check(sqlite3_bind_null(statement_, place)); }

    int finish() override {
        sqlite3* handle = sqlite3_db_handle(statement_);
        if (sqlite3_step(statement_) != SQLITE_DONE) fail(handle);
        return sqlite3_changes(handle);
    }

    bool next() override {
        const int code = sqlite3_step(statement_);
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) fail(sqlite3_db_handle(statement_));
        return false;
    }
    void reset() noexcept override {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }

    [[nodiscard]] bool is_null(int column) const override {
        return sqlite3_column_type(statement_, column) == SQLITE_NULL;
    }
    [[nodiscard]] bool is_integer(int column) const override {
        return sqlite3_column_type(statement_, column) == SQLITE_INTEGER;
    }
    [[nodiscard]] bool is_text(int column) const override {
        return sqlite3_column_type(statement_, column) == SQLITE_TEXT;
    }
    [[nodiscard]] std::int64_t integer(int column) const override {
        return sqlite3_column_int64(statement_, column);
    }
    [[nodiscard]] std::string_view view(int column) const override {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        if (text == nullptr) return {};
        return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

private:
    void check(int code) const {
        if (code != SQLITE_OK) fail(sqlite3_db_handle(statement_));
    }

    sqlite3_stmt* statement_ = nullptr;
};
}  // namespace

SqliteConnection::SqliteConnection(const std::string& path, Role role)
    : Connection{Engine::Sqlite, role},
      session_{open_session(path)},
      handle_{Poco::Data::SQLite::Utility::dbHandle(*session_)} {
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

SqliteConnection::~SqliteConnection() { forget_statements(); }

std::unique_ptr<Statement> SqliteConnection::prepare(const std::string& sql) {
    return std::make_unique<SqliteStatement>(handle_, sql);
}

void SqliteConnection::execute_once(const std::string& sql) {
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(handle_);
}

bool SqliteConnection::has_table(std::string_view name) {
    return query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", name).next();
}

void SqliteConnection::begin() { run(role() == Role::Writer ? "BEGIN IMMEDIATE" : "BEGIN"); }

void SqliteConnection::commit() { run("COMMIT"); }

void SqliteConnection::roll_back() { run("ROLLBACK"); }

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#include "store/backup.hpp"

#include "store/audit_table.hpp"
#include "store/database.hpp"
#include "store/fault.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <filesystem>
#include <memory>
#include <system_error>

namespace ppo {
namespace {
constexpr int pages_a_step = 1000;  // 4 MB: writers wait for milliseconds.
constexpr int most_restarts = 5;    // Then it is copied in one go, and writers wait for that.
constexpr int most_waits = 6;       // Of five seconds each, for who holds the store.
constexpr int wait_ms = 5000;

[[noreturn]] void refuse(StoreFault::Kind kind, const std::string& path, const std::string& why) {
    throw StoreFault{kind, "The backup " + path + " cannot be made: " + why + "."};
}

StoreFault::Kind kind_of(int code) {
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return StoreFault::Kind::Busy;
    case SQLITE_FULL: return StoreFault::Kind::Full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return StoreFault::Kind::Damaged;
    default: return StoreFault::Kind::Failed;
    }
}

[[noreturn]] void refuse(int code, const std::string& path) {
    if (code == SQLITE_NOMEM) throw std::bad_alloc{};
    refuse(kind_of(code), path,
           std::string{sqlite3_errstr(code)} + " (SQLite " + std::to_string(code) +
               "); look at the disk and try again");
}

struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};
using Handle = std::unique_ptr<sqlite3, Close>;

/// Not a connection of the store's own: the copy is nobody's store yet, and has no tables to ask.
Handle open(const std::string& file, const std::string& path) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
    Handle handle{opened};
    if (code != SQLITE_OK) refuse(code, path);
    sqlite3_busy_timeout(opened, wait_ms);
    return handle;
}

void copy_pages(sqlite3* from, sqlite3* to, const std::string& path) {
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
    if (backup == nullptr) refuse(sqlite3_errcode(to), path);
    // Whatever another process writes between two steps begins the copy anew.
    int code = SQLITE_OK;
    int left = INT_MAX;
    int restarts = 0;
    int waits = 0;
    while (code != SQLITE_DONE) {
        code = sqlite3_backup_step(backup, restarts < most_restarts ? pages_a_step : -1);
        const bool is_held = code == SQLITE_BUSY || code == SQLITE_LOCKED;
        if (is_held && ++waits < most_waits) continue;
        if (code != SQLITE_OK && code != SQLITE_DONE) break;
        if (sqlite3_backup_remaining(backup) > left) ++restarts;
        left = sqlite3_backup_remaining(backup);
    }
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) refuse(code, path);
}

void check_copy(sqlite3* copy, const std::string& path) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(copy, "PRAGMA quick_check(1)", -1, &statement, nullptr);
    bool is_whole = false;
    if (code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        const auto* said = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
        is_whole = said != nullptr && std::string_view{said} == "ok";
    }
    sqlite3_finalize(statement);
    if (!is_whole)
        refuse(StoreFault::Kind::Damaged, path,
               "what was copied is damaged, and so may be the store; check the disk");
}

void copy_store(const std::string& store, const std::string& copy, const std::string& path) {
    const Handle from = open(store, path);
    const Handle to = open(copy, path);
    // The copy is flushed as a whole and thrown away if it is not: it needs no journal.
    for (const char* pragma : {"PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF"})
        if (const int code = sqlite3_exec(to.get(), pragma, nullptr, nullptr, nullptr);
            code != SQLITE_OK)
            refuse(code, path);
    copy_pages(from.get(), to.get(), path);
    check_copy(to.get(), path);
}

void flush(const std::string& file, int flags, const std::string& path) {
    const int handle = ::open(file.c_str(), flags | O_CLOEXEC);
    const bool is_safe = handle >= 0 && ::fsync(handle) == 0;
    const int why = errno;
    if (handle >= 0) ::close(handle);
    if (!is_safe)
        refuse(why == ENOSPC ? StoreFault::Kind::Full : StoreFault::Kind::Failed, path,
               std::generic_category().message(why) + "; look at the disk");
}

/// A file beside the copy's place, which goes with this object.
class Unfinished {
public:
    explicit Unfinished(const std::string& path)
        : file_{path + "." + std::to_string(::getpid()) + ".unfinished"}, path_{path} {
        const int handle = ::open(file_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                  0600);
        if (handle < 0)
            refuse(StoreFault::Kind::Unreadable, path_,
                   std::generic_category().message(errno) +
                       "; choose a folder that exists and can be written");
        ::close(handle);
    }
    ~Unfinished() { ::unlink(file_.c_str()); }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;

    [[nodiscard]] const std::string& file() const { return file_; }

    /// Gives it its name, which nothing else has.
    void keep() const {
        flush(file_, O_RDONLY, path_);
        if (::link(file_.c_str(), path_.c_str()) != 0) {
            if (errno == EEXIST) refuse_taken(path_);
            refuse(StoreFault::Kind::Failed, path_, std::generic_category().message(errno));
        }
        flush(std::filesystem::path{path_}.parent_path(), O_RDONLY | O_DIRECTORY, path_);
    }

    [[noreturn]] static void refuse_taken(const std::string& path) {
        refuse(StoreFault::Kind::Unreadable, path,
               "a file of this name is there, and a backup replaces none; choose another name");
    }

private:
    std::string file_;
    std::string path_;
};
}  // namespace

void back_up(Database& database, const std::string& path, UnixTime now) {
    const auto absolute = std::filesystem::absolute(path).string();
    if (std::filesystem::exists(std::filesystem::symlink_status(absolute)))
        Unfinished::refuse_taken(absolute);
    const Unfinished unfinished{absolute};
    copy_store(database.address().text(), unfinished.file(), absolute);
    unfinished.keep();
    Transaction transaction{database};
    record(transaction, {.action = "store_backed_up"}, Actor{Actor::Kind::Host, {}, {}}, now);
    transaction.commit();
}
}  // namespace ppo

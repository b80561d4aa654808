// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.hpp"
#include "store/kept_counts.hpp"
#include "store/keyring.hpp"
#include "store/store_address.hpp"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// One practice of a store, which is a SQLite file or a database on a PostgreSQL server, shared
/// with other processes and other practices. In this process one connection writes, up to eight
/// read. Thread-safe. Opening makes the file (mode 0600) and the tables if they are absent, and
/// brings older ones up to date. Throws StoreFault; a store that cannot be used is left untouched.
class Database {
public:
    /// Serves this practice, which is added if the store does not know it. The empty id is the only
    /// practice of a store that has no others.
    Database(const StoreAddress& address, Keyring keyring, std::string_view practice_id = {});
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] const Keyring& keyring() const { return keyring_; }
    [[nodiscard]] Engine engine() const { return writer_->engine(); }
    [[nodiscard]] const StoreAddress& address() const { return address_; }

    /// The audit entry that this process committed last; 0 if it has committed none yet.
    [[nodiscard]] std::int64_t last_audit_entry() const { return last_audit_entry_; }

private:
    friend class Transaction;
    friend class Reading;
    [[nodiscard]] std::unique_ptr<Connection> connect(Connection::Role role) const;
    std::unique_ptr<Connection> take_reader();
    void give_back(std::unique_ptr<Connection> reader);

    StoreAddress address_;
    Keyring keyring_;
    std::int64_t practice_ = 0;
    std::mutex writing_{};
    std::unique_ptr<Connection> writer_{};
    std::mutex pool_{};
    std::condition_variable reader_free_{};
    std::vector<std::unique_ptr<Connection>> idle_readers_{};
    int readers_ = 0;
    std::atomic<std::int64_t> last_audit_entry_{0};
};

/// Whether keys have been used for this practice of a store, or, before there were practices, for
/// the store. Makes and changes nothing. Throws StoreFault if a server cannot be asked.
[[nodiscard]] bool was_written(const StoreAddress& address, std::string_view practice_id);

/// One action's changes: all of them on commit, none without. A practice's transactions stand in a
/// line, in this process and among all, so that whoever comes second waits instead of failing
/// half-way. Never call the host while one is open.
class Transaction {
public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit();

    /// The audit entry with this number goes with this transaction.
    void has_audit_entry(std::int64_t sequence) { audit_entry_ = sequence; }
    /// Providers and tags that patients come to have or no longer have; counted on commit.
    [[nodiscard]] ChoiceChanges& choices() { return choices_; }
    /// How many transactions with audit entries this thread has committed: a call compares before
    /// and after, to know whether it changed anything.
    [[nodiscard]] static std::uint64_t recorded_by_this_thread();
    /// The same of all transactions: how many this thread has committed, and how many were undone
    /// because of an exception.
    [[nodiscard]] static std::uint64_t committed_by_this_thread();
    [[nodiscard]] static std::uint64_t undone_by_this_thread();

    [[nodiscard]] Connection& connection() { return *database_.writer_; }
    [[nodiscard]] const Keyring& keyring() const { return database_.keyring(); }
    operator Connection&() {
        return connection();
    }  // NOLINT: what reads can read inside a transaction too.

private:
    Database& database_;
    std::unique_lock<std::mutex> lock_;
    bool open_ = false;
    std::int64_t audit_entry_ = 0;
    ChoiceChanges choices_{};
};

/// A connection borrowed for reading: one consistent picture of the store while it lives. Keep it
/// short: it holds writers of a rollback journal back.
class Reading {
public:
    /// Whether every statement sees the same moment. One statement always sees one: who needs no
    /// more, or asks things that do not hang together, is answered sooner on a server.
    enum class Sees { OnePicture, EachItsOwn };
    explicit Reading(Database& database, Sees sees = Sees::OnePicture);
    ~Reading();
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

    [[nodiscard]] Connection& connection() { return *connection_; }
    operator Connection&() { return connection(); }  // NOLINT: see Transaction.

private:
    Database& database_;
    std::unique_ptr<Connection> connection_;
};
}  // namespace ppo

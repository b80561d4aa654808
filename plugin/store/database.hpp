// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.hpp"
#include "store/kept_counts.hpp"
#include "store/keyring.hpp"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace ppo {
/// The store: one SQLite file, shared with other processes. In this process one connection writes,
/// up to eight read. Thread-safe. Opening makes the file (mode 0600) and its tables if they are
/// absent, and brings older ones up to date. Throws StoreFault; a file that cannot be used is left
/// untouched.
class Database {
public:
    Database(const std::string& path, Keyring keyring);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] const Keyring& keyring() const { return keyring_; }

    /// The audit entry that this process committed last; 0 if it has committed none yet.
    [[nodiscard]] std::int64_t last_audit_entry() const { return last_audit_entry_; }

private:
    friend class Transaction;
    friend class Reading;
    std::unique_ptr<Connection> take_reader();
    void give_back(std::unique_ptr<Connection> reader);

    std::string path_;
    Keyring keyring_;
    std::mutex writing_{};
    std::unique_ptr<Connection> writer_{};
    std::mutex pool_{};
    std::condition_variable reader_free_{};
    std::vector<std::unique_ptr<Connection>> idle_readers_{};
    int readers_ = 0;
    std::atomic<std::int64_t> last_audit_entry_{0};
};

/// One action's changes: all of them on commit, none without. Starts with BEGIN IMMEDIATE, so that
/// whoever comes second waits instead of failing half-way. Never call the host while one is open.
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
    explicit Reading(Database& database);
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

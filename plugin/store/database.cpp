// SPDX-License-Identifier: Apache-2.0
#include "store/database.hpp"

#include "store/fact_table.hpp"
#include "store/fault.hpp"
#include "store/migrate.hpp"
#include "store/report_indexes.hpp"
#include "store/store_file.hpp"

namespace ppo {
namespace {
constexpr int most_readers = 8;
thread_local std::uint64_t recorded_here = 0;
}  // namespace

Database::Database(const std::string& path, Keyring keyring)
    : path_{prepare_store_file(path)}, keyring_{std::move(keyring)} {
    try {
        {
            // Looks first: opening to write would set the journal mode of a store that is not ours
            // to touch.
            Connection looking{path_, Connection::Role::Reader};
            check_store_file(looking, path_);
            if (check_schema(looking) > 0) check_keys(looking, keyring_);
        }
        writer_ = std::make_unique<Connection>(path_, Connection::Role::Writer);
        migrate(*writer_);
        make_report_indexes(*writer_);
        Transaction transaction{*this};
        remember_key(transaction, keyring_);
        transaction.commit();
    } catch (const StoreFault& fault) {
        throw StoreFault{fault.kind(),
                         "The store " + path_ + " cannot be used: " + fault.what() + "."};
    }
}

Database::~Database() = default;

std::unique_ptr<Connection> Database::take_reader() {
    std::unique_lock lock{pool_};
    reader_free_.wait(lock, [this] { return !idle_readers_.empty() || readers_ < most_readers; });
    if (!idle_readers_.empty()) {
        auto reader = std::move(idle_readers_.back());
        idle_readers_.pop_back();
        return reader;
    }
    ++readers_;
    lock.unlock();
    try {
        return std::make_unique<Connection>(path_, Connection::Role::Reader);
    } catch (...) {
        lock.lock();
        --readers_;
        reader_free_.notify_one();
        throw;
    }
}

void Database::give_back(std::unique_ptr<Connection> reader) {
    const std::lock_guard lock{pool_};
    if (reader->in_transaction())
        --readers_;  // It could not end its picture: let it go rather than hand it on.
    else
        idle_readers_.push_back(std::move(reader));
    reader_free_.notify_one();
}

Transaction::Transaction(Database& database) : database_{database}, lock_{database.writing_} {
    connection().forget_if_many();
    connection().run("BEGIN IMMEDIATE");
    open_ = true;
}

Transaction::~Transaction() {
    if (!open_ || !connection().in_transaction()) return;
    try {
        connection().run("ROLLBACK");
    } catch (const StoreFault&) {  // The connection is beyond use; the journal undoes the changes.
        try {
            database_.writer_ = std::make_unique<Connection>(database_.path_,
                                                             Connection::Role::Writer);
        } catch (const std::exception&) {  // The next transaction finds out and says so.
        }
    }
}

void Transaction::commit() {
    choices_.write(connection());
    connection().run("COMMIT");
    open_ = false;
    if (audit_entry_ == 0) return;
    database_.last_audit_entry_ = audit_entry_;
    ++recorded_here;
}

std::uint64_t Transaction::recorded_by_this_thread() { return recorded_here; }

Reading::Reading(Database& database) : database_{database}, connection_{database.take_reader()} {
    connection_->forget_if_many();
    connection_->run("BEGIN");
}

Reading::~Reading() {
    try {
        connection_->run("COMMIT");
    } catch (const StoreFault&) {  // give_back drops a connection that is still inside.
    }
    database_.give_back(std::move(connection_));
}
}  // namespace ppo

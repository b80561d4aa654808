// SPDX-License-Identifier: Apache-2.0
#include "store/database.hpp"

#include "store/connect.hpp"
#include "store/fact_table.hpp"
#include "store/fault.hpp"
#include "store/migrate.hpp"
#include "store/move_store.hpp"
#include "store/planner_facts.hpp"
#include "store/practice_table.hpp"
#include "store/report_indexes.hpp"
#include "store/search_index.hpp"
#include "store/store_file.hpp"

#include <filesystem>

namespace ppo {
namespace {
constexpr int most_readers = 8;
constexpr std::chrono::seconds most_waiting{5};  // For a reader that is free.
thread_local std::uint64_t recorded_here = 0;
thread_local std::uint64_t committed_here = 0;
thread_local std::uint64_t undone_here = 0;

StoreAddress prepared_address(const StoreAddress& address) {
    return address.is_server() ? address : StoreAddress{prepare_store_file(address.text())};
}

/// Only reads. A practice that is yet to be added was written with no key.
void check_keys_of(Connection& looking, std::int64_t schema, std::string_view practice_id,
                   const Keyring& keyring) {
    if (schema == 0) return;
    if (schema < practices_since) {
        if (practice_id.empty()) check_keys_before_practices(looking, keyring);
        return;
    }
    check_not_being_moved_to(looking);
    const auto practice = find_practice(looking, practice_id);
    if (!practice) return;
    looking.serve(*practice);
    check_keys(looking, keyring);
}

/// Adds the practice if the store does not know it, and serves it.
std::int64_t take_practice(Connection& writer, std::string_view practice_id) {
    writer.begin();
    try {
        const auto practice = find_or_add_practice(writer, practice_id);
        writer.serve(practice);
        if (writer.engine() == Engine::Sqlite) make_search_index(writer);
        writer.commit();
        return practice;
    } catch (...) {
        if (writer.in_transaction()) writer.roll_back();
        throw;
    }
}
}  // namespace

Database::Database(const StoreAddress& address, Keyring keyring, std::string_view practice_id)
    : address_{prepared_address(address)}, keyring_{std::move(keyring)} {
    keyring_.serve(practice_id);
    try {
        {
            // Looks first: opening to write would set the journal mode of a store that is not ours
            // to touch.
            const auto looking = connect_to(address_, Connection::Role::Reader);
            if (!address_.is_server()) check_store_file(*looking, address_.text());
            check_keys_of(*looking, check_schema(*looking), practice_id, keyring_);
        }
        writer_ = connect_to(address_, Connection::Role::Writer);
        migrate(*writer_);
        practice_ = take_practice(*writer_, practice_id);
        const bool is_file = writer_->engine() == Engine::Sqlite;
        if (is_file) make_report_indexes(*writer_);
        Transaction transaction{*this};
        if (is_file) tell_planner(transaction.connection());
        remember_key(transaction, keyring_);
        transaction.commit();
    } catch (const StoreFault& fault) {
        throw StoreFault{fault.kind(), "The store " + address_.shown() +
                                           " cannot be used: " + fault.what() + "."};
    }
}

Database::~Database() = default;

std::unique_ptr<Connection> Database::connect(Connection::Role role) const {
    auto connection = connect_to(address_, role);
    connection->serve(practice_);
    return connection;
}

std::unique_ptr<Connection> Database::take_reader() {
    std::unique_lock lock{pool_};
    if (!reader_free_.wait_for(lock, most_waiting, [this] {
            return !idle_readers_.empty() || readers_ < most_readers;
        }))
        throw StoreFault{StoreFault::Kind::Busy,
                         "The store is read by as many as can at once; try again."};
    if (!idle_readers_.empty()) {
        auto reader = std::move(idle_readers_.back());
        idle_readers_.pop_back();
        return reader;
    }
    ++readers_;
    lock.unlock();
    try {
        return connect(Connection::Role::Reader);
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
    connection().begin();
    open_ = true;
}

Transaction::~Transaction() {
    if (open_) ++undone_here;
    if (!open_ || !connection().in_transaction()) return;
    try {
        connection().roll_back();
    } catch (const StoreFault&) {  // The connection is beyond use; its engine undoes the changes.
        try {
            database_.writer_ = database_.connect(Connection::Role::Writer);
        } catch (const std::exception&) {  // The next transaction finds out and says so.
        }
    }
}

void Transaction::commit() {
    choices_.write(connection());
    connection().commit();
    open_ = false;
    ++committed_here;
    if (audit_entry_ == 0) return;
    database_.last_audit_entry_ = audit_entry_;
    ++recorded_here;
}

bool was_written(const StoreAddress& address, std::string_view practice_id) {
    if (!address.is_server()) {
        std::error_code error;
        const auto size = std::filesystem::file_size(address.text(), error);
        return !error && size > 0;
    }
    try {
        const auto looking = connect_to(address, Connection::Role::Reader);
        if (check_schema(*looking) < practices_since) return false;
        const auto practice = find_practice(*looking, practice_id);
        if (!practice) return false;
        looking->serve(*practice);
        return has_used_keys(*looking);
    } catch (const StoreFault& fault) {
        throw StoreFault{fault.kind(),
                         "The store " + address.shown() + " cannot be used: " + fault.what() + "."};
    }
}

std::uint64_t Transaction::recorded_by_this_thread() { return recorded_here; }

std::uint64_t Transaction::committed_by_this_thread() { return committed_here; }

std::uint64_t Transaction::undone_by_this_thread() { return undone_here; }

Reading::Reading(Database& database, Sees sees)
    : database_{database}, connection_{database.take_reader()} {
    connection_->forget_if_many();
    if (sees == Sees::OnePicture)
        connection_->begin();
    else
        connection_->begin_looking();
}

Reading::~Reading() {
    try {
        connection_->commit();
    } catch (const StoreFault&) {  // give_back drops a connection that is still inside.
    }
    database_.give_back(std::move(connection_));
}
}  // namespace ppo

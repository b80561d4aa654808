// SPDX-License-Identifier: Apache-2.0
#include "store/move_store.hpp"

#include "store/connect.hpp"
#include "store/fault.hpp"
#include "store/migrate.hpp"
#include "store/store_file.hpp"

#include <sodium.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace ppo {
namespace {
constexpr std::string_view begun = "move_begun";  // A fact of the store itself: practice 0.

struct Table {
    std::string_view name{};
    std::string_view key{};            // Its primary key, in order.
    bool is_kept_by_triggers = false;  // Follows from other rows: compared, not copied.
    std::string_view only{};           // Rows that count, if not all.
};

// Parents before their children. Not here: schema_migration, which each store has of its own, and
// writer, which is about connections to one server.
constexpr std::array<Table, 20> tables{{
    {"practice", "practice"},
    {"store_fact", "practice, name", false,
     "practice > 0 AND name NOT IN ('search_index_reached', 'search_index_last_patient')"},
    {"patient", "practice, patient_id"},
    {"credential", "practice, patient_id"},
    {"invitation", "practice, invitation_id"},
    {"outbox", "practice, mail_id"},
    {"outbox_person", "practice, mail_id, place"},
    {"portal_request", "practice, request_id"},
    {"audit", "practice, sequence"},
    {"audit_head", "practice"},
    {"batch", "practice, batch_id"},
    {"batch_person", "practice, batch_id, place"},
    {"delivery_minute", "practice, minute"},
    {"relay", "practice"},
    {"mail_template", "practice, kind, language"},
    {"try_count", "practice, kind, who, since"},
    {"choice_count", "practice, kind, choice"},
    {"saved_view", "practice, staff_id, name_key"},
    {"patient_count", "practice, status, marks, access_enabled, has_username, set_up", true,
     "patients <> 0"},
    {"link_expiry_count", "practice, width, bucket", false, "patients <> 0"},
}};

[[noreturn]] void refuse(StoreFault::Kind kind, const std::string& why) {
    throw StoreFault{kind, "The store cannot be moved: " + why + "."};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::vector<std::string> split(std::string_view words) {
    std::vector<std::string> all;
    while (!words.empty()) {
        const auto end = words.find(", ");
        all.emplace_back(words.substr(0, end));
        words = end == std::string_view::npos ? std::string_view{} : words.substr(end + 2);
    }
    return all;
}

struct Column {
    std::string name{};
    Statement::Kind kind = Statement::Kind::Integer;
};

/// In an order that both engines have: by name.
std::vector<Column> columns_of(Connection& connection, std::string_view table) {
    std::vector<Column> columns;
    auto rows = connection.engine() == Engine::Sqlite
                    ? connection.query("SELECT name, type FROM pragma_table_info($1) ORDER BY name",
                                       table)
                    : connection.query(
                          "SELECT column_name, UPPER(data_type) FROM information_schema.columns "
                          "WHERE table_schema = current_schema() AND table_name = $1 "
                          "ORDER BY column_name COLLATE \"C\"",
                          table);
    while (rows.next())
        columns.push_back({rows.text(0), rows.view(1) == "TEXT" ? Statement::Kind::Text
                                                                : Statement::Kind::Integer});
    return columns;
}

std::string names_of(const std::vector<Column>& columns) {
    std::vector<std::string> names;
    for (const auto& column : columns) names.push_back(column.name);
    return joined(names);
}

Connection::Value value_in(const Rows& rows, int column, Statement::Kind kind) {
    if (kind == Statement::Kind::Text) return rows.text(column);
    return rows.integer(column);
}

std::string places(std::size_t from, std::size_t count) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back("$" + std::to_string(from + i));
    return joined(all);
}

/// What a store is known by while it is moved: how far each practice's record has come.
std::string identity_of(Connection& connection) {
    std::string identity;
    auto rows = connection.query(
        "SELECT practice.practice, practice_id, sequence, mac FROM practice JOIN audit_head ON "
        "audit_head.practice = practice.practice ORDER BY practice.practice");
    while (rows.next())
        identity += rows.text(0) + ":" + rows.text(1) + ":" + rows.text(2) + ":" + rows.text(3) +
                    ";";
    return identity;
}

std::string fact_of_move(Connection& connection) {
    auto rows = connection.query("SELECT value FROM store_fact WHERE practice = 0 AND name = $1",
                                 begun);
    return rows.next() ? rows.text(0) : std::string{};
}

/// The key of the last row that is there; none in an empty table.
std::vector<Connection::Value> last_key(Connection& connection, const Table& table,
                                        const std::vector<Column>& key) {
    std::vector<std::string> backwards;
    for (const auto& column : key) backwards.push_back(column.name + " DESC");
    const std::string only = table.only.empty() ? "" : " WHERE " + std::string{table.only};
    auto rows = connection.query("SELECT " + names_of(key) + " FROM " + std::string{table.name} +
                                 only + " ORDER BY " + joined(backwards) + " LIMIT 1");
    std::vector<Connection::Value> values;
    if (rows.next())
        for (std::size_t i = 0; i < key.size(); ++i)
            values.push_back(value_in(rows, static_cast<int>(i), key[i].kind));
    return values;
}

class Move {
public:
    Move(Connection& from, Connection& to, const MoveProgress& progress, std::int64_t step)
        : from_{from}, to_{to}, progress_{progress}, step_{step} {}

    /// A store that has just been made holds one practice without anything in it: that goes.
    void begin() {
        const auto identity = identity_of(from_);
        if (const auto known = fact_of_move(to_); !known.empty()) {
            if (known != identity)
                refuse(StoreFault::Kind::Failed,
                       "it has changed since the move began; empty the new store and begin again");
            return;
        }
        to_.begin();
        if (holds_something()) {
            to_.roll_back();
            refuse(StoreFault::Kind::Failed, "the new store is not empty");
        }
        for (const char* table : {"store_fact", "relay", "audit_head", "practice"})
            to_.run("DELETE FROM " + std::string{table});
        to_.run("INSERT INTO store_fact (practice, name, value) VALUES (0, $1, $2)", begun,
                identity);
        to_.commit();
    }

    [[nodiscard]] bool copy(const Table& table) {
        const auto columns = columns_of(to_, table.name);
        const auto key = key_of(table, columns);
        const auto known = last_key(to_, table, key);
        std::string where = table.only.empty() ? "" : " WHERE " + std::string{table.only};
        if (!known.empty())
            where += (where.empty() ? " WHERE (" : " AND (") + names_of(key) + ") > (" +
                     places(1, key.size()) + ")";
        auto rows = from_.stream_with("SELECT " + names_of(columns) + " FROM " +
                                          std::string{table.name} + where + " ORDER BY " +
                                          std::string{table.key},
                                      known);
        const std::string insert = "INSERT INTO " + std::string{table.name} + " (" +
                                   names_of(columns) + ") VALUES (";
        std::int64_t copied = 0;
        bool more = rows.next();
        while (more) {
            to_.forget_if_many();
            to_.begin();
            for (std::int64_t i = 0; more && i < step_; ++i) {
                put(insert, rows, columns);
                ++copied;
                more = rows.next();
            }
            to_.commit();
            if (!progress_(table.name, copied)) return false;
        }
        return true;
    }

    void compare(const Table& table) {
        if (digest_of(from_, table) != digest_of(to_, table))
            refuse(StoreFault::Kind::Damaged,
                   "the table " + std::string{table.name} +
                       " differs in the new store; empty it and begin again");
    }

    void end() {
        to_.begin();
        to_.run("DELETE FROM store_fact WHERE practice = 0 AND name = $1", begun);
        to_.commit();
    }

private:
    /// A new store has its first practice, and what every practice begins with.
    [[nodiscard]] bool holds_something() {
        for (const auto& table : tables) {
            const bool is_made_with_it = table.name == "practice" || table.name == "audit_head" ||
                                         table.name == "relay";
            const std::string least = is_made_with_it ? " OFFSET 1" : "";
            if (to_.query("SELECT 1 FROM " + std::string{table.name} + " LIMIT 1" + least).next())
                return true;
        }
        return false;
    }

    /// Nothing stands as such in the statement: few combinations of columns are empty.
    void put(const std::string& insert, const Rows& rows, const std::vector<Column>& columns) {
        std::vector<std::string> written;
        std::vector<Connection::Value> values;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const int column = static_cast<int>(i);
            if (rows.is_null(column)) {
                written.emplace_back("NULL");
                continue;
            }
            values.push_back(value_in(rows, column, columns[i].kind));
            written.push_back("$" + std::to_string(values.size()));
        }
        to_.run_with(insert + joined(written) + ")", values);
    }

    static std::vector<Column> key_of(const Table& table, const std::vector<Column>& columns) {
        std::vector<Column> key;
        for (const auto& name : split(table.key))
            for (const auto& column : columns)
                if (column.name == name) key.push_back(column);
        return key;
    }

    /// Over every row in the order of the key, each value with its kind and length: equal for equal
    /// rows, whichever engine keeps them.
    static std::array<unsigned char, 32> digest_of(Connection& connection, const Table& table) {
        const auto columns = columns_of(connection, table.name);
        const std::string only = table.only.empty() ? "" : " WHERE " + std::string{table.only};
        crypto_generichash_state state;
        crypto_generichash_init(&state, nullptr, 0, 32);
        const auto take = [&state](std::string_view text) {
            crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(text.data()),
                                      text.size());
        };
        auto rows = connection.stream_with("SELECT " + names_of(columns) + " FROM " +
                                               std::string{table.name} + only + " ORDER BY " +
                                               std::string{table.key},
                                           {});
        while (rows.next())
            for (std::size_t i = 0; i < columns.size(); ++i) {
                const int column = static_cast<int>(i);
                const bool is_null = rows.is_null(column);
                take(is_null ? "n" : rows.is_text(column) ? "t" : "i");
                const auto text = is_null ? std::string_view{} : rows.view(column);
                take(std::to_string(text.size()) + ":");
                take(text);
            }
        std::array<unsigned char, 32> digest{};
        crypto_generichash_final(&state, digest.data(), digest.size());
        return digest;
    }

    Connection& from_;
    Connection& to_;
    const MoveProgress& progress_;
    std::int64_t step_;
};
}  // namespace

bool move_store(const StoreAddress& from, const StoreAddress& to, const MoveProgress& progress,
                std::int64_t rows_a_transaction) {
    if (from.text() == to.text())
        refuse(StoreFault::Kind::Unreadable, "both addresses are the same");
    const auto source = connect_to(from, Connection::Role::Reader);
    const auto made_for = to.is_server() ? to : StoreAddress{prepare_store_file(to.text())};
    const auto target = connect_to(made_for, Connection::Role::Writer);
    migrate(*target);
    if (check_schema(*source) != check_schema(*target))
        refuse(StoreFault::Kind::Failed, "it is of an older version; open it once with this one");
    check_not_being_moved_to(*source);
    source->begin();
    Move move{*source, *target, progress, rows_a_transaction};
    move.begin();
    for (const auto& table : tables)
        if (!table.is_kept_by_triggers && !move.copy(table)) return false;
    const auto checking = connect_to(made_for, Connection::Role::Reader);
    checking->begin();
    Move compared{*source, *checking, progress, rows_a_transaction};
    for (const auto& table : tables) compared.compare(table);
    checking->commit();
    source->commit();
    move.end();
    return true;
}

void check_not_being_moved_to(Connection& connection) {
    if (!fact_of_move(connection).empty())
        throw StoreFault{StoreFault::Kind::Unreadable,
                         "another store is being moved into it; let that move end first"};
}
}  // namespace ppo

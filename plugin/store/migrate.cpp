// SPDX-License-Identifier: Apache-2.0
#include "store/migrate.hpp"

#include "domain/username.hpp"
#include "store/audit_guard.hpp"
#include "store/connection.hpp"
#include "store/embedded_migrations.hpp"
#include "store/engine_words.hpp"
#include "store/fault.hpp"
#include "store/kept_counts.hpp"
#include "store/practice_table.hpp"
#include "store/report_indexes.hpp"
#include "store/search_index.hpp"

#include <string>
#include <utility>
#include <vector>

namespace ppo {
namespace {
/// The number of the last migration this store has seen; 0 for a new one.
std::int64_t schema_of(Connection& connection) {
    if (!connection.has_table("schema_migration")) return 0;
    auto rows = connection.query("SELECT COALESCE(MAX(number), 0) FROM schema_migration");
    return rows.next() ? rows.integer(0) : 0;
}

/// 0010: how usernames look that were chosen before. Of two that look alike the later one keeps
/// none; both stay usernames.
void fill_shown_skeletons(Connection& connection) {
    std::vector<std::pair<std::string, std::string>> named;
    {
        auto rows = connection.query(
            "SELECT patient_id, username FROM patient WHERE practice = :practice AND username IS "
            "NOT NULL ORDER BY COALESCE(credentials_issued_at, 0), patient_id");
        while (rows.next()) named.emplace_back(rows.text(0), rows.text(1));
    }
    for (const auto& [patient_id, username] : named)
        connection.run(
            "UPDATE patient SET username_shown_skeleton = $1 WHERE practice = :practice AND "
            "patient_id = $2 AND NOT EXISTS (SELECT 1 FROM patient AS other WHERE "
            "other.practice = :practice AND other.username_shown_skeleton = $1)",
            shown_skeleton(username), patient_id);
}

void apply(Connection& connection, const Migration& migration) {
    std::size_t from = 0;
    while (from < migration.sql.size()) {  // One statement per `;` at a line's end.
        const auto end = migration.sql.find(";\n", from);
        if (end == std::string_view::npos) break;
        connection.execute(on_engine(connection.engine(), migration.sql.substr(from, end - from)));
        from = end + 2;
    }
    connection.run("INSERT INTO schema_migration (number) VALUES ($1)", migration.number);
}

/// What no migration can say in SQL of a store that had seen this many: once it has all tables, for
/// the statements of today know no others. What was there before there were practices is of the
/// first.
void fill_in(Connection& connection, std::int64_t schema) {
    constexpr int shown_usernames = 10;
    constexpr int kept_report = 13;
    if (schema >= kept_report) return;
    connection.serve(only_practice);
    if (schema < shown_usernames) fill_shown_skeletons(connection);
    fill_choice_counts(connection);
}

std::int64_t schema_we_know(Connection& connection) {
    const auto newest = migrations.back().number;
    const auto schema = schema_of(connection);
    if (schema > newest)
        throw StoreFault{StoreFault::Kind::Newer, "a newer version wrote it (schema " +
                                                      std::to_string(schema) + ", this one knows " +
                                                      std::to_string(newest) +
                                                      "); update this program"};
    return schema;
}
}  // namespace

std::int64_t check_schema(Connection& connection) { return schema_we_know(connection); }

void migrate(Connection& connection) {
    if (schema_we_know(connection) == migrations.back().number) return;
    connection.begin();
    try {
        const auto schema = schema_we_know(connection);  // Another process may have been first.
        for (const auto& migration : migrations)
            if (migration.number > schema) apply(connection, migration);
        fill_in(connection, schema);
        keep_counts(connection);
        guard_audit(connection);
        if (connection.engine() == Engine::PostgreSql) {  // Whoever only uses the tables may not.
            make_search_index(connection);
            make_report_indexes(connection);
        }
        connection.commit();
    } catch (...) {
        if (connection.in_transaction()) connection.roll_back();
        throw;
    }
}
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#include "store/search_index.hpp"

#include "store/database.hpp"
#include "store/engine_words.hpp"
#include "store/fact_table.hpp"
#include "store/fault.hpp"

#include <algorithm>
#include <cstdlib>

namespace ppo {
namespace {
constexpr std::string_view reached_name = "search_index_reached";
constexpr std::string_view last_name = "search_index_last_patient";
constexpr std::int64_t rows_a_step = 2000;  // About 30 ms: nobody who writes waits longer.
constexpr std::string_view set_findable =
    "UPDATE patient SET search_text = $1, tags = $2 WHERE practice = :practice AND "
    "patient_id = $3";
constexpr std::size_t most_trigrams = 24;  // More of them leave out no more rows.

/// Rows up to this one are in the index. The numbers are SQLite's own, and nobody promises that
/// they outlive a rebuilding of the file: so the last row says whose it is.
std::int64_t reached(Connection& connection) {
    const auto row = find_fact(connection, reached_name);
    if (!row) return 0;
    const auto number = std::strtoll(row->c_str(), nullptr, 10);
    if (number == 0) return 0;
    auto rows = connection.query(
        "SELECT patient_id FROM patient WHERE practice = :practice AND rowid = $1", number);
    if (!rows.next() || rows.view(0) != find_fact(connection, last_name)) return -1;
    return number;
}

/// All sequences of three letters of a text as a condition of FTS5: `"dia" AND "iab"`.
std::string trigrams_of(std::string_view text) {
    std::vector<std::size_t> starts;  // Of the letters, in UTF-8.
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) starts.push_back(i);
    starts.push_back(text.size());
    std::string condition;
    for (std::size_t i = 0; i + 3 < starts.size() && i < most_trigrams; ++i) {
        condition += condition.empty() ? "\"" : " AND \"";
        for (const char c : text.substr(starts[i], starts[i + 3] - starts[i]))
            condition += c == '"' ? std::string{"\"\""} : std::string{c};
        condition += '"';
    }
    return condition;
}

std::int64_t number_in(Rows rows) { return rows.next() ? rows.integer(0) : 0; }

void start_again(Transaction& transaction) {
    transaction.connection().execute("DROP TABLE IF EXISTS patient_search_:practice");
    make_search_index(transaction);
    put_fact(transaction, reached_name, "0");
    put_fact(transaction, last_name, "");
}

/// PostgreSQL keeps its trigrams itself, with each change of a row.
void make_search_index_on_postgres(Connection& writer) {
    writer.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm");
    for (const char* column : {"search_text", "tags"})
        writer.execute("CREATE INDEX IF NOT EXISTS patient_search_" + std::string{column} +
                       " ON patient USING gin (" + column + " gin_trgm_ops)");
}

SearchCandidates candidates_on_postgres(Connection& connection, std::string_view text,
                                        std::int64_t most) {
    SearchCandidates found;
    found.condition = "(search_text LIKE ? ESCAPE '\\' OR tags LIKE ? ESCAPE '\\')";
    found.values = {part_of(text), part_of(text)};
    found.rows = number_in(connection.query(
        "SELECT COUNT(*) FROM (SELECT 1 FROM patient WHERE practice = :practice AND (search_text "
        "LIKE $1 ESCAPE '\\' OR tags LIKE $1 ESCAPE '\\') LIMIT $2) AS found",
        part_of(text), most));
    return found;
}
}  // namespace

void make_search_index(Connection& writer) {
    if (writer.engine() == Engine::PostgreSql) return make_search_index_on_postgres(writer);
    if (!writer.query("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").next())
        throw StoreFault{StoreFault::Kind::Failed,
                         "the SQLite of this process has no full-text search (FTS5); give it one "
                         "that has"};
    // One for each practice: it finds nobody else's patients, and can be begun anew alone.
    writer.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS patient_search_:practice USING fts5(search_text, tags, "
        "content='patient', tokenize='trigram', detail=none, columnsize=0)");
}

bool extend_search_index(Database& database) {
    {
        Reading reading{database};
        if (reading.connection().engine() == Engine::PostgreSql) return false;
        const auto known = reached(reading);
        if (known >= 0 &&
            known == number_in(reading.connection().query(
                         "SELECT MAX(rowid) FROM patient WHERE practice = :practice")))
            return false;
    }
    Transaction transaction{database};
    Connection& connection = transaction;
    const auto known = reached(transaction);
    if (known < 0) start_again(transaction);
    const auto from = std::max<std::int64_t>(known, 0);
    connection.run(
        "INSERT INTO patient_search_:practice (rowid, search_text, tags) SELECT rowid, "
        "search_text, tags "
        "FROM patient WHERE practice = :practice AND rowid > $1 ORDER BY rowid LIMIT $2",
        from, rows_a_step);
    const auto last = number_in(
        connection.query("SELECT MAX(rowid) FROM (SELECT rowid FROM patient WHERE practice = "
                         ":practice AND rowid > $1 ORDER BY rowid LIMIT "
                         "$2)",
                         from, rows_a_step));
    std::string patient_id;
    {
        auto rows = connection.query(
            "SELECT patient_id FROM patient WHERE practice = :practice AND rowid = $1", last);
        if (rows.next()) patient_id = rows.text(0);
    }
    put_fact(transaction, reached_name, std::to_string(last));
    put_fact(transaction, last_name, patient_id);
    transaction.commit();
    return true;
}

void keep_findable(Transaction& transaction, std::string_view patient_id,
                   std::string_view search_text, std::string_view tags) {
    Connection& connection = transaction;
    if (connection.engine() == Engine::PostgreSql) {
        connection.run(set_findable, search_text, tags, patient_id);
        return;
    }
    std::int64_t row = 0;
    std::string old_text;
    std::string old_tags;
    {
        auto rows = connection.query(
            "SELECT rowid, search_text, tags FROM patient WHERE practice = :practice AND "
            "patient_id = $1",
            patient_id);
        if (!rows.next()) return;
        row = rows.integer(0);
        old_text = rows.text(1);
        old_tags = rows.text(2);
    }
    if (old_text == search_text && old_tags == tags) return;
    const bool is_indexed = row <= reached(connection);
    if (is_indexed)  // FTS5 forgets only what it is told word for word.
        connection.run(
            "INSERT INTO patient_search_:practice (patient_search_:practice, rowid, search_text, "
            "tags) "
            "VALUES ('delete', $1, $2, $3)",
            row, old_text, old_tags);
    connection.run(set_findable, search_text, tags, patient_id);
    if (is_indexed)
        connection.run(
            "INSERT INTO patient_search_:practice (rowid, search_text, tags) VALUES ($1, $2, $3)",
            row, search_text, tags);
}

std::optional<SearchCandidates> find_candidates(Connection& connection, std::string_view text,
                                                std::int64_t most) {
    SearchCandidates found;
    const auto trigrams = trigrams_of(text);
    if (connection.engine() == Engine::PostgreSql) {
        if (trigrams.empty()) return std::nullopt;
        return candidates_on_postgres(connection, text, most);
    }
    const auto known = reached(connection);
    if (trigrams.empty() || known < 0) return std::nullopt;
    found.rows = number_in(
        connection.query("SELECT COUNT(*) FROM (SELECT rowid FROM patient_search_:practice WHERE "
                         "patient_search_:practice MATCH $1 "
                         "LIMIT $2)",
                         trigrams, most));
    found.rows += number_in(
        connection.query("SELECT COUNT(*) FROM (SELECT 1 FROM patient WHERE practice = :practice "
                         "AND rowid > $1 LIMIT $2)",
                         known, most));
    found.rows = std::min(found.rows, most);
    found.condition =
        "rowid IN (SELECT rowid FROM patient_search_:practice WHERE patient_search_:practice MATCH "
        "? UNION ALL "
        "SELECT rowid FROM patient WHERE practice = :practice AND rowid > ?)";
    found.values = {trigrams, known};
    return found;
}
}  // namespace ppo

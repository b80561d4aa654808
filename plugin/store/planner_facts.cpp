// SPDX-License-Identifier: Apache-2.0
#include "store/planner_facts.hpp"

#include "store/connection.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace ppo {
namespace {
constexpr auto of_the_practices =
    "FROM sqlite_master AS made JOIN pragma_index_list(made.name) AS listed "
    "WHERE made.type = 'table' AND (SELECT name FROM pragma_index_info(listed.name) WHERE seqno = "
    "0) = 'practice' ";

struct Index {
    std::string table{};
    std::string name{};
    bool is_unique = false;
    std::int64_t columns = 0;
};

bool has_facts(Connection& writer) {
    return writer.query("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").next();
}

std::vector<Index> untold(Connection& writer) {
    std::vector<Index> found;
    auto rows = writer.query(
        "SELECT made.name, listed.name, listed.\"unique\", (SELECT COUNT(*) FROM "
        "pragma_index_info(listed.name)) " +
        std::string{of_the_practices} +
        "AND NOT EXISTS (SELECT 1 FROM sqlite_stat1 WHERE idx = listed.name)");
    while (rows.next())
        found.push_back({rows.text(0), rows.text(1), rows.flag(2), rows.integer(3)});
    return found;
}

/// How many rows there are, and how many have the first column alike, the first two, and so on.
std::string facts_of(const Index& index) {
    std::string facts = "1048576";
    // A practice is told to have half of the rows: then an index is better than to look at those of
    // everybody, and one that holds nothing but the practice the best for all of its rows.
    if (index.columns == 1) return facts + (index.is_unique ? " 1" : " 500000");
    facts += " 524288";
    for (std::int64_t column = 2; column <= index.columns; ++column) {
        const bool is_one = index.is_unique && column == index.columns;
        facts += " " + std::to_string(is_one ? 1 : std::max<std::int64_t>(12 - column, 5));
    }
    return facts;
}
}  // namespace

void tell_planner(Connection& writer) {
    if (!has_facts(writer)) writer.execute("ANALYZE sqlite_master");  // Makes their table.
    const auto indexes = untold(writer);
    if (indexes.empty()) return;
    for (const auto& index : indexes)
        writer.run("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ($1, $2, $3)", index.table,
                   index.name, facts_of(index));
    writer.execute("ANALYZE sqlite_master");  // Reads them.
}
}  // namespace ppo

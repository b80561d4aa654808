// SPDX-License-Identifier: Apache-2.0
#include "store/practice_table.hpp"

#include "store/connection.hpp"

namespace ppo {
std::optional<std::int64_t> find_practice(Connection& connection, std::string_view practice_id) {
    auto rows = connection.query("SELECT practice FROM practice WHERE practice_id = $1",
                                 practice_id);
    if (!rows.next()) return std::nullopt;
    return rows.integer(0);
}

std::int64_t find_or_add_practice(Connection& writer, std::string_view practice_id) {
    if (const auto known = find_practice(writer, practice_id)) return *known;
    std::int64_t practice = 0;
    {
        auto rows = writer.query("SELECT COALESCE(MAX(practice), 0) + 1 FROM practice");
        if (rows.next()) practice = rows.integer(0);
    }
    writer.run("INSERT INTO practice (practice, practice_id) VALUES ($1, $2)", practice,
               practice_id);
    writer.serve(practice);
    writer.run("INSERT INTO audit_head (practice, sequence, mac) VALUES (:practice, 0, '')");
    writer.run("INSERT INTO relay (practice) VALUES (:practice)");
    return practice;
}
}  // namespace ppo

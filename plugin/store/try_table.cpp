// SPDX-License-Identifier: Apache-2.0
#include "store/try_table.hpp"

#include "store/database.hpp"

namespace ppo {
std::vector<TryBucket> tries_of(Connection& connection, TryKind kind, std::string_view who,
                                UnixTime first) {
    std::vector<TryBucket> buckets;
    auto rows = connection.query(
        "SELECT since, tries FROM try_count WHERE practice = :practice AND kind = $1 AND who = $2 "
        "AND since >= $3 "
        "ORDER BY since",
        static_cast<int>(kind), who, first);
    while (rows.next()) buckets.push_back({from_milliseconds(rows.integer(0)), rows.integer(1)});
    return buckets;
}

void add_try(Transaction& transaction, TryKind kind, std::string_view who, UnixTime since) {
    transaction.connection().run(
        "INSERT INTO try_count (practice, kind, who, since, tries) VALUES (:practice, $1, $2, $3, "
        "1) "
        "ON CONFLICT (practice, kind, who, since) DO UPDATE SET tries = try_count.tries + 1",
        static_cast<int>(kind), who, since);
}

void forget_tries_of(Transaction& transaction, TryKind kind, std::string_view who,
                     UnixTime before) {
    transaction.connection().run(
        "DELETE FROM try_count WHERE practice = :practice AND kind = $1 AND who = $2 AND since < "
        "$3",
        static_cast<int>(kind), who, before);
}

std::optional<UnixTime> oldest_try(Connection& connection) {
    auto rows = connection.query("SELECT MIN(since) FROM try_count WHERE practice = :practice");
    if (!rows.next()) return std::nullopt;
    return rows.time(0);
}

int forget_tries(Transaction& transaction, UnixTime before, int most) {
    return transaction.connection().run(
        "DELETE FROM try_count WHERE practice = :practice AND (kind, who, since) IN (SELECT kind, "
        "who, since FROM try_count "
        "WHERE practice = :practice AND since < $1 ORDER BY since LIMIT $2)",
        before, most);
}
}  // namespace ppo

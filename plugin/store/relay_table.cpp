// SPDX-License-Identifier: Apache-2.0
#include "store/relay_table.hpp"

#include "store/database.hpp"

namespace ppo {
Relay read_relay(Connection& connection) {
    auto rows = connection.query(
        "SELECT failures, broken_since, rests_until, reason FROM relay WHERE practice = :practice");
    if (!rows.next()) return {};
    return {rows.integer(0), rows.time(1), rows.time(2), rows.text(3)};
}

void put_relay(Transaction& transaction, const Relay& relay) {
    transaction.connection().run(
        "UPDATE relay SET failures = $1, broken_since = $2, rests_until = $3, reason = $4 WHERE "
        "practice = :practice",
        relay.failures, relay.broken_since, relay.rests_until, relay.reason);
}
}  // namespace ppo

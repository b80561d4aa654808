// SPDX-License-Identifier: Apache-2.0
#include "store/request_table.hpp"

#include "store/database.hpp"

namespace ppo {
void add_request(Transaction& transaction, const PortalRequest& request) {
    transaction.connection().run(
        "INSERT INTO portal_request (practice, request_id, sealed, asked_at) VALUES (:practice, "
        "$1, $2, $3)",
        request.id, request.sealed, request.asked_at);
}

std::optional<PortalRequest> next_request(Connection& connection) {
    auto rows = connection.query(
        "SELECT request_id, sealed, asked_at FROM portal_request WHERE practice = :practice ORDER "
        "BY asked_at, request_id "
        "LIMIT 1");
    if (!rows.next()) return std::nullopt;
    return PortalRequest{rows.text(0), rows.text(1), from_milliseconds(rows.integer(2))};
}

int drop_requests(Transaction& transaction, UnixTime until) {
    return transaction.connection().run(
        "DELETE FROM portal_request WHERE practice = :practice AND asked_at <= $1", until);
}

bool take_request(Transaction& transaction, std::string_view request_id) {
    return transaction.connection().run(
               "DELETE FROM portal_request WHERE practice = :practice AND request_id = $1",
               request_id) == 1;
}
}  // namespace ppo

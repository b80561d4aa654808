// SPDX-License-Identifier: Apache-2.0
#include "store/access_table.hpp"

#include "store/database.hpp"

namespace ppo {
namespace {
using Values = std::vector<Connection::Value>;

/// "patient_id IN ($3, $4, ...)". One prepared statement does for any number of patients: there are
/// places for one, or for as many as can ever be needed.
std::string in_places(std::size_t first, std::size_t places) {
    std::string text = "patient_id IN (";
    for (std::size_t i = 0; i < places; ++i)
        text += (i == 0 ? "$" : ", $") + std::to_string(first + i);
    return text + ")";
}

/// An id more than once is as good as once.
void add_places(Values& values, std::span<const std::string> patient_ids, std::size_t places) {
    for (const auto& id : patient_ids) values.emplace_back(id);
    for (std::size_t i = patient_ids.size(); i < places; ++i)
        values.emplace_back(patient_ids.back());
}
}  // namespace

std::vector<AccessRow> access_rows(Connection& connection, std::span<const std::string> patient_ids,
                                   bool enabled) {
    static const std::string sql =
        "SELECT patient_id, chart_status, credentials_issued_at, first_signed_in_at FROM patient "
        "WHERE practice = :practice AND in_directory = 1 AND access_enabled = $1 AND " +
        in_places(2, most_together) + " ORDER BY patient_id";
    std::vector<AccessRow> found;
    if (patient_ids.empty()) return found;
    Values values{std::int64_t{enabled}};
    add_places(values, patient_ids, most_together);
    auto rows = connection.query_with(sql, values);
    while (rows.next()) {
        AccessRow& row = found.emplace_back();
        row.patient_id = rows.text(0);
        row.facts.access_enabled = enabled;
        row.facts.chart_status = static_cast<ChartStatus>(rows.integer(1));
        row.facts.credentials_issued_at = rows.time(2);
        row.facts.first_signed_in_at = rows.time(3);
    }
    return found;
}

void put_access_of_many(Transaction& transaction,
                        const std::map<PortalStatus, std::vector<std::string>>& patient_ids,
                        bool enabled, UnixTime now) {
    static const std::string update =
        "UPDATE patient SET access_enabled = $1, status = $2, "
        "security_epoch = security_epoch + $3, enabled_at = CASE WHEN $1 = 1 THEN "
        "COALESCE(enabled_at, $4) ELSE enabled_at END WHERE practice = :practice AND ";
    static const std::string of_one = update + in_places(5, 1);
    static const std::string of_many = update + in_places(5, most_together);
    for (const auto& [status, ids] : patient_ids) {
        Values values{std::int64_t{enabled}, static_cast<std::int64_t>(status),
                      std::int64_t{enabled ? 0 : 1}, to_milliseconds(now)};
        const bool is_one = ids.size() == 1;
        add_places(values, ids, is_one ? 1 : most_together);
        transaction.connection().run_with(is_one ? of_one : of_many, values);
    }
}
}  // namespace ppo

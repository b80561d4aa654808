// SPDX-License-Identifier: Apache-2.0
#include "store/saved_view_table.hpp"

#include "store/database.hpp"

#include <array>
#include <sstream>

namespace ppo {
namespace {
constexpr std::array all_statuses{PortalStatus::NotEnabled, PortalStatus::NotInvited,
                                  PortalStatus::Invited, PortalStatus::SignedIn};

std::int64_t to_bits(const std::vector<PortalStatus>& statuses) {
    std::int64_t bits = 0;
    for (const auto status : statuses) bits |= std::int64_t{1} << static_cast<int>(status);
    return bits;
}

std::vector<PortalStatus> to_statuses(std::int64_t bits) {
    std::vector<PortalStatus> statuses;
    for (const auto status : all_statuses)
        if ((bits >> static_cast<int>(status) & 1) != 0) statuses.push_back(status);
    return statuses;
}

std::string join(const std::vector<std::uint32_t>& columns) {
    std::string joined;
    for (const auto column : columns)
        joined += (joined.empty() ? "" : " ") + std::to_string(column);
    return joined;
}

std::vector<std::uint32_t> split(const std::string& joined) {
    std::istringstream in{joined};
    std::vector<std::uint32_t> columns;
    for (std::uint32_t column = 0; in >> column;) columns.push_back(column);
    return columns;
}

std::optional<bool> choice_in(const Rows& rows, int column) {
    return rows.is_null(column) ? std::nullopt : std::optional{rows.flag(column)};
}

SavedView view_in(const Rows& rows) {
    SavedView view;
    view.name = rows.text(0);
    ReportQuery& query = view.query;
    query.sort = static_cast<ReportSort>(rows.integer(1));
    query.descending = rows.flag(2);
    query.statuses = to_statuses(rows.integer(3));
    query.marks = Marks{static_cast<std::uint64_t>(rows.integer(4))};
    query.access_enabled = choice_in(rows, 5);
    query.has_username = choice_in(rows, 6);
    query.search = rows.text(7);
    query.tag = rows.text(8);
    query.provider = rows.text(9);
    query.appointment_after = rows.time(10);
    query.appointment_before = rows.time(11);
    view.columns = split(rows.text(12));
    view.changed_at = from_milliseconds(rows.integer(13));
    return view;
}
}  // namespace

void put_saved_view(Transaction& transaction, std::string_view staff_id, const SavedView& view,
                    UnixTime now) {
    const ReportQuery& query = view.query;
    transaction.connection().run(
        "INSERT INTO saved_view (practice, staff_id, name_key, name, sort, descending, statuses, "
        "marks, "
        "access_enabled, has_username, search, tag, provider, appointment_after, "
        "appointment_before, shown_columns, created_at, changed_at) "
        "VALUES (:practice, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, "
        "$16) "
        "ON CONFLICT (practice, staff_id, name_key) DO UPDATE SET name = excluded.name, sort = "
        "excluded.sort, descending = excluded.descending, statuses = excluded.statuses, "
        "marks = excluded.marks, access_enabled = excluded.access_enabled, "
        "has_username = excluded.has_username, search = excluded.search, tag = excluded.tag, "
        "provider = excluded.provider, appointment_after = excluded.appointment_after, "
        "appointment_before = excluded.appointment_before, "
        "shown_columns = excluded.shown_columns, changed_at = excluded.changed_at",
        staff_id, view_name_key(view.name), view.name, static_cast<int>(query.sort),
        query.descending, to_bits(query.statuses), query.marks.bits(), query.access_enabled,
        query.has_username, query.search, query.tag, query.provider, query.appointment_after,
        query.appointment_before, join(view.columns), now);
}

bool erase_saved_view(Transaction& transaction, std::string_view staff_id, std::string_view name) {
    return transaction.connection().run(
               "DELETE FROM saved_view WHERE practice = :practice AND staff_id = $1 AND name_key = "
               "$2",
               staff_id, view_name_key(name)) == 1;
}

bool has_saved_view(Connection& connection, std::string_view staff_id, std::string_view name) {
    return connection
        .query(
            "SELECT 1 FROM saved_view WHERE practice = :practice AND staff_id = $1 AND name_key = "
            "$2",
            staff_id, view_name_key(name))
        .next();
}

std::int64_t count_saved_views(Connection& connection, std::string_view staff_id) {
    auto rows = connection.query(
        "SELECT COUNT(*) FROM saved_view WHERE practice = :practice AND staff_id = $1", staff_id);
    return rows.next() ? rows.integer(0) : 0;
}

std::vector<SavedView> saved_views_of(Connection& connection, std::string_view staff_id) {
    std::vector<SavedView> views;
    auto rows = connection.query(
        "SELECT name, sort, descending, statuses, marks, access_enabled, has_username, search, "
        "tag, provider, appointment_after, appointment_before, shown_columns, changed_at "
        "FROM saved_view WHERE practice = :practice AND staff_id = $1 ORDER BY name_key",
        staff_id);
    while (rows.next()) views.push_back(view_in(rows));
    return views;
}
}  // namespace ppo

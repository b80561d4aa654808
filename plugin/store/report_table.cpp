// SPDX-License-Identifier: Apache-2.0
#include "store/report_table.hpp"

#include "domain/email_address.hpp"
#include "domain/text_fold.hpp"
#include "store/connection.hpp"

#include <algorithm>

namespace ppo {
namespace {
/// A condition that grows, with the values for its placeholders in their order.
struct Condition {
    std::string sql = " WHERE in_directory = 1";
    std::vector<Connection::Value> values{};

    /// Every `?` in the text becomes the next placeholder.
    void add(std::string_view text, std::vector<Connection::Value> more) {
        sql += " AND ";
        std::size_t next = values.size();
        for (const char c : text)
            if (c == '?')
                sql += "$" + std::to_string(++next);
            else
                sql += c;
        for (auto& value : more) values.push_back(std::move(value));
    }
};

std::string part_of(std::string_view text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

void add_marks(Condition& condition, Marks marks, UnixTime now) {
    if (marks == Marks{}) return;
    condition.add(
        "((marks & ?) <> 0 OR (? = 1 AND link_expires_at <= ?) OR (? = 1 AND locked_until > ?) "
        "OR (? = 1 AND consent_until > ?))",
        {static_cast<std::int64_t>(marks.bits()), std::int64_t{marks.has(Mark::LinkExpired)},
         to_milliseconds(now), std::int64_t{marks.has(Mark::Locked)}, to_milliseconds(now),
         std::int64_t{marks.has(Mark::OptedOut)}, to_milliseconds(now)});
}

Condition condition_of(const ReportQuery& query, UnixTime now) {
    Condition condition;
    if (!query.statuses.empty()) {
        std::string places;
        std::vector<Connection::Value> statuses;
        for (const auto status : query.statuses) {
            places += places.empty() ? "?" : ", ?";
            statuses.emplace_back(static_cast<std::int64_t>(status));
        }
        condition.add("status IN (" + places + ")", std::move(statuses));
    }
    add_marks(condition, query.marks, now);
    if (query.access_enabled)
        condition.add("access_enabled = ?", {std::int64_t{*query.access_enabled}});
    if (query.has_username)
        condition.add(*query.has_username ? "username_key IS NOT NULL" : "username_key IS NULL",
                      {});
    if (!query.search.empty())
        condition.add("search_text LIKE ? ESCAPE '\\'", {part_of(fold_for_search(query.search))});
    if (!query.tag.empty())
        condition.add("tags LIKE ? ESCAPE '\\'", {part_of(";" + query.tag + ";")});
    if (!query.provider.empty()) condition.add("provider = ?", {query.provider});
    if (query.appointment_after)
        condition.add("next_appointment_at >= ?", {to_milliseconds(*query.appointment_after)});
    if (query.appointment_before)
        condition.add("next_appointment_at < ?", {to_milliseconds(*query.appointment_before)});
    return condition;
}

/// The columns of an order, as the indexes have them.
std::vector<std::string_view> keys_of(ReportSort sort) {
    switch (sort) {
    case ReportSort::Name: return {"sort_name", "patient_id"};
    case ReportSort::Status: return {"status", "sort_name", "patient_id"};
    case ReportSort::LastInvited: return {"COALESCE(last_invited_at, 0)", "patient_id"};
    case ReportSort::LastSignedIn: return {"COALESCE(last_signed_in_at, 0)", "patient_id"};
    case ReportSort::NextAppointment: return {"COALESCE(next_appointment_at, 0)", "patient_id"};
    }
    return {};
}

void start_at(Condition& condition, ReportSort sort, const ReportPlace& place, bool down) {
    const std::string comparison = down ? " < " : " > ";
    switch (sort) {
    case ReportSort::Name:
        condition.add("(sort_name, patient_id)" + comparison + "(?, ?)",
                      {place.text, place.patient_id});
        break;
    case ReportSort::Status:
        condition.add("(status, sort_name, patient_id)" + comparison + "(?, ?, ?)",
                      {place.number, place.text, place.patient_id});
        break;
    case ReportSort::LastInvited:
    case ReportSort::LastSignedIn:
    case ReportSort::NextAppointment: {
        // The first term says nothing new, but only it lets SQLite start inside an index on an
        // expression.
        const std::string key{keys_of(sort).front()};
        condition.add(key + (down ? " <= ?" : " >= ?"), {place.number});
        condition.add("(" + key + ", patient_id)" + comparison + "(?, ?)",
                      {place.number, place.patient_id});
        break;
    }
    }
}

std::string shown_tags(std::string_view stored) {
    std::string shown;
    for (const char c : stored.substr(std::min<std::size_t>(1, stored.size())))
        shown += c == ';' ? std::string{"; "} : std::string{c};
    if (!shown.empty()) shown.resize(shown.size() - 2);
    return shown;
}

ReportRow row_in(const Rows& rows, UnixTime now) {
    ReportRow row;
    row.patient_id = rows.text(0);
    row.status = static_cast<PortalStatus>(rows.integer(1));
    AccountFacts facts;
    facts.link_expires_at = rows.time(3);
    facts.locked_until = rows.time(4);
    facts.consent_until = rows.time(17);
    row.marks = Marks{static_cast<std::uint64_t>(rows.integer(2)) |
                      passing_marks(facts, now).bits()};
    row.first_name = rows.text(5);
    row.last_name = rows.text(6);
    row.email = rows.text(7);
    row.username = rows.text(8);
    row.last_invited_at = rows.time(9);
    row.last_signed_in_at = rows.time(10);
    row.provider = rows.text(11);
    row.tags = shown_tags(rows.view(12));
    row.next_appointment_at = rows.time(13);
    row.chart_status = static_cast<ChartStatus>(rows.integer(14));
    row.access_enabled = rows.flag(15);
    row.sort_name = rows.text(16);
    return row;
}

constexpr std::string_view invitee_columns =
    "SELECT patient_id, email, access_enabled, chart_status, opted_out, first_signed_in_at, "
    "mail_state, consent, consent_until FROM patient";

void read_invitee(const Rows& rows, Invitee& invitee) {
    invitee.patient_id = rows.view(0);
    invitee.email = rows.view(1);
    AccountFacts& facts = invitee.facts;
    facts.access_enabled = rows.flag(2);
    facts.chart_status = static_cast<ChartStatus>(rows.integer(3));
    facts.opted_out = rows.flag(4);
    facts.first_signed_in_at = rows.time(5);
    facts.mail_state = static_cast<MailState>(rows.integer(6));
    facts.consent = static_cast<Consent>(rows.integer(7));
    facts.consent_until = rows.time(8);
    facts.has_email = !invitee.email.empty();
    facts.email_is_valid = is_valid_email(invitee.email);
}
}  // namespace

ReportPlace place_of(const ReportRow& row, ReportSort sort) {
    const auto time = [](const std::optional<UnixTime>& at) {
        return at ? to_milliseconds(*at) : 0;
    };
    switch (sort) {
    case ReportSort::Name: return {row.sort_name, 0, row.patient_id};
    case ReportSort::Status:
        return {row.sort_name, static_cast<std::int64_t>(row.status), row.patient_id};
    case ReportSort::LastInvited: return {{}, time(row.last_invited_at), row.patient_id};
    case ReportSort::LastSignedIn: return {{}, time(row.last_signed_in_at), row.patient_id};
    case ReportSort::NextAppointment: return {{}, time(row.next_appointment_at), row.patient_id};
    }
    return {};
}

std::vector<ReportRow> read_report(Connection& connection, const ReportQuery& query,
                                   const std::optional<ReportPlace>& place, bool backwards,
                                   int limit, UnixTime now) {
    const bool down = query.descending != backwards;
    Condition condition = condition_of(query, now);
    if (place) start_at(condition, query.sort, *place, down);
    std::string order;
    for (const auto key : keys_of(query.sort))
        order += (order.empty() ? " ORDER BY " : ", ") + std::string{key} + (down ? " DESC" : "");
    const std::string sql =
        "SELECT patient_id, status, marks, link_expires_at, locked_until, first_name, last_name, "
        "email, username, "
        "last_invited_at, last_signed_in_at, provider, tags, next_appointment_at, chart_status, "
        "access_enabled, "
        "sort_name, consent_until FROM patient" +
        condition.sql + order + " LIMIT " + std::to_string(limit);
    std::vector<ReportRow> page;
    auto rows = connection.query_with(sql, condition.values);
    while (rows.next()) page.push_back(row_in(rows, now));
    if (backwards) std::reverse(page.begin(), page.end());
    return page;
}

ReportCounts count_report(Connection& connection, const ReportQuery& query, UnixTime now) {
    const Condition condition = condition_of(query, now);
    const auto count_with = [&](std::string_view more, std::vector<Connection::Value> values) {
        Condition narrower = condition;
        narrower.add(more, std::move(values));
        auto rows = connection.query_with("SELECT COUNT(*) FROM patient" + narrower.sql,
                                          narrower.values);
        return rows.next() ? rows.integer(0) : 0;
    };
    ReportCounts counts;
    {
        auto rows = connection.query_with("SELECT status, marks, COUNT(*) FROM patient" +
                                              condition.sql + " GROUP BY status, marks",
                                          condition.values);
        while (rows.next()) {
            counts.patients += rows.integer(2);
            counts.by_status[rows.integer(0) & 7] += rows.integer(2);
            for (int bit = 0; bit < 64; ++bit)
                if ((static_cast<std::uint64_t>(rows.integer(1)) >> bit & 1) != 0)
                    counts.by_mark[bit] += rows.integer(2);
        }
    }
    counts.by_mark[5] = count_with("link_expires_at <= ?", {to_milliseconds(now)});
    // Those whose password is disabled are counted above: their mark is a lasting one.
    counts.by_mark[14] += count_with("locked_until > ? AND (marks & 16384) = 0",
                                     {to_milliseconds(now)});
    // Whose lasting marks say it already is counted.
    counts.by_mark[15] += count_with(
        "consent_until > ? AND (marks & ?) = 0",
        {to_milliseconds(now), static_cast<std::int64_t>(Mark::OptedOut)});
    counts.set_up = count_with("status <> 1 AND has_password = 1 AND username_key IS NOT NULL", {});
    counts.enabled = counts.patients - counts.by_status[1];
    counts.invited = counts.by_status[3] + counts.by_status[4];
    counts.signed_in = counts.by_status[4];
    return counts;
}

ReportFilter filter_of(const ReportQuery& query, UnixTime now) {
    Condition condition = condition_of(query, now);
    return {std::move(condition.sql), std::move(condition.values)};
}

void each_invitee(Connection& connection, const ReportQuery& query, UnixTime now,
                  const std::function<void(const Invitee&)>& take) {
    const Condition condition = condition_of(query, now);
    auto rows = connection.query_with(std::string{invitee_columns} + condition.sql,
                                      condition.values);
    Invitee invitee;  // One for all, so that its texts are allocated once.
    while (rows.next()) {
        read_invitee(rows, invitee);
        take(invitee);
    }
}

std::optional<Invitee> find_invitee(Connection& connection, std::string_view patient_id) {
    auto rows = connection.query(
        std::string{invitee_columns} + " WHERE patient_id = $1 AND in_directory = 1", patient_id);
    if (!rows.next()) return std::nullopt;
    Invitee invitee;
    read_invitee(rows, invitee);
    return invitee;
}
}  // namespace ppo

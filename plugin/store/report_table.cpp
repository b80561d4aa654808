// SPDX-License-Identifier: Apache-2.0
#include "store/report_table.hpp"

#include "domain/email_address.hpp"
#include "store/connection.hpp"
#include "store/engine_words.hpp"
#include "store/report_plan.hpp"

#include <algorithm>

namespace ppo {
namespace {
constexpr int most_foreseen = 1001;  // Rows that a page makes room for at once.

/// The columns of an order, as the indexes have them.
std::vector<std::string> keys_of(ReportSort sort, const ReportPlan& plan) {
    std::vector<std::string> keys;
    switch (sort) {
    case ReportSort::Name: keys = {"sort_name"}; break;
    case ReportSort::Status: keys = {"status", "sort_name"}; break;
    case ReportSort::LastInvited: keys = {"COALESCE(last_invited_at, 0)"}; break;
    case ReportSort::LastSignedIn: keys = {"COALESCE(last_signed_in_at, 0)"}; break;
    case ReportSort::NextAppointment: keys = {"COALESCE(next_appointment_at, 0)"}; break;
    }
    keys.emplace_back("patient_id");
    if (plan.lead != ReportLead::Order && !plan.in_order)
        for (auto& key : keys)  // Sorted after they were found by another index.
            key = hidden(plan.engine, key);
    return keys;
}

void start_at(Condition& condition, ReportSort sort, const std::vector<std::string>& keys,
              const ReportPlace& place, bool down) {
    const std::string comparison = down ? " < " : " > ";
    switch (sort) {
    case ReportSort::Name:
        condition.add("(" + keys[0] + ", " + keys[1] + ")" + comparison + "(?, ?)",
                      {place.text, place.patient_id});
        break;
    case ReportSort::Status:
        condition.add(
            "(" + keys[0] + ", " + keys[1] + ", " + keys[2] + ")" + comparison + "(?, ?, ?)",
            {place.number, place.text, place.patient_id});
        break;
    case ReportSort::LastInvited:
    case ReportSort::LastSignedIn:
    case ReportSort::NextAppointment:
        // The first term says nothing new, but only it lets SQLite start inside an index on an
        // expression.
        condition.add(keys[0] + (down ? " <= ?" : " >= ?"), {place.number});
        condition.add("(" + keys[0] + ", " + keys[1] + ")" + comparison + "(?, ?)",
                      {place.number, place.patient_id});
        break;
    }
}

/// ";a;b;" as people read it: "a; b".
std::string shown_tags(std::string_view stored) {
    std::string shown;
    if (stored.size() < 2) return shown;
    stored = stored.substr(1, stored.size() - 2);
    shown.reserve(stored.size() + 4);
    for (const char c : stored) {
        shown += c;
        if (c == ';') shown += ' ';
    }
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
    const auto plan = plan_page(connection, query, limit, now);
    const auto keys = keys_of(query.sort, plan);
    Condition condition = condition_of(query, plan, now);
    if (place) start_at(condition, query.sort, keys, *place, down);
    std::string order;
    for (const auto& key : keys)
        order += (order.empty() ? " ORDER BY " : ", ") + key + (down ? " DESC" : "");
    const std::string sql =
        "SELECT patient_id, status, marks, link_expires_at, locked_until, first_name, last_name, "
        "email, username, "
        "last_invited_at, last_signed_in_at, provider, tags, next_appointment_at, chart_status, "
        "access_enabled, "
        "sort_name, consent_until FROM patient" +
        condition.sql() + order + " LIMIT " + std::to_string(limit);
    std::vector<ReportRow> page;
    page.reserve(static_cast<std::size_t>(std::min(limit, most_foreseen)));
    auto rows = connection.query_with(sql, condition.values());
    while (rows.next()) page.push_back(row_in(rows, now));
    if (backwards) std::reverse(page.begin(), page.end());
    return page;
}

std::vector<std::string> ids_with_access(Connection& connection, const ReportQuery& query,
                                         bool enabled, std::string_view after, int limit,
                                         UnixTime now) {
    std::vector<std::string> ids;
    if (query.access_enabled && *query.access_enabled != enabled) return ids;
    ReportQuery narrowed = query;
    narrowed.access_enabled = enabled;
    // The index of no filter is in this order, as none is in that of ids.
    narrowed.sort = ReportSort::LastSignedIn;
    auto condition = condition_of(narrowed, plan_page(connection, narrowed, limit, now), now);
    condition.add("patient_id > ?", {std::string{after}});
    auto rows = connection.query_with("SELECT patient_id FROM patient" + condition.sql() +
                                          " ORDER BY patient_id LIMIT " + std::to_string(limit),
                                      condition.values());
    while (rows.next()) ids.push_back(rows.text(0));
    return ids;
}

void each_invitee(Connection& connection, const ReportQuery& query, UnixTime now,
                  const std::function<void(const Invitee&)>& take) {
    const auto condition = condition_of(query, plan_all(connection, query, now), now);
    auto rows = connection.stream_with(std::string{invitee_columns} + condition.sql(),
                                       condition.values());
    Invitee invitee;  // One for all, so that its texts are allocated once.
    while (rows.next()) {
        read_invitee(rows, invitee);
        take(invitee);
    }
}

std::optional<Invitee> find_invitee(Connection& connection, std::string_view patient_id) {
    auto rows = connection.query(
        std::string{invitee_columns} +
            " WHERE practice = :practice AND patient_id = $1 AND in_directory = 1",
        patient_id);
    if (!rows.next()) return std::nullopt;
    Invitee invitee;
    read_invitee(rows, invitee);
    return invitee;
}
}  // namespace ppo

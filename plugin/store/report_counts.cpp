// SPDX-License-Identifier: Apache-2.0
#include "store/report_counts.hpp"

#include "store/connection.hpp"
#include "store/kept_counts.hpp"
#include "store/report_plan.hpp"

namespace ppo {
namespace {
constexpr std::size_t bit_of(Mark mark) {
    std::size_t bit = 0;
    while ((static_cast<std::uint64_t>(mark) >> bit & 1U) == 0) ++bit;
    return bit;
}

/// Whether the kept counts can tell who matches: they know no names and no time.
bool are_kept(const ReportQuery& query) {
    return query.search.empty() && query.tag.empty() && query.provider.empty() &&
           !query.appointment_after && !query.appointment_before &&
           passing_part(query.marks) == Marks{};
}

bool is_whole_board(const ReportQuery& query) {
    return are_kept(query) && query.statuses.empty() && query.marks == Marks{} &&
           !query.access_enabled && !query.has_username;
}

void add(ReportCounts& counts, const KeptCount& alike) {
    counts.patients += alike.patients;
    counts.by_status[static_cast<std::size_t>(alike.status) & 7U] += alike.patients;
    for (std::uint64_t bits = alike.marks.bits(); bits != 0; bits &= bits - 1)
        counts.by_mark[bit_of(static_cast<Mark>(bits & ~(bits - 1)))] += alike.patients;
    if (alike.status != PortalStatus::NotEnabled && alike.set_up) counts.set_up += alike.patients;
}

std::int64_t count_where(Connection& connection, const ReportQuery& query, UnixTime now,
                         std::string_view more, std::vector<Connection::Value> values) {
    Condition condition = condition_of(query, {.engine = connection.engine()}, now);
    condition.add(more, std::move(values));
    auto rows = connection.query_with("SELECT COUNT(*) FROM patient" + condition.sql(),
                                      condition.values());
    return rows.next() ? rows.integer(0) : 0;
}

void count_kept(Connection& connection, const ReportQuery& query, UnixTime now,
                ReportCounts& counts) {
    for (const auto& alike : kept_counts(connection))
        if (matches(query, alike)) add(counts, alike);
    const auto at = to_milliseconds(now);
    counts.by_mark[bit_of(Mark::LinkExpired)] = is_whole_board(query)
                                                    ? count_expired_links(connection, now)
                                                    : count_where(connection, query, now,
                                                                  "link_expires_at <= ?", {at});
    // Whose lasting marks say it already is counted.
    const auto lasting = [](Mark mark) { return static_cast<std::int64_t>(mark); };
    counts.by_mark[bit_of(Mark::Locked)] += count_where(connection, query, now,
                                                        "locked_until > ? AND (marks & ?) = 0",
                                                        {at, lasting(Mark::Locked)});
    counts.by_mark[bit_of(Mark::OptedOut)] += count_where(connection, query, now,
                                                          "consent_until > ? AND (marks & ?) = 0",
                                                          {at, lasting(Mark::OptedOut)});
}

void count_rows(Connection& connection, const ReportQuery& query, UnixTime now,
                ReportCounts& counts) {
    const auto condition = condition_of(query, plan_all(connection, query, now), now);
    auto rows = connection.stream_with(
        "SELECT status, marks, has_password, username_key IS NOT NULL, link_expires_at, "
        "locked_until, consent_until FROM patient" +
            condition.sql(),
        condition.values());
    while (rows.next()) {
        AccountFacts facts;
        facts.link_expires_at = rows.time(4);
        facts.locked_until = rows.time(5);
        facts.consent_until = rows.time(6);
        const auto marks = static_cast<std::uint64_t>(rows.integer(1)) |
                           passing_marks(facts, now).bits();
        add(counts, {.status = static_cast<PortalStatus>(rows.integer(0)),
                     .marks = Marks{marks},
                     .set_up = rows.flag(2) && rows.flag(3),
                     .patients = 1});
    }
}
}  // namespace

ReportCounts count_report(Connection& connection, const ReportQuery& query, UnixTime now) {
    ReportCounts counts;
    if (are_kept(query))
        count_kept(connection, query, now, counts);
    else
        count_rows(connection, query, now, counts);
    counts.enabled = counts.patients - counts.by_status[1];
    counts.invited = counts.by_status[3] + counts.by_status[4];
    counts.signed_in = counts.by_status[4];
    return counts;
}

AccessCounts count_access(Connection& connection, const ReportQuery& query, UnixTime now) {
    AccessCounts counts;
    if (are_kept(query)) {
        for (const auto& alike : kept_counts(connection)) {
            if (!matches(query, alike)) continue;
            counts.patients += alike.patients;
            if (alike.access_enabled) counts.enabled += alike.patients;
        }
        return counts;
    }
    const auto condition = condition_of(query, plan_all(connection, query, now), now);
    auto rows = connection.query_with(
        "SELECT COUNT(*), COALESCE(SUM(access_enabled), 0) FROM patient" + condition.sql(),
        condition.values());
    if (!rows.next()) return counts;
    return {rows.integer(0), rows.integer(1)};
}
}  // namespace ppo

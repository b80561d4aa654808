// SPDX-License-Identifier: Apache-2.0
#include "filters.hpp"

#include "host.hpp"

namespace ppo_bench {
namespace {
constexpr ppo_time a_day = 86'400'000;

std::string time(ppo_time at) { return std::to_string(at); }

Filter by_status(const std::string& name, std::uint32_t status) {
    Filter filter;
    filter.name = name;
    filter.statuses = 1U << status;
    filter.sql = "status = " + std::to_string(status);
    return filter;
}

Filter by_mark(const std::string& name, std::uint64_t mark, const std::string& passing = {}) {
    Filter filter;
    filter.name = name;
    filter.marks = mark;
    const std::string lasting = "(marks & " + std::to_string(mark) + ") <> 0";
    filter.sql = passing.empty() ? lasting : "(" + lasting + " OR " + passing + ")";
    return filter;
}

Filter by_access(const std::string& name, std::uint32_t access) {
    Filter filter;
    filter.name = name;
    filter.access = access;
    filter.sql = access == PPO_YES ? "access_enabled = 1" : "access_enabled = 0";
    return filter;
}

Filter by_username(const std::string& name, std::uint32_t username) {
    Filter filter;
    filter.name = name;
    filter.username = username;
    filter.sql = username == PPO_YES ? "username_key IS NOT NULL" : "username_key IS NULL";
    return filter;
}

/// The rows that the trigram index has for a text of three letters or more.
std::string found_by_index(const std::string& text) {
    std::string trigrams;
    for (std::size_t i = 0; i + 3 <= text.size(); ++i)
        trigrams += (i == 0 ? "\"" : " AND \"") + text.substr(i, 3) + "\"";
    return "rowid IN (SELECT rowid FROM patient_search_1 WHERE patient_search_1 MATCH " +
           sql_text(trigrams) + ") AND ";
}

Filter by_tag(const std::string& name, const std::string& tag) {
    Filter filter;
    filter.name = name;
    filter.tag = tag;
    filter.sql = "instr(tags, " + sql_text(";" + tag + ";") + ") > 0";
    filter.indexed_sql = found_by_index(tag) + filter.sql;
    return filter;
}

Filter by_provider(const std::string& name, const std::string& provider) {
    Filter filter;
    filter.name = name;
    filter.provider = provider;
    filter.sql = "provider = " + sql_text(provider);
    return filter;
}

Filter by_appointment(const std::string& name, ppo_time after, ppo_time before) {
    Filter filter;
    filter.name = name;
    filter.after = after;
    filter.before = before;
    // The index is on this expression; without an appointment it is 0.
    const std::string at = "COALESCE(next_appointment_at, 0)";
    filter.sql = after > 0 ? at + " >= " + time(after) : at + " > 0";
    if (before > 0) filter.sql += " AND " + at + " < " + time(before);
    return filter;
}

Filter both(const Filter& one, const Filter& other) {
    Filter filter = one;
    filter.name += " + " + other.name;
    filter.statuses |= other.statuses;
    filter.marks |= other.marks;
    if (other.access != PPO_ANY) filter.access = other.access;
    if (other.username != PPO_ANY) filter.username = other.username;
    if (!other.search.empty()) filter.search = other.search;
    if (!other.tag.empty()) filter.tag = other.tag;
    if (!other.provider.empty()) filter.provider = other.provider;
    if (other.after > 0) filter.after = other.after;
    if (other.before > 0) filter.before = other.before;
    filter.sql += " AND " + other.sql;
    const auto& more = other.indexed_sql.empty() ? other.sql : other.indexed_sql;
    if (!one.indexed_sql.empty())
        filter.indexed_sql = one.indexed_sql + " AND " + more;
    else if (!other.indexed_sql.empty())
        filter.indexed_sql = one.sql + " AND " + more;
    return filter;
}
}  // namespace

std::string sql_text(const std::string& text) {
    std::string sql = "'";
    for (const char c : text) sql += c == '\'' ? std::string{"''"} : std::string{c};
    return sql + "'";
}

Filter search_for(const std::string& folded) {
    Filter filter;
    filter.name = "search";
    filter.search = folded;
    filter.sql = "search_text LIKE " + sql_text("%" + folded + "%");
    if (folded.size() >= 3) filter.indexed_sql = found_by_index(folded) + filter.sql;
    return filter;
}

ppo_report_query Filter::query(std::uint32_t sort, bool descending, std::uint64_t limit) const {
    ppo_report_query query{};
    query.struct_size = sizeof query;
    query.sort = sort;
    query.descending = descending ? 1 : 0;
    query.statuses = statuses;
    query.marks = marks;
    query.access_enabled = access;
    query.has_username = username;
    query.search = text(search);
    query.tag = text(tag);
    query.provider = text(provider);
    query.appointment_after = after;
    query.appointment_before = before;
    query.limit = limit;
    return query;
}

std::vector<Filter> report_filters(const std::string& big_provider,
                                   const std::string& small_provider) {
    const auto red = by_status("red", PPO_STATUS_NOT_ENABLED);
    const auto gray = by_status("gray", PPO_STATUS_NOT_INVITED);
    const auto orange = by_status("orange", PPO_STATUS_INVITED);
    const auto green = by_status("green", PPO_STATUS_SIGNED_IN);
    auto gray_or_orange = both(gray, orange);
    gray_or_orange.name = "gray or orange";
    gray_or_orange.sql = "status IN (2, 3)";
    const auto no_email = by_mark("mark no e-mail", PPO_MARK_NO_EMAIL);
    const auto failed = by_mark("mark failed", PPO_MARK_FAILED);
    const auto expired = by_mark("mark link expired", PPO_MARK_LINK_EXPIRED,
                                 "link_expires_at <= " + time(bench_noon));
    const auto has_username = by_username("username", PPO_YES);
    const auto no_username = by_username("no username", PPO_NO);
    const auto common_tag = by_tag("tag many have", "hypertension");
    const auto rare_tag = by_tag("tag few have", "hospice");
    const auto big = by_provider("provider of many", big_provider);
    const auto small = by_provider("provider of few", small_provider);
    const auto soon = by_appointment("appointment within a week", bench_noon,
                                     bench_noon + 7 * a_day);
    const auto later = by_appointment("appointment from next month on", bench_noon + 30 * a_day, 0);
    const auto access = by_access("access", PPO_YES);
    Filter everybody;
    everybody.name = "everybody";
    return {everybody,
            red,
            gray,
            orange,
            green,
            gray_or_orange,
            no_email,
            failed,
            expired,
            access,
            by_access("no access", PPO_NO),
            has_username,
            no_username,
            common_tag,
            rare_tag,
            big,
            small,
            soon,
            by_appointment("appointment before next month", 0, bench_noon + 30 * a_day),
            later,
            both(gray, big),
            both(orange, common_tag),
            both(red, rare_tag),
            both(both(gray_or_orange, small), soon),
            both(both(access, no_username), later),
            both(both(orange, expired), big),
            both(green, search_for("garcia")),
            both(big, search_for("mary"))};
}
}  // namespace ppo_bench

// SPDX-License-Identifier: Apache-2.0
#include "store/report_condition.hpp"

#include "domain/text_fold.hpp"
#include "store/engine_words.hpp"

#include <algorithm>

namespace ppo {
namespace {
std::string column(Engine engine, std::string_view name, bool leads) {
    return leads ? std::string{name} : hidden(engine, name);
}

std::string places(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += i == 0 ? "?" : ", ?";
    return text;
}

void add_statuses(Condition& condition, const ReportQuery& query, const ReportPlan& plan) {
    if (query.statuses.empty()) return;
    std::vector<Connection::Value> wanted;
    for (const auto status : query.statuses) wanted.emplace_back(static_cast<std::int64_t>(status));
    const bool leads = plan.lead == ReportLead::Status;
    if (wanted.size() > 1 && query.sort == ReportSort::Status) {  // Begins and ends among these.
        const auto [least, most] = std::minmax_element(query.statuses.begin(),
                                                       query.statuses.end());
        condition.add("status >= ? AND status <= ?",
                      {static_cast<std::int64_t>(*least), static_cast<std::int64_t>(*most)});
    }
    const std::string among = wanted.size() == 1 ? " = ?" : " IN (" + places(wanted.size()) + ")";
    condition.add(column(plan.engine, "status", leads) + among, std::move(wanted));
}

/// Nobody is looked at but those who can have one of the marks.
void lead_by_marks(Condition& condition, const ReportPlan& plan, Marks wanted, UnixTime now) {
    std::string found =
        "patient_id IN (SELECT patient_id FROM patient WHERE practice = :practice AND in_directory "
        "= 1 "
        "AND marks <> 0 AND marks IN (" +
        (plan.marked_as.empty() ? "0" : places(plan.marked_as.size())) + ")";
    std::vector<Connection::Value> values{plan.marked_as.begin(), plan.marked_as.end()};
    const auto or_by = [&](Mark mark, std::string_view time) {
        if (!wanted.has(mark)) return;
        found += " UNION SELECT patient_id FROM patient WHERE practice = :practice AND " +
                 std::string{time};
        values.emplace_back(to_milliseconds(now));
    };
    or_by(Mark::LinkExpired, "link_expires_at <= ?");
    or_by(Mark::Locked, "locked_until > ?");
    or_by(Mark::OptedOut, "consent_until > ?");
    condition.add(found + ")", std::move(values));
}

void add_marks(Condition& condition, const ReportQuery& query, const ReportPlan& plan,
               UnixTime now) {
    const Marks wanted = query.marks;
    if (wanted == Marks{}) return;
    if (plan.lead == ReportLead::Marks) lead_by_marks(condition, plan, wanted, now);
    std::string any = "((marks & ?) <> 0";
    std::vector<Connection::Value> values{static_cast<std::int64_t>(wanted.bits())};
    const auto or_by = [&](Mark mark, std::string_view time) {
        if (!wanted.has(mark)) return;
        any += " OR " + hidden(plan.engine, time);
        values.emplace_back(to_milliseconds(now));
    };
    or_by(Mark::LinkExpired, "link_expires_at <= ?");
    or_by(Mark::Locked, "locked_until > ?");
    or_by(Mark::OptedOut, "consent_until > ?");
    condition.add(any + ")", std::move(values));
}

void add_account(Condition& condition, const ReportQuery& query, const ReportPlan& plan) {
    if (query.access_enabled) {
        const bool leads = plan.lead == ReportLead::Access;
        if (*query.access_enabled)
            condition.add(column(plan.engine, "access_enabled", leads) + " = 1");
        else if (leads)  // Who has no access is red: the index of colours finds them.
            condition.add("status = 1 AND " + hidden(plan.engine, "access_enabled") + " = 0");
        else
            condition.add(hidden(plan.engine, "access_enabled") + " = 0");
    }
    if (query.has_username)
        condition.add(column(plan.engine, "username_key", plan.lead == ReportLead::Username) +
                      (*query.has_username ? " IS NOT NULL" : " IS NULL"));
}

void add_appointments(Condition& condition, const ReportQuery& query, const ReportPlan& plan) {
    if (!query.appointment_after && !query.appointment_before) return;
    const bool leads = plan.lead == ReportLead::Appointment || plan.engine == Engine::PostgreSql;
    const std::string at = leads ? "COALESCE(next_appointment_at, 0)"
                                 : hidden(plan.engine, "next_appointment_at");
    if (query.appointment_after)
        condition.add(at + " >= ?", {to_milliseconds(*query.appointment_after)});
    if (query.appointment_before)
        condition.add(at + " < ?", {to_milliseconds(*query.appointment_before)});
    if (leads && !query.appointment_after) condition.add(at + " > 0");  // 0 stands for none.
}
}  // namespace

void Condition::add(std::string_view text, std::vector<Connection::Value> values) {
    sql_ += " AND ";
    std::size_t next = values_.size();
    for (const char c : text)
        if (c == '?')
            sql_ += "$" + std::to_string(++next);
        else
            sql_ += c;
    for (auto& value : values) values_.push_back(std::move(value));
}

Condition condition_of(const ReportQuery& query, const ReportPlan& plan, UnixTime now) {
    Condition condition;
    if (!plan.found_by.empty()) condition.add(plan.found_by, plan.found);
    add_statuses(condition, query, plan);
    add_marks(condition, query, plan, now);
    add_account(condition, query, plan);
    if (!query.provider.empty())
        condition.add(column(plan.engine, "provider", plan.lead == ReportLead::Provider) + " = ?",
                      {query.provider});
    add_appointments(condition, query, plan);
    if (!query.tag.empty())
        condition.add(has_tag(plan.engine), {tag_value(plan.engine, query.tag)});
    if (!query.search.empty())
        condition.add("search_text LIKE ? ESCAPE '\\'", {part_of(fold_for_search(query.search))});
    return condition;
}
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#include "boundary/report_filter.hpp"

#include "boundary/convert.hpp"

#include <array>

namespace ppo {
namespace {
constexpr std::uint64_t most_columns = 32;
constexpr std::array<std::uint32_t, 8> default_columns{
    PPO_COLUMN_PATIENT_ID, PPO_COLUMN_STATUS, PPO_COLUMN_NAME,         PPO_COLUMN_EMAIL,
    PPO_COLUMN_USERNAME,   PPO_COLUMN_MARKS,  PPO_COLUMN_LAST_INVITED, PPO_COLUMN_LAST_SIGNED_IN};

std::optional<bool> to_choice(std::uint32_t value, const char* field) {
    if (value > PPO_NO)
        throw Misuse{PPO_MISUSE_VALUE, field, "A filter is neither any, yes nor no."};
    return value == PPO_ANY ? std::nullopt : std::optional{value == PPO_YES};
}

std::optional<UnixTime> to_limit(ppo_time time) {
    return time == 0 || time == PPO_TIME_NONE ? std::nullopt
                                              : std::optional{from_milliseconds(time)};
}
}  // namespace

ReportQuery to_query(const ppo_report_query& from) {
    if (from.sort > PPO_SORT_NEXT_APPOINTMENT)
        throw Misuse{PPO_MISUSE_VALUE, "sort", "There is no such order."};
    constexpr std::uint32_t known_statuses = 1U << PPO_STATUS_NOT_ENABLED |
                                             1U << PPO_STATUS_NOT_INVITED |
                                             1U << PPO_STATUS_INVITED | 1U << PPO_STATUS_SIGNED_IN;
    constexpr std::uint64_t known_marks = 2 * PPO_MARK_OPTED_OUT - 1;
    if (from.descending > 1)
        throw Misuse{PPO_MISUSE_VALUE, "descending", "descending must be 0 or 1."};
    // Left aside they would let everybody through whom the filter should keep out.
    if ((from.statuses & ~known_statuses) != 0)
        throw Misuse{PPO_MISUSE_VALUE, "statuses", "There is no such status."};
    if ((from.marks & ~known_marks) != 0)
        throw Misuse{PPO_MISUSE_VALUE, "marks", "There is no such mark."};
    ReportQuery query;
    query.sort = static_cast<ReportSort>(from.sort);
    query.descending = from.descending != 0;
    for (const auto status : {PortalStatus::NotEnabled, PortalStatus::NotInvited,
                              PortalStatus::Invited, PortalStatus::SignedIn})
        if ((from.statuses >> static_cast<unsigned>(status) & 1U) != 0)
            query.statuses.push_back(status);
    query.marks = Marks{from.marks};
    query.access_enabled = to_choice(from.access_enabled, "access_enabled");
    query.has_username = to_choice(from.has_username, "has_username");
    query.search = optional_text(from.search, "search", 128);
    query.tag = optional_text(from.tag, "tag", 64);
    query.provider = optional_text(from.provider, "provider", 220);
    query.appointment_after = to_limit(from.appointment_after);
    query.appointment_before = to_limit(from.appointment_before);
    return query;
}

std::vector<std::uint32_t> to_columns(const ppo_report_query& from) {
    if (from.column_count == 0) return {default_columns.begin(), default_columns.end()};
    if (from.columns == nullptr) throw Misuse{PPO_MISUSE_NULL, "columns", "The columns are NULL."};
    if (from.column_count > most_columns)
        throw Misuse{PPO_MISUSE_VALUE, "column_count", "There are at most 32 columns."};
    std::vector<std::uint32_t> columns{from.columns, from.columns + from.column_count};
    for (const auto column : columns)
        if (column < PPO_COLUMN_PATIENT_ID || column > PPO_COLUMN_CHART_STATUS)
            throw Misuse{PPO_MISUSE_UNKNOWN_ID, "columns", "There is no such column."};
    return columns;
}

ppo_report_query to_given(const ReportQuery& query) {
    const auto choice = [](const std::optional<bool>& wanted) -> std::uint32_t {
        if (!wanted) return PPO_ANY;
        return *wanted ? PPO_YES : PPO_NO;
    };
    ppo_report_query given{};
    given.struct_size = sizeof given;
    given.sort = static_cast<std::uint32_t>(query.sort);
    given.descending = query.descending ? 1 : 0;
    for (const auto status : query.statuses) given.statuses |= 1U << static_cast<unsigned>(status);
    given.marks = query.marks.bits();
    given.access_enabled = choice(query.access_enabled);
    given.has_username = choice(query.has_username);
    given.search = to_text(query.search);
    given.tag = to_text(query.tag);
    given.provider = to_text(query.provider);
    if (query.appointment_after)
        given.appointment_after = to_milliseconds(*query.appointment_after);
    if (query.appointment_before)
        given.appointment_before = to_milliseconds(*query.appointment_before);
    return given;
}
}  // namespace ppo

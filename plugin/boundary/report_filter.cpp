// SPDX-License-Identifier: Apache-2.0
#include "boundary/report_filter.hpp"

#include "boundary/convert.hpp"

namespace ppo {
namespace {
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
}  // namespace ppo

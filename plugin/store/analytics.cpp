// SPDX-License-Identifier: Apache-2.0
#include "store/analytics.hpp"

#include "store/connection.hpp"
#include "store/report_plan.hpp"

namespace ppo {
void each_journey(Connection& connection, const ReportQuery& query, UnixTime now,
                  const std::function<void(const Journey&)>& take) {
    const auto condition = condition_of(query, plan_all(connection, query, now), now);
    auto rows = connection.stream_with(
        "SELECT provider, tags, status, CASE WHEN has_password = 1 AND username_key IS NOT NULL "
        "THEN 1 ELSE 0 END, enabled_at, credentials_issued_at, set_up_at, first_signed_in_at "
        "FROM patient" +
            condition.sql(),
        condition.values());
    Journey journey;
    while (rows.next()) {
        journey.provider = rows.view(0);
        journey.tags = rows.view(1);
        journey.status = static_cast<PortalStatus>(rows.integer(2));
        journey.is_set_up = rows.flag(3);
        journey.enabled_at = rows.time(4);
        journey.invited_at = rows.time(5);
        journey.set_up_at = rows.time(6);
        journey.signed_in_at = rows.time(7);
        take(journey);
    }
}
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/report_query.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
class Connection;

/// A place in the report's order: the sort keys of a row.
struct ReportPlace {
    std::string text{};       // sort_name, where the order has it.
    std::int64_t number = 0;  // status or time, where the order has it.
    std::string patient_id{};
};

/// The place of a row in this order.
[[nodiscard]] ReportPlace place_of(const ReportRow& row, ReportSort sort);

/// Up to `limit` rows behind a place, or before it if `backwards`; in the report's order either
/// way.
[[nodiscard]] std::vector<ReportRow> read_report(Connection& connection, const ReportQuery& query,
                                                 const std::optional<ReportPlace>& place,
                                                 bool backwards, int limit, UnixTime now);

/// Up to `limit` patients behind an id whom the query's filters match and whose access flag is so;
/// in the order of their ids, whatever the query's own is.
[[nodiscard]] std::vector<std::string> ids_with_access(Connection& connection,
                                                       const ReportQuery& query, bool enabled,
                                                       std::string_view after, int limit,
                                                       UnixTime now);

/// What decides whether a patient can be invited.
struct Invitee {
    std::string patient_id{};
    std::string email{};
    AccountFacts facts{};
};

/// Goes once through everybody whom the query's filters match, in no particular order and in
/// constant memory. What is taken is borrowed for the call.
void each_invitee(Connection& connection, const ReportQuery& query, UnixTime now,
                  const std::function<void(const Invitee&)>& take);

/// The same of one patient; nothing if the directory has no such patient.
[[nodiscard]] std::optional<Invitee> find_invitee(Connection& connection,
                                                  std::string_view patient_id);
}  // namespace ppo

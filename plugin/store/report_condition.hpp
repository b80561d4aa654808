// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/report_query.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// What finds the rows of a report: the order it is read in, or the index of one of its filters.
/// The other filters are then looked at row by row.
enum class ReportLead {
    Order,
    Status,
    Provider,
    Access,
    Username,
    Marks,
    Tag,
    Search,
    Appointment
};

/// The WHERE of a report, with the values for its placeholders in their order.
class Condition {
public:
    /// Every `?` in the text becomes the next placeholder.
    void add(std::string_view text, std::vector<Connection::Value> values = {});

    [[nodiscard]] const std::string& sql() const { return sql_; }
    [[nodiscard]] const std::vector<Connection::Value>& values() const { return values_; }

private:
    std::string sql_ = " WHERE practice = :practice AND in_directory = 1";
    std::vector<Connection::Value> values_{};
};

/// Marks that come and go with time: no column says them.
[[nodiscard]] constexpr Marks passing_part(Marks marks) {
    return Marks{marks.bits() & (static_cast<std::uint64_t>(Mark::LinkExpired) |
                                 static_cast<std::uint64_t>(Mark::Locked) |
                                 static_cast<std::uint64_t>(Mark::OptedOut))};
}

/// A plan for a query: the engine that it is for, its lead, and what the condition needs to know
/// for it.
struct ReportPlan {
    Engine engine = Engine::Sqlite;
    ReportLead lead = ReportLead::Order;
    bool in_order = false;                   // The lead's index gives the rows in their order.
    std::vector<std::int64_t> marked_as{};   // Stored values of marks that have one of the wanted.
    std::string found_by{};                  // Of Tag and Search: the candidates.
    std::vector<Connection::Value> found{};  // Values of found_by.
};

/// All filters of the query. Which filter may use an index follows from the plan: SQLite cannot
/// know how many rows a filter leaves, and guesses badly.
[[nodiscard]] Condition condition_of(const ReportQuery& query, const ReportPlan& plan,
                                     UnixTime now);
}  // namespace ppo

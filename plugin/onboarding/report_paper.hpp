// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/practice.hpp"
#include "onboarding/report_column.hpp"

#include <string>
#include <vector>

namespace ppo {
/// The report as a page to print: practice, time and totals, then every row. The head of the table
/// stands on each sheet, no row is cut, and it fits A4 as well as Letter. It loads nothing and runs
/// nothing.
class ReportPaper {
public:
    explicit ReportPaper(std::vector<ReportColumn> columns) : columns_{std::move(columns)} {}

    void add_head(std::string& to, const Practice& practice, const ReportCounts& counts,
                  UnixTime now) const;
    void add(std::string& to, const ReportRow& row);
    /// `rows`: how many were listed. Says so, also where they are others than were counted.
    static void add_end(std::string& to, std::uint64_t rows);

private:
    std::vector<ReportColumn> columns_;
    std::string scratch_{};
};
}  // namespace ppo

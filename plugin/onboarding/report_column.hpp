// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/report_query.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// What a list of patients can show. The numbers cross the ABI.
enum class ReportColumn {
    PatientId = 1,
    Status = 2,
    Name = 3,
    Email = 4,
    Username = 5,
    Marks = 6,
    LastInvited = 7,
    LastSignedIn = 8,
    Provider = 9,
    Tags = 10,
    NextAppointment = 11,
    ChartStatus = 12,
};

/// How a cell is to be taken by those who tell kinds apart.
enum class CellKind { Text, Time, Marks, Tags };

struct ColumnWords {
    std::string_view id{};     // "last_invited"
    std::string_view label{};  // "Last invited"
    CellKind kind = CellKind::Text;
    int width = 0;  // On paper, beside the others.
};
[[nodiscard]] const ColumnWords& words_of(ReportColumn column);

/// What a list has unless other columns are asked for.
[[nodiscard]] const std::vector<ReportColumn>& listed_by_default();

/// The cell as people read it; times in ISO 8601, never is empty. Borrowed from the row, or from
/// `scratch`, whose content it replaces.
[[nodiscard]] std::string_view cell_of(const ReportRow& row, ReportColumn column,
                                       std::string& scratch);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#include "onboarding/report_column.hpp"

#include "domain/local_time.hpp"

#include <array>

namespace ppo {
namespace {
constexpr std::array<ColumnWords, 12> all_words{
    {{"patient_id", "Patient", CellKind::Text, 7},
     {"status", "Portal status", CellKind::Text, 9},
     {"name", "Name", CellKind::Text, 12},
     {"email", "E-mail", CellKind::Text, 15},
     {"username", "Username", CellKind::Text, 9},
     {"marks", "Marks", CellKind::Marks, 11},
     {"last_invited", "Last invited", CellKind::Time, 9},
     {"last_signed_in", "Last sign-in", CellKind::Time, 9},
     {"provider", "Provider", CellKind::Text, 11},
     {"tags", "Tags", CellKind::Tags, 9},
     {"next_appointment", "Next appointment", CellKind::Time, 9},
     {"chart_status", "Chart status", CellKind::Text, 7}}};

std::string_view time_in(std::string& scratch, const std::optional<UnixTime>& at) {
    scratch.clear();
    if (at) append_iso(scratch, *at);
    return scratch;
}

/// As onboarding/report's shown_name, without a text of its own.
std::string_view name_in(std::string& scratch, const ReportRow& row) {
    if (row.last_name.empty()) return row.first_name;
    if (row.first_name.empty()) return row.last_name;
    scratch.assign(row.last_name).append(", ").append(row.first_name);
    return scratch;
}

/// As domain/portal_status's mark_words.
std::string_view marks_in(std::string& scratch, Marks marks) {
    scratch.clear();
    if (marks == Marks{}) return scratch;
    for (const auto& known : all_marks("en")) {
        if (!marks.has(known.mark)) continue;
        if (!scratch.empty()) scratch += ", ";
        scratch += known.word;
    }
    return scratch;
}
}  // namespace

const ColumnWords& words_of(ReportColumn column) {
    return all_words.at(static_cast<std::size_t>(column) - 1);
}

const std::vector<ReportColumn>& listed_by_default() {
    static const std::vector<ReportColumn> columns{
        ReportColumn::PatientId,      ReportColumn::Status,       ReportColumn::Name,
        ReportColumn::Email,          ReportColumn::Username,     ReportColumn::Marks,
        ReportColumn::LastInvited,    ReportColumn::LastSignedIn, ReportColumn::Provider,
        ReportColumn::NextAppointment};
    return columns;
}

std::string_view cell_of(const ReportRow& row, ReportColumn column, std::string& scratch) {
    switch (column) {
    case ReportColumn::PatientId: return row.patient_id;
    case ReportColumn::Status: return status_word(row.status, "en");
    case ReportColumn::Name: return name_in(scratch, row);
    case ReportColumn::Email: return row.email;
    case ReportColumn::Username: return row.username;
    case ReportColumn::Marks: return marks_in(scratch, row.marks);
    case ReportColumn::LastInvited: return time_in(scratch, row.last_invited_at);
    case ReportColumn::LastSignedIn: return time_in(scratch, row.last_signed_in_at);
    case ReportColumn::Provider: return row.provider;
    case ReportColumn::Tags: return row.tags;
    case ReportColumn::NextAppointment: return time_in(scratch, row.next_appointment_at);
    case ReportColumn::ChartStatus: return chart_word(row.chart_status);
    }
    return {};
}
}  // namespace ppo

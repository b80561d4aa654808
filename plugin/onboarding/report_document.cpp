// SPDX-License-Identifier: Apache-2.0
#include "onboarding/report_document.hpp"

#include "domain/csv_cell.hpp"
#include "domain/local_time.hpp"
#include "onboarding/report.hpp"
#include "store/audit_table.hpp"
#include "store/database.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <array>

namespace ppo {
namespace {
constexpr int rows_a_piece = 200;

struct Column {
    std::string_view id{};
    std::string_view label{};
};
constexpr std::array<Column, 10> columns{{{"patient_id", "Patient"},
                                          {"status", "Portal status"},
                                          {"name", "Name"},
                                          {"email", "E-mail"},
                                          {"username", "Username"},
                                          {"marks", "Marks"},
                                          {"last_invited", "Last invited"},
                                          {"last_signed_in", "Last sign-in"},
                                          {"provider", "Provider"},
                                          {"next_appointment", "Next appointment"}}};

std::string shown(const std::optional<UnixTime>& time) {
    return time ? write_iso(*time) : std::string{};
}

std::array<std::string, columns.size()> cells_of(const ReportRow& row) {
    return {row.patient_id,
            std::string{status_word(row.status, "en")},
            shown_name(row),
            row.email,
            row.username,
            mark_words(row.marks, "en"),
            shown(row.last_invited_at),
            shown(row.last_signed_in_at),
            row.provider,
            shown(row.next_appointment_at)};
}

std::string html_text(const std::string& value) {
    std::string text;
    for (const char c : value) switch (c) {
        case '&': text += "&amp;"; break;
        case '<': text += "&lt;"; break;
        case '>': text += "&gt;"; break;
        case '"': text += "&quot;"; break;
        default: text += c;
        }
    return text;
}

std::string csv_head() {
    std::string line = "\xEF\xBB\xBF";
    for (const auto& column : columns)
        line += (line.size() == 3 ? "" : ",") + std::string{column.label};
    return line + "\r\n";
}

std::string csv_row(const ReportRow& row) {
    std::string line;
    for (const auto& cell : cells_of(row)) line += csv_cell(cell) + ",";
    line.pop_back();
    return line + "\r\n";
}

std::string json_row(const ReportRow& row, bool is_first) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
    const auto cells = cells_of(row);
    writer.StartObject();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        writer.Key(columns[i].id.data(), static_cast<rapidjson::SizeType>(columns[i].id.size()));
        writer.String(cells[i].data(), static_cast<rapidjson::SizeType>(cells[i].size()));
    }
    writer.EndObject();
    return (is_first ? "\n" : ",\n") + std::string{buffer.GetString(), buffer.GetSize()};
}

std::string html_head(const Practice& practice, const ReportCounts& counts, UnixTime now) {
    std::string page =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Portal "
        "onboarding</title>\n"
        "<style>body{font:11pt sans-serif}table{border-collapse:collapse;width:100%}"
        "th,td{border:1px solid #999;padding:2px "
        "6px;text-align:left}thead{display:table-header-group}"
        "tr{break-inside:avoid}</style></head><body>\n<h1>Patient Portal Onboarding</h1>\n<p>" +
        html_text(practice.name) + ", " +
        html_text(write_local_time(now, practice.time_zone, "en")) + "</p>\n<p>";
    page += std::to_string(counts.patients) + " patients";
    for (const auto status : {PortalStatus::NotEnabled, PortalStatus::NotInvited,
                              PortalStatus::Invited, PortalStatus::SignedIn})
        page += "; " + std::string{status_word(status, "en")} + ": " +
                std::to_string(counts.by_status[static_cast<std::size_t>(status)]);
    page += "</p>\n<table><thead><tr>";
    for (const auto& column : columns) page += "<th>" + std::string{column.label} + "</th>";
    return page + "</tr></thead><tbody>\n";
}

std::string html_row(const ReportRow& row) {
    std::string line = "<tr>";
    for (const auto& cell : cells_of(row)) line += "<td>" + html_text(cell) + "</td>";
    return line + "</tr>\n";
}

std::string head_of(ReportFormat format, const Practice& practice, const ReportCounts& counts,
                    UnixTime now) {
    switch (format) {
    case ReportFormat::Csv: return csv_head();
    case ReportFormat::Json: return "[";
    case ReportFormat::Html: return html_head(practice, counts, now);
    }
    return {};
}

std::string row_of(ReportFormat format, const ReportRow& row, bool is_first) {
    switch (format) {
    case ReportFormat::Csv: return csv_row(row);
    case ReportFormat::Json: return json_row(row, is_first);
    case ReportFormat::Html: return html_row(row);
    }
    return {};
}

std::string_view tail_of(ReportFormat format) {
    switch (format) {
    case ReportFormat::Csv: return "";
    case ReportFormat::Json: return "\n]\n";
    case ReportFormat::Html: return "</tbody></table></body></html>\n";
    }
    return "";
}
}  // namespace

std::optional<ReportFormat> report_format(std::string_view name) {
    if (name == "csv") return ReportFormat::Csv;
    if (name == "json") return ReportFormat::Json;
    if (name == "html") return ReportFormat::Html;
    return std::nullopt;
}

std::uint64_t write_report(Database& database, const Practice& practice, const ReportQuery& query,
                           ReportFormat format, const std::function<bool(std::string_view)>& take,
                           const Actor& actor, UnixTime now) {
    const auto counts = count(database, query, now);
    {
        Transaction transaction{database};
        record(transaction, {.action = "report_written", .detail = std::to_string(counts.patients)},
               actor, now);
        transaction.commit();
    }
    if (!take(head_of(format, practice, counts, now))) return 0;
    std::uint64_t written = 0;
    std::string cursor;
    do {
        const auto page = read_page(database, query, cursor, rows_a_piece, now);
        std::string piece;
        for (const auto& row : page->rows) piece += row_of(format, row, written++ == 0);
        if (!piece.empty() && !take(piece)) return written;
        cursor = page->next_cursor;
    } while (!cursor.empty());
    const auto tail = tail_of(format);
    if (!tail.empty()) static_cast<void>(take(tail));
    return written;
}
}  // namespace ppo

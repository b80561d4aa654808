// SPDX-License-Identifier: Apache-2.0
#include "onboarding/report_rows.hpp"

#include "domain/csv_cell.hpp"

#include <array>
#include <utility>

namespace ppo {
namespace {
constexpr std::array<std::pair<std::string_view, ReportFormat>, 7> names{
    {{"csv", ReportFormat::Csv},
     {"csv-raw", ReportFormat::CsvRaw},
     {"tsv", ReportFormat::Tsv},
     {"tsv-raw", ReportFormat::TsvRaw},
     {"jsonl", ReportFormat::JsonLines},
     {"json", ReportFormat::Json},
     {"html", ReportFormat::Html}}};

bool is_tsv(ReportFormat format) {
    return format == ReportFormat::Tsv || format == ReportFormat::TsvRaw;
}

bool is_json(ReportFormat format) {
    return format == ReportFormat::Json || format == ReportFormat::JsonLines;
}

CellReader reader_of(ReportFormat format) {
    const bool raw = format == ReportFormat::CsvRaw || format == ReportFormat::TsvRaw;
    return raw ? CellReader::Machine : CellReader::Spreadsheet;
}
}  // namespace

std::optional<ReportFormat> report_format(std::string_view name) {
    for (const auto& [known, format] : names)
        if (known == name) return format;
    return std::nullopt;
}

std::string_view name_of(ReportFormat format) {
    for (const auto& [name, known] : names)
        if (known == format) return name;
    return {};
}

void ReportRows::add_head(std::string& to) const {
    if (format_ == ReportFormat::Json) to += '[';
    if (is_json(format_)) return;
    if (format_ == ReportFormat::Csv) to += "\xEF\xBB\xBF";  // Without it Excel reads no UTF-8.
    const bool by_id = reader_of(format_) == CellReader::Machine;
    bool is_first = true;
    for (const auto column : columns_) {
        if (!std::exchange(is_first, false)) to += is_tsv(format_) ? '\t' : ',';
        to += by_id ? words_of(column).id : words_of(column).label;
    }
    to += is_tsv(format_) ? "\n" : "\r\n";
}

void ReportRows::add(std::string& to, const ReportRow& row) {
    if (is_json(format_))
        add_object(to, row);
    else
        add_cells(to, row);
    is_first_ = false;
}

void ReportRows::add_end(std::string& to) const {
    if (format_ == ReportFormat::Json) to += "\n]\n";
}

void ReportRows::add_cells(std::string& to, const ReportRow& row) {
    const bool tsv = is_tsv(format_);
    const auto reader = reader_of(format_);
    bool is_first = true;
    for (const auto column : columns_) {
        if (!std::exchange(is_first, false)) to += tsv ? '\t' : ',';
        const auto cell = cell_of(row, column, scratch_);
        if (words_of(column).kind == CellKind::Time)
            to += cell;  // Digits and signs of our own: nothing in it to look for.
        else if (tsv)
            append_tsv_cell(to, cell, reader);
        else
            append_csv_cell(to, cell, reader);
    }
    to += tsv ? "\n" : "\r\n";
}

void ReportRows::add_object(std::string& to, const ReportRow& row) {
    json_.Clear();
    writer_.Reset(json_);
    writer_.StartObject();
    for (const auto column : columns_) {
        const auto id = words_of(column).id;
        writer_.Key(id.data(), static_cast<rapidjson::SizeType>(id.size()));
        add_value(row, column);
    }
    writer_.EndObject();
    if (format_ == ReportFormat::Json) to += is_first_ ? "\n" : ",\n";
    to.append(json_.GetString(), json_.GetSize());
    if (format_ == ReportFormat::JsonLines) to += '\n';
}

void ReportRows::add_value(const ReportRow& row, ReportColumn column) {
    const auto cell = cell_of(row, column, scratch_);
    switch (words_of(column).kind) {
    case CellKind::Text: add_text(cell); break;
    case CellKind::Time:
        if (cell.empty())
            writer_.Null();
        else
            add_text(cell);
        break;
    case CellKind::Marks: add_list(cell, ", "); break;
    case CellKind::Tags: add_list(cell, "; "); break;
    }
}

void ReportRows::add_list(std::string_view joined, std::string_view between) {
    writer_.StartArray();
    while (!joined.empty()) {
        const auto end = joined.find(between);
        add_text(joined.substr(0, end));
        if (end == std::string_view::npos) break;
        joined.remove_prefix(end + between.size());
    }
    writer_.EndArray();
}

void ReportRows::add_text(std::string_view text) {
    const char* data = text.data() == nullptr ? "" : text.data();
    writer_.String(data, static_cast<rapidjson::SizeType>(text.size()));
}
}  // namespace ppo

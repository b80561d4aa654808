// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "onboarding/report_column.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// `Csv` and `Tsv` are for spreadsheets, the raw ones and JSON for machines, `Html` for paper.
enum class ReportFormat { Csv, CsvRaw, Tsv, TsvRaw, JsonLines, Json, Html };

/// "csv", "csv-raw", "tsv", "tsv-raw", "jsonl", "json", "html".
[[nodiscard]] std::optional<ReportFormat> report_format(std::string_view name);
[[nodiscard]] std::string_view name_of(ReportFormat format);

/// Puts rows of the report behind each other into one text, in every format but Html, whose page
/// has a head of its own. What it needs for a row is allocated once.
class ReportRows {
public:
    ReportRows(ReportFormat format, std::vector<ReportColumn> columns)
        : format_{format}, columns_{std::move(columns)} {}

    void add_head(std::string& to) const;
    void add(std::string& to, const ReportRow& row);
    void add_end(std::string& to) const;

private:
    void add_cells(std::string& to, const ReportRow& row);
    void add_object(std::string& to, const ReportRow& row);
    void add_value(const ReportRow& row, ReportColumn column);
    void add_list(std::string_view joined, std::string_view between);
    void add_text(std::string_view text);

    ReportFormat format_;
    std::vector<ReportColumn> columns_;
    std::string scratch_{};
    bool is_first_ = true;
    rapidjson::StringBuffer json_{};
    rapidjson::Writer<rapidjson::StringBuffer> writer_{json_};
};
}  // namespace ppo

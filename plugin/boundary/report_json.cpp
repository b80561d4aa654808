// SPDX-License-Identifier: Apache-2.0
#include "boundary/report_json.hpp"

#include "onboarding/report_column.hpp"
#include "ppo/report.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string_view>

namespace ppo {
namespace {
class RowWriter {
public:
    explicit RowWriter(rapidjson::Writer<rapidjson::StringBuffer>& writer) : writer_{writer} {}

    void write(const ReportRow& row, std::uint32_t column) {
        text(words_of(static_cast<ReportColumn>(column)).id);
        switch (column) {
        case PPO_COLUMN_PATIENT_ID: text(row.patient_id); break;
        case PPO_COLUMN_STATUS: writer_.Int(static_cast<int>(row.status)); break;
        case PPO_COLUMN_NAME: text(shown_name(row)); break;
        case PPO_COLUMN_EMAIL: text(row.email); break;
        case PPO_COLUMN_USERNAME: text(row.username); break;
        case PPO_COLUMN_MARKS: writer_.Uint64(row.marks.bits()); break;
        case PPO_COLUMN_LAST_INVITED: time(row.last_invited_at); break;
        case PPO_COLUMN_LAST_SIGNED_IN: time(row.last_signed_in_at); break;
        case PPO_COLUMN_PROVIDER: text(row.provider); break;
        case PPO_COLUMN_TAGS: text(row.tags); break;
        case PPO_COLUMN_NEXT_APPOINTMENT: time(row.next_appointment_at); break;
        default: writer_.Int(static_cast<int>(row.chart_status));
        }
    }

private:
    void text(std::string_view value) {
        writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }
    void time(const std::optional<UnixTime>& at) {
        if (at)
            writer_.Int64(to_milliseconds(*at));
        else
            writer_.Null();
    }

    rapidjson::Writer<rapidjson::StringBuffer>& writer_;
};
}  // namespace

std::string page_as_json(const ReportPage& page, const std::vector<std::uint32_t>& columns) {
    constexpr std::size_t bytes_a_row = 256;
    rapidjson::StringBuffer buffer{nullptr, (page.rows.size() + 1) * bytes_a_row};
    rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
    RowWriter cells{writer};
    writer.StartObject();
    writer.Key("rows");
    writer.StartArray();
    for (const auto& row : page.rows) {
        writer.StartObject();
        for (const auto column : columns) cells.write(row, column);
        writer.EndObject();
    }
    writer.EndArray();
    writer.Key("next_cursor");
    writer.String(page.next_cursor.c_str());
    writer.Key("previous_cursor");
    writer.String(page.previous_cursor.c_str());
    writer.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
}
}  // namespace ppo

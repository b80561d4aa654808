// SPDX-License-Identifier: Apache-2.0
#include "boundary/analytics_calls.hpp"
#include "boundary/convert.hpp"
#include "boundary/guard.hpp"
#include "boundary/report_filter.hpp"
#include "boundary/report_json.hpp"
#include "boundary/saved_view_calls.hpp"
#include "boundary/tables.hpp"
#include "domain/local_time.hpp"
#include "onboarding/report.hpp"
#include "onboarding/report_document.hpp"

#include <algorithm>
#include <deque>

namespace ppo {
namespace {
constexpr std::size_t rows_a_batch = 256;

/// Turns rows into cells; keeps the texts that it has to write until the batch has been taken.
class Cells {
public:
    explicit Cells(std::size_t count) { cells_.reserve(count); }

    void add(const ReportRow& row, std::uint32_t column) {
        switch (column) {
        case PPO_COLUMN_PATIENT_ID: text(row.patient_id); break;
        case PPO_COLUMN_STATUS:
            cells_.push_back(
                {to_text(status_word(row.status, "en")), static_cast<int>(row.status)});
            break;
        case PPO_COLUMN_NAME: name(row); break;
        case PPO_COLUMN_EMAIL: text(row.email); break;
        case PPO_COLUMN_USERNAME: text(row.username); break;
        case PPO_COLUMN_MARKS:
            cells_.push_back({kept(row.marks == Marks{} ? "" : mark_words(row.marks, "en")),
                              static_cast<std::int64_t>(row.marks.bits())});
            break;
        case PPO_COLUMN_LAST_INVITED: time(row.last_invited_at); break;
        case PPO_COLUMN_LAST_SIGNED_IN: time(row.last_signed_in_at); break;
        case PPO_COLUMN_PROVIDER: text(row.provider); break;
        case PPO_COLUMN_TAGS: text(row.tags); break;
        case PPO_COLUMN_NEXT_APPOINTMENT: time(row.next_appointment_at); break;
        default:
            cells_.push_back(
                {to_text(chart_word(row.chart_status)), static_cast<int>(row.chart_status)});
        }
    }
    [[nodiscard]] const ppo_cell* data() const { return cells_.data(); }

private:
    void text(const std::string& value) { cells_.push_back({to_text(value), 0}); }
    void name(const ReportRow& row) {
        if (row.last_name.empty() || row.first_name.empty())
            return text(row.last_name.empty() ? row.first_name : row.last_name);
        written_ = row.last_name;
        written_ += ", ";
        written_ += row.first_name;
        cells_.push_back({kept(written_), 0});
    }
    void time(const std::optional<UnixTime>& at) {
        written_.clear();
        if (at) append_iso(written_, *at);
        cells_.push_back({kept(written_), to_time(at)});
    }
    /// A copy that stays where it is. Two of a row's cells are written, in a report of millions.
    ppo_text kept(std::string_view value) {
        constexpr std::size_t room = 16 * 1024;
        if (value.empty()) return {};
        if (rooms_.empty() || rooms_.back().capacity() - rooms_.back().size() < value.size())
            rooms_.emplace_back().reserve(std::max(room, value.size()));
        std::string& to = rooms_.back();
        const auto from = to.size();
        to += value;  // Never beyond what it has reserved, so that nothing moves.
        return {to.data() + from, value.size()};
    }

    std::string written_{};
    std::deque<std::string> rooms_{};
    std::vector<ppo_cell> cells_{};
};

bool put_page(const ReportPage& page, const std::vector<std::uint32_t>& columns,
              const ppo_rows_sink& sink) {
    Cells cells{page.rows.size() * columns.size()};
    for (const auto& row : page.rows)
        for (const auto column : columns) cells.add(row, column);
    const ppo_rows rows{sizeof rows,
                        static_cast<std::uint32_t>(columns.size()),
                        page.rows.size(),
                        cells.data(),
                        to_text(page.next_cursor),
                        to_text(page.previous_cursor)};
    return goes_on(sink.put(sink.context, &rows));
}

// Named like the slots; the C library has a read and a write of its own.
namespace calls {
Outcome read(Instance& self, const ppo_caller* caller, const ppo_report_query* query,
             const ppo_rows_sink* sink) {
    check_sink(sink);
    const ppo_report_query& from = filled(query, "query");
    const auto wanted = to_query(from);
    const auto columns = to_columns(from);
    const auto begin = optional_text(from.cursor, "cursor", 2048);
    if (!to_caller(caller).may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    const auto walk = walk_from(self.database(), wanted, begin, from.limit, rows_a_batch,
                                self.now());
    if (!walk) return walk.refusal();
    auto [cursor, left] = *walk;
    do {
        const auto batch = static_cast<int>(std::min<std::uint64_t>(left, rows_a_batch));
        const auto page = read_page(self.database(), wanted, cursor, batch, self.now());
        if (!page) return page.refusal();
        if (!put_page(*page, columns, *sink)) return PPO_STOPPED;
        left -= page->rows.size();
        cursor = page->next_cursor;
    } while (left > 0 && !cursor.empty());
    return PPO_OK;
}

Outcome read_json(Instance& self, const ppo_caller* caller, const ppo_report_query* query,
                  const ppo_text_sink* sink) {
    constexpr std::uint64_t most_rows = 1000;
    constexpr std::uint64_t usual_rows = 100;
    check_sink(sink);
    const ppo_report_query& from = filled(query, "query");
    const auto wanted = to_query(from);
    const auto columns = to_columns(from);
    if (from.limit > most_rows)
        throw Misuse{PPO_MISUSE_VALUE, "limit", "A page has at most 1,000 rows."};
    const std::string cursor{optional_text(from.cursor, "cursor", 2048)};
    if (!to_caller(caller).may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    const auto rows = static_cast<int>(from.limit == 0 ? usual_rows : from.limit);
    const auto page = read_page(self.database(), wanted, cursor, rows, self.now());
    if (!page) return page.refusal();
    const auto json = page_as_json(*page, columns);
    return goes_on(sink->put(sink->context, json.data(), json.size())) ? PPO_OK : PPO_STOPPED;
}

Outcome count(Instance& self, const ppo_caller* caller, const ppo_report_query* query,
              ppo_report_counts* counts) {
    if (counts == nullptr)
        throw Misuse{PPO_MISUSE_NULL, "counts", "The place for the counts is NULL."};
    check_out(counts, "counts");
    const auto wanted = to_query(filled(query, "query"));
    if (!to_caller(caller).may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    const auto counted = ppo::count(self.database(), wanted, self.now());
    const auto number = [](std::int64_t value) { return static_cast<std::uint64_t>(value); };
    ppo_report_counts out{};
    out.patients = number(counted.patients);
    for (std::size_t i = 0; i < std::size(out.by_status); ++i)
        out.by_status[i] = number(counted.by_status[i]);
    for (std::size_t i = 0; i < std::size(out.by_mark); ++i)
        out.by_mark[i] = number(counted.by_mark[i]);
    out.enabled = number(counted.enabled);
    out.invited = number(counted.invited);
    out.set_up = number(counted.set_up);
    out.signed_in = number(counted.signed_in);
    write_out(counts, out);
    return PPO_OK;
}

Outcome write(Instance& self, const ppo_caller* caller, const ppo_report_query* query,
              ppo_text format, const ppo_text_sink* sink) {
    check_sink(sink);
    const ppo_report_query& from = filled(query, "query");
    const auto wanted = to_query(from);
    const auto known = report_format(required_text(format, "format", 16));
    if (!known) throw Misuse{PPO_MISUSE_UNKNOWN_ID, "format", "There is no such format."};
    ReportDocument document{*known, {}, {}, from.limit};
    if (from.column_count != 0)
        for (const auto column : to_columns(from))
            document.columns.push_back(static_cast<ReportColumn>(column));
    document.cursor = optional_text(from.cursor, "cursor", 2048);
    const auto who = to_caller(caller);
    if (!who.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    const auto written = write_report(
        self.database(), self.practice(), wanted, document,
        [sink](std::string_view piece) {
            return goes_on(sink->put(sink->context, piece.data(), piece.size()));
        },
        who.actor, self.now());
    if (!written) return written.refusal();
    return written->stopped ? PPO_STOPPED : PPO_OK;
}
}  // namespace calls
}  // namespace

const ppo_report_1 report_table{sizeof report_table,
                                0,
                                guard<calls::read>,
                                guard<calls::count>,
                                guard<calls::write>,
                                guard<calls::read_json>,
                                guard<analytics_calls::analyse>,
                                guard<analytics_calls::trend>,
                                guard<saved_view_calls::save_view>,
                                guard<saved_view_calls::each_view>,
                                guard<saved_view_calls::drop_view>};
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
// ppo.report/1.
#include "torture/call.hpp"
#include "torture/json.hpp"
#include "torture/people.hpp"
#include "torture/tables.hpp"

#include <algorithm>
#include <vector>

namespace ppo_torture {
namespace {
constexpr std::size_t most_rows_of_a_batch = 256;

std::vector<Person> people_of(Call& call) {
    std::vector<Person> people;
    if (call.has(Mode::NoRows)) return people;
    {
        const std::lock_guard guard{call.practice().lock};
        for (const auto& [id, person] : call.practice().people) people.push_back(person);
    }
    if (!call.has(Mode::Extremes) && !call.has(Mode::Pieces)) return people;
    // More than a batch holds.
    for (std::size_t i = 0; !people.empty() && people.size() <= most_rows_of_a_batch; ++i)
        people.push_back(Person{people[i]});
    return people;
}

ppo_cell cell_of(Call& call, const Person& person, std::uint32_t column) {
    switch (column) {
    case PPO_COLUMN_PATIENT_ID: return {call.words().keep(person.id), 0};
    case PPO_COLUMN_STATUS: return {call.words().lend("Status"), state_of(call, person).status};
    case PPO_COLUMN_MARKS:
        return {call.words().lend("queued"),
                static_cast<std::int64_t>(state_of(call, person).marks)};
    case PPO_COLUMN_LAST_INVITED:
    case PPO_COLUMN_LAST_SIGNED_IN:
    case PPO_COLUMN_NEXT_APPOINTMENT: {
        const ppo_time at = time_of(call, PPO_TIME_NONE);
        return {
            at == PPO_TIME_NONE ? ppo_text{nullptr, 0} : call.words().keep("2026-11-26T12:00:00Z"),
            at};
    }
    case PPO_COLUMN_CHART_STATUS:
        return {call.words().lend("Active"), call.has(Mode::Unknown) ? 8 : 1};
    default: return {call.words().lend(person.last), 0};
    }
}

std::vector<std::uint32_t> columns_of(const ppo_report_query& query) {
    if (query.columns != nullptr && query.column_count <= 32)
        return {query.columns, query.columns + query.column_count};
    return {1, 2, 3, 4, 5, 6, 7, 8};
}

ppo_result PPO_CALL read(ppo_instance* self, const ppo_caller* caller,
                         const ppo_report_query* query, const ppo_rows_sink* sink,
                         ppo_error* error) {
    return enter(Slot::ppo_report_1_read, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized(query) || !call.present(sink != nullptr))
            return call.refused();
        const auto people = people_of(call);
        const auto columns = columns_of(*query);
        // One row at a time, or as many as there may be.
        const std::size_t step = call.has(Mode::Pieces) && call.nth() % 2 == 0
                                     ? 1
                                     : most_rows_of_a_batch;
        for (std::size_t first = 0; first == 0 || first < people.size(); first += step) {
            std::vector<ppo_cell> cells;
            const std::size_t last = std::min(first + step, people.size());
            for (std::size_t row = first; row < last; ++row)
                for (const auto column : columns)
                    cells.push_back(cell_of(call, people[row], column));
            ppo_rows made{};
            made.column_count = static_cast<std::uint32_t>(columns.size());
            made.row_count = last - first;
            made.cells = cells.data();
            made.next_cursor = last < people.size() ? call.words().keep("next \"<b>&")
                                                    : ppo_text{nullptr, 0};
            if (const auto end = call.hand(*sink, made)) return *end;
        }
        return PPO_OK;
    });
}

ppo_result PPO_CALL count(ppo_instance* self, const ppo_caller* caller,
                          const ppo_report_query* query, ppo_report_counts* counts,
                          ppo_error* error) {
    return enter(Slot::ppo_report_1_count, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized(query) || !call.sized(counts)) return call.refused();
        ppo_report_counts made{};
        made.patients = count_of(call, people_of(call).size());
        made.by_status[PPO_STATUS_NOT_INVITED] = made.patients;
        if (call.has(Mode::Unknown)) made.by_status[7] = 5;
        for (std::size_t bit = 0; bit < PPO_MARK_BITS; ++bit)
            made.by_mark[bit] = call.has(Mode::Unknown) || bit < 3 ? made.patients : 0;
        made.enabled = made.patients;
        made.invited = made.patients;
        made.set_up = made.patients;
        made.signed_in = made.patients;
        call.give(counts, made);
        return PPO_OK;
    });
}

/// Comma or tab between the cells; quoted, so that a text is one cell whatever stands in it.
std::string list_of(Call& call, const ppo_report_query& query, char between) {
    std::string text;
    for (const auto& person : people_of(call)) {
        std::string line;
        for (const auto column : columns_of(query)) {
            std::string quoted;
            for (const char c : copy(cell_of(call, person, column).text)) {
                if (c == '"') quoted += '"';
                quoted += c;
            }
            line += (line.empty() ? "" : std::string(1, between)) + "\"'" + quoted + "\"";
        }
        text += line + "\r\n";
    }
    return text;
}

std::string json_of(Call& call, bool lines) {
    std::string text;
    for (const auto& person : people_of(call)) {
        Json one{call.nth() % 2 == 1};
        one.open('{')
            .member("patient_id", person.id)
            .name("status")
            .number(state_of(call, person).status);
        one.member("name", call.words().text(person.last)).close('}');
        std::string line = one.str();
        // One a line: what stands between members for looks goes.
        line.erase(std::remove(line.begin(), line.end(), '\n'), line.end());
        text += (text.empty() || lines ? "" : ",") + line + (lines ? "\n" : "");
    }
    return lines ? text : "[" + text + "]";
}

ppo_result PPO_CALL write(ppo_instance* self, const ppo_caller* caller,
                          const ppo_report_query* query, ppo_text format, const ppo_text_sink* sink,
                          ppo_error* error) {
    return enter(Slot::ppo_report_1_write, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized(query) || !call.present(sink != nullptr))
            return call.refused();
        const std::string wanted = copy(format);
        if (wanted == "csv" || wanted == "csv-raw")
            return deliver(call, *sink, list_of(call, *query, ','));
        if (wanted == "tsv" || wanted == "tsv-raw")
            return deliver(call, *sink, list_of(call, *query, '\t'));
        if (wanted == "json") return deliver(call, *sink, json_of(call, false));
        if (wanted == "jsonl") return deliver(call, *sink, json_of(call, true));
        if (wanted == "html")
            return deliver(call, *sink, "<!doctype html><title>Torture</title><p>Nobody</p>");
        return call.say(PPO_MISUSE_UNKNOWN_ID, "misuse_unknown_id");
    });
}

ppo_result PPO_CALL read_json(ppo_instance* self, const ppo_caller* caller,
                              const ppo_report_query* query, const ppo_text_sink* sink,
                              ppo_error* error) {
    return enter(Slot::ppo_report_1_read_json, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized(query) || !call.present(sink != nullptr))
            return call.refused();
        const std::string text = "{\"rows\":" + json_of(call, false) +
                                 ",\"next_cursor\":\"\",\"previous_cursor\":\"\",\"later\":[{}]}";
        // In one piece, as the slot says.
        if (const auto end = call.after_sink(sink->put(sink->context, text.data(), text.size())))
            return *end;
        return PPO_OK;
    });
}

ppo_result PPO_CALL analyse(ppo_instance* self, const ppo_caller* caller,
                            const ppo_report_query* query, std::uint32_t,
                            const ppo_report_group_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_report_1_analyse, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized(query) || !call.present(sink != nullptr))
            return call.refused();
        for (int group = 0; group < (call.has(Mode::NoRows) ? 0 : 3); ++group) {
            ppo_report_group made{};
            made.label = call.words().lend("A provider");
            made.patients = count_of(call, 3);
            made.enabled = count_of(call, 3);
            made.invited = count_of(call, 2);
            made.set_up = count_of(call, 1);
            made.signed_in = count_of(call, 0);
            for (auto& median : made.median_tenths)
                median = call.has(Mode::Extremes) ? INT64_MAX : -1;
            if (const auto end = call.hand(*sink, made)) return *end;
        }
        return PPO_OK;
    });
}

ppo_result PPO_CALL trend(ppo_instance* self, const ppo_caller* caller,
                          const ppo_report_query* query, ppo_time from, ppo_time until,
                          const ppo_report_week_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_report_1_trend, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized(query) || !call.present(sink != nullptr))
            return call.refused();
        if (until <= from) return call.say(PPO_MISUSE_VALUE, "misuse_value");
        for (int week = 0; week < (call.has(Mode::Extremes) ? 530 : 2); ++week) {
            ppo_report_week made{};
            made.begins = time_of(call, from);
            made.label = call.words().lend("2026-W48");
            made.enabled = count_of(call, 1);
            made.invited = count_of(call, 1);
            if (const auto end = call.hand(*sink, made)) return *end;
        }
        return PPO_OK;
    });
}

ppo_result PPO_CALL save_view(ppo_instance* self, const ppo_caller* caller, ppo_text name,
                              const ppo_report_query* query, ppo_error* error) {
    return enter(Slot::ppo_report_1_save_view, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized(query)) return call.refused();
        if (copy(name).empty()) return call.say(PPO_REFUSED_VIEW_NAME, "refused_view_name");
        const std::lock_guard guard{call.practice().lock};
        call.practice().saved_views[copy(caller->staff_id) + "\n" + copy(name)] = copy(name);
        return PPO_OK;
    });
}

ppo_result PPO_CALL each_view(ppo_instance* self, const ppo_caller* caller,
                              const ppo_saved_view_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_report_1_each_view, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.present(sink != nullptr)) return call.refused();
        std::vector<std::string> names;
        {
            const std::lock_guard guard{call.practice().lock};
            for (const auto& [key, name] : call.practice().saved_views)
                if (key.rfind(copy(caller->staff_id) + "\n", 0) == 0) names.push_back(name);
        }
        for (const auto& name : names) {
            ppo_report_query query{};
            query.struct_size = sizeof query;
            query.sort = call.has(Mode::Unknown) ? 55 : PPO_SORT_NAME;
            ppo_saved_view made{};
            made.name = call.words().keep(name);
            made.query = &query;
            made.changed_at = time_of(call, call.now());
            if (const auto end = call.hand(*sink, made)) return *end;
        }
        return PPO_OK;
    });
}

ppo_result PPO_CALL drop_view(ppo_instance* self, const ppo_caller* caller, ppo_text name,
                              ppo_error* error) {
    return enter(Slot::ppo_report_1_drop_view, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller)) return call.refused();
        const std::lock_guard guard{call.practice().lock};
        const std::string key = copy(caller->staff_id) + "\n" + copy(name);
        if (call.practice().saved_views.erase(key) == 1) return PPO_OK;
        return call.say(PPO_REFUSED_UNKNOWN_SAVED_VIEW, "refused_unknown_saved_view");
    });
}
}  // namespace

const ppo_report_1 report_table = {
    .struct_size = sizeof(ppo_report_1),
    .reserved = 0,
    .read = read,
    .count = count,
    .write = write,
    .read_json = read_json,
    .analyse = analyse,
    .trend = trend,
    .save_view = save_view,
    .each_view = each_view,
    .drop_view = drop_view,
};
}  // namespace ppo_torture

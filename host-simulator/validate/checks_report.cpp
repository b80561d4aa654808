// SPDX-License-Identifier: Apache-2.0
#include "validate/slot_arguments.hpp"

#include <rapidjson/document.h>

#include <algorithm>
#include <map>

namespace ppo_validate {
namespace {
constexpr int patients = 600;  // More than fit into two batches of rows.

/// What `read` gives, row by row.
struct Rows {
    std::vector<std::string> ids{};
    std::string next{};
    std::string previous{};
    std::string flaw{};
    static ppo_result PPO_CALL put(void* context, const ppo_rows* rows) {
        auto& self = *static_cast<Rows*>(context);
        if (rows->row_count > 256) self.flaw = "a batch has more than 256 rows";
        for (std::uint64_t row = 0; row < rows->row_count; ++row)
            self.ids.push_back(copy(rows->cells[row * rows->column_count].text));
        if (self.ids.size() == rows->row_count) self.previous = copy(rows->previous_cursor);
        self.next = copy(rows->next_cursor);
        return PPO_OK;
    }
};

class Crowd {
public:
    Crowd(const Target& target, Findings& notes)
        : findings{notes}, practice{target, notes, &host()} {
        if (practice.report == nullptr) throw NotOffered{"the plugin does not offer " PPO_REPORT_1};
        practice.prepare();
    }
    [[nodiscard]] Rows read(const std::string& cursor, std::uint64_t limit) {
        auto query = fresh<ppo_report_query>();
        query.sort = sort;
        query.descending = descending;
        query.cursor = borrow(cursor);
        query.limit = limit;
        constexpr std::uint32_t columns[] = {PPO_COLUMN_PATIENT_ID, PPO_COLUMN_NAME};
        query.columns = columns;
        query.column_count = std::size(columns);
        Rows rows;
        const ppo_rows_sink sink{&rows, &Rows::put};
        const auto caller = staff();
        auto error = fresh<ppo_error>();
        const auto result = practice.report->read(practice.self, &caller, &query, &sink, &error);
        if (result != PPO_OK) throw CannotGoOn{told("read", result, error)};
        if (!rows.flaw.empty()) findings.fail("read: " + rows.flaw + ".");
        return rows;
    }
    Findings& findings;
    std::uint32_t sort = PPO_SORT_NAME;
    std::uint32_t descending = 0;

private:
    ModelHost& host() {
        host_.people = people(patients);
        return host_;
    }
    ModelHost host_{};

public:
    Practice practice;
};

/// Forwards from the start to the end and back again, by pages of `limit`.
void walk(Crowd& crowd, std::uint64_t limit) {
    auto& findings = crowd.findings;
    const std::string how = "by pages of " + std::to_string(limit) + ", in order " +
                            std::to_string(crowd.sort) +
                            (crowd.descending == 0 ? "" : " downwards");
    findings.at("walking forwards " + how);
    std::map<std::string, int> seen;
    std::string cursor;
    std::string back;
    for (std::size_t pages = 0; pages <= patients; ++pages) {
        const auto rows = crowd.read(cursor, limit);
        for (const auto& id : rows.ids) ++seen[id];
        findings.expect(rows.ids.size() <= limit, "A page has more rows than its limit.");
        cursor = rows.next;
        back = rows.previous;
        if (cursor.empty()) break;
    }
    findings.expect(cursor.empty(), "Walking forwards does not come to an end, " + how + ".");
    for (const auto& [id, times] : seen)
        if (times != 1) findings.fail(id + " was seen " + std::to_string(times) + " times, " + how);
    if (seen.size() != patients)
        findings.fail(std::to_string(seen.size()) + " patients were seen, of " +
                      std::to_string(patients) + ", " + how + ".");
    findings.at("walking backwards " + how);
    std::size_t found = 0;
    for (std::size_t pages = 0; !back.empty() && pages <= patients; ++pages) {
        const auto rows = crowd.read(back, limit);
        found += rows.ids.size();
        back = rows.previous;
    }
    const std::size_t before_the_last = patients - ((patients - 1) % limit + 1);
    if (found != before_the_last)
        findings.fail("Backwards from the last page " + std::to_string(found) +
                      " patients were seen, of " + std::to_string(before_the_last) + ", " + how +
                      ".");
}

void check_cursors(const Target& target, Findings& findings) {
    Crowd crowd{target, findings};
    for (const std::uint64_t limit : {7U, 256U, 257U}) walk(crowd, limit);
    for (crowd.sort = PPO_SORT_NAME; crowd.sort <= PPO_SORT_NEXT_APPOINTMENT; ++crowd.sort)
        for (crowd.descending = 0; crowd.descending < 2; ++crowd.descending) walk(crowd, 100);
}

void check_limits(const Target& target, Findings& findings) {
    Crowd crowd{target, findings};
    const auto all = crowd.read("", 0);
    if (all.ids.size() != patients)
        findings.fail("Without a limit there are " + std::to_string(all.ids.size()) + " rows of " +
                      std::to_string(patients) + ".");
    for (std::uint64_t limit = 1; limit <= patients; limit += limit < 20 ? 1 : 59) {
        findings.at("read with the limit " + std::to_string(limit));
        const auto rows = crowd.read("", limit);
        const bool same = rows.ids.size() == limit && rows.ids.size() <= all.ids.size() &&
                          std::equal(rows.ids.begin(), rows.ids.end(), all.ids.begin());
        if (!same)
            findings.fail("With the limit " + std::to_string(limit) +
                          " the rows are not the first of all.");
    }
}

void check_counts(const Target& target, Findings& findings) {
    Crowd crowd{target, findings};
    const auto caller = staff();
    const auto query = fresh<ppo_report_query>();
    auto counts = fresh<ppo_report_counts>();
    const auto result = crowd.practice.report->count(crowd.practice.self, &caller, &query, &counts,
                                                     nullptr);
    if (result != PPO_OK) throw CannotGoOn{"count answered " + name_of(result)};
    std::uint64_t sum = 0;
    for (const auto of_status : counts.by_status) sum += of_status;
    findings.expect(counts.patients == patients, "count does not count every patient.");
    findings.expect(sum == counts.patients, "The counts per status are not all patients together.");
    findings.expect(counts.enabled <= counts.patients && counts.invited <= counts.enabled &&
                        counts.set_up <= counts.invited && counts.signed_in <= counts.set_up,
                    "A step of the funnel has more patients than the one before.");
}

/// Stops at each item that comes; nothing comes after that.
void stop_everywhere(const Slot& slot, Stage& stage, Findings& findings) {
    constexpr int most_stops = 24;
    const void* table = slot.table_of(stage.practice.library);
    if (table == nullptr || !slot.is_there(table)) return;
    for (int stop = 1; stop <= most_stops; ++stop) {
        findings.at(slot.name + ", the sink stops at " + std::to_string(stop));
        const auto values = stage.good_call(slot);
        stage.probe.stops_at = stop;
        const auto result = slot.call(table, values);
        const int calls = stage.probe.calls;
        stage.clear(false);
        if (calls < stop) return;  // That was all there is.
        if (result != PPO_STOPPED)
            findings.fail(slot.name + " answered " + name_of(result) +
                          " after its sink stopped at " + std::to_string(stop) + ".");
        if (calls > stop)
            findings.fail(slot.name + " called its sink " + std::to_string(calls - stop) +
                          " times more after it stopped at " + std::to_string(stop) + ".");
    }
}

void check_stops(const Target& target, Findings& findings) {
    Crowd crowd{target, findings};
    Stage stage{crowd.practice};
    std::size_t slots = 0;
    for (const auto& slot : all_slots()) {
        const bool may_stop = std::any_of(
            slot.arguments.begin(), slot.arguments.end(),
            [](const Argument& argument) { return argument.may_stop; });
        if (!may_stop || slot.name.find(" move") != std::string::npos) continue;
        ++slots;
        stop_everywhere(slot, stage, findings);
    }
    findings.figure("slots", std::to_string(slots));
}

ppo_result PPO_CALL append(void* context, const char* data, std::size_t size) {
    static_cast<std::string*>(context)->append(data, size);
    return PPO_OK;
}

void check_json(const Target& target, Findings& findings) {
    Crowd crowd{target, findings};
    if (!PPO_HAS(ppo_report_1, crowd.practice.report, read_json))
        throw NotOffered{"the plugin has no slot read_json"};
    const auto caller = staff();
    for (const std::uint64_t limit : {0U, 1U, 1000U}) {
        auto query = fresh<ppo_report_query>();
        query.limit = limit;
        std::string json;
        const ppo_text_sink sink{&json, append};
        const auto result = crowd.practice.report->read_json(crowd.practice.self, &caller, &query,
                                                             &sink, nullptr);
        rapidjson::Document document;
        document.Parse<rapidjson::kParseValidateEncodingFlag>(json.data(), json.size());
        const bool good = result == PPO_OK && !document.HasParseError() && document.IsObject() &&
                          document.HasMember("rows") && document["rows"].IsArray();
        const std::size_t expected = limit == 0 ? 100 : std::min<std::size_t>(limit, patients);
        if (!good || document["rows"].Size() != expected)
            findings.fail("read_json with the limit " + std::to_string(limit) +
                          " gives no JSON object with " + std::to_string(expected) + " rows.");
    }
}
}  // namespace

void put_report_checks(std::vector<Check>& all) {
    all.push_back({"report.cursors", "Walking by cursors, either way, sees each patient once.",
                   "Make the patient id the last key of every order, and put it into the cursor.",
                   check_cursors});
    all.push_back({"report.limits", "A limit of k gives the first k rows of all.",
                   "Count rows across batches.", check_limits});
    all.push_back({"report.counts", "Counts agree with the rows and with each other.",
                   "Count and read by the same filters.", check_counts});
    all.push_back({"report.stops",
                   "Wherever a sink may stop, PPO_STOPPED at any item ends the call with "
                   "PPO_STOPPED and nothing follows.",
                   "Look at the sink's answer after every item.", check_stops});
    all.push_back({"report.json",
                   "read_json gives one JSON document with as many rows as asked for.",
                   "See ppo/report.h.", check_json});
}
}  // namespace ppo_validate

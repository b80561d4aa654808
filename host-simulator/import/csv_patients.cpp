// SPDX-License-Identifier: Apache-2.0
#include "host/dates.hpp"
#include "import/csv.hpp"
#include "import/import.hpp"

#include <Poco/String.h>

#include <optional>
#include <set>

namespace ppo_sim {
namespace {
/// Header names, in lower case, and the field of a patient that each fills; "" = known and not
/// needed.
const std::map<std::string, std::string>& known_columns() {
    static const std::map<std::string, std::string> columns{
        {"id", "id"},
        {"first", "first"},
        {"last", "last"},
        {"dob", "born"},
        {"born", "born"},
        {"birthdate", "born"},
        {"birth_date", "born"},
        {"zip", "zip"},
        {"postal_code", "zip"},
        {"postcode", "zip"},
        {"email", "email"},
        {"e-mail", "email"},
        {"phone", "phone"},
        {"sex", "sex"},
        {"gender", "sex"},
        {"language", "language"},
        {"status", "status"},
        {"tags", "tags"},
        {"provider", "provider"},
        {"next_appointment", "next_appointment"},
        {"last_appointment", "last_appointment"},
        {"access_granted", "access_granted"},
        {"opted_out", "opted_out"},
        {"deceased", "deceased"},
        {"deathdate", "deceased"},
        {"middle", ""},
        {"suffix", ""},
        {"previous_last", ""},
        {"maiden", ""},
        {"truth", ""}};
    return columns;
}

struct Columns {
    std::vector<std::string> fields{};  // For each column of the file; empty = left out.
    std::vector<std::string> unknown{};
    std::string unusable{};
};

Columns look_at(const std::vector<std::string>& header) {
    Columns columns{};
    std::set<std::string> seen;
    for (const auto& title : header) {
        const auto known = known_columns().find(Poco::toLower(Poco::trim(title)));
        const bool is_known = known != known_columns().end();
        if (!is_known) columns.unknown.push_back(is_utf8(title) ? title : "(not UTF-8)");
        std::string field = is_known ? known->second : "";
        if (!field.empty() && !seen.insert(field).second) {
            columns.unknown.push_back(title + " (a second one)");
            field.clear();
        }
        columns.fields.push_back(field);
    }
    if (!seen.contains("id"))
        columns.unusable = "the header names no column id";
    else if (!seen.contains("first") && !seen.contains("last"))
        columns.unusable = "the header names neither first nor last";
    return columns;
}

/// Our own export puts an apostrophe before what a spreadsheet would take for a formula.
std::string without_guard(const std::string& value) {
    if (value.size() > 1 && value[0] == '\'' &&
        std::string{"=+-@"}.find(value[1]) != std::string::npos)
        return value.substr(1);
    return value;
}

std::optional<std::string> set_deceased(Patient& patient, const std::string& value) {
    const std::string word = Poco::toLower(value);
    if (word.empty() || word == "no" || word == "false" || word == "0") return std::nullopt;
    const bool says_yes = word == "yes" || word == "true" || word == "1";
    if (!says_yes && !read_moment(value)) return "the date of death is not a date that exists";
    patient.chart_status = PPO_CHART_DECEASED;
    return std::nullopt;
}

using Notes = std::map<std::string, std::size_t>;

/// Takes one cell over; returns the reason if it cannot be.
std::optional<std::string> take_cell(Patient& patient, const std::string& field, std::string value,
                                     Notes& notes) {
    if (field == "deceased") return set_deceased(patient, value);
    if (field == "status" && value.empty()) return std::nullopt;
    if (field == "zip" && value == "0") {
        ++notes["ZIP 0 was taken for a missing one"];
        value.clear();
    }
    if (field == "zip" && value.size() < 5 && value.size() > 2 &&
        value.find_first_not_of("0123456789") == std::string::npos)
        ++notes["ZIP has fewer than five digits (leading zero lost?) and was kept as it is"];
    if (field == "born" && value.empty()) ++notes["no birth date"];
    const auto reason = set_field(patient, field, value);
    if (reason && (field == "next_appointment" || field == "last_appointment"))
        return field + ": " + *reason;
    return reason;
}

/// Fills `patient` from a row; returns the reason if the row cannot be used.
std::optional<std::string> take_row(const CsvRow& row, const Columns& columns,
                                    const ChartOnFile& on_file, Patient& patient, Notes& notes) {
    if (!row.problem.empty()) return row.problem;
    for (std::size_t i = 0; i < row.fields.size(); ++i)
        if (columns.fields[i] == "id") patient = on_file(Poco::trim(row.fields[i]));
    // Deceased comes last: it overrules what the status column says.
    for (const bool deceased : {false, true})
        for (std::size_t i = 0; i < row.fields.size(); ++i) {
            const auto& field = columns.fields[i];
            if (field.empty() || (field == "deceased") != deceased) continue;
            if (!is_utf8(row.fields[i])) return "is not UTF-8";
            const std::string value = without_guard(Poco::trim(row.fields[i]));
            if (auto reason = take_cell(patient, field, value, notes)) return reason;
        }
    const std::string reason = why_unusable(patient);
    if (!reason.empty()) return reason;
    return std::nullopt;
}
}  // namespace

Import read_csv_patients(const std::string& content, const ChartOnFile& on_file) {
    Import import{};
    import.format = "csv";
    CsvReader reader{content};
    const Columns columns = look_at(reader.header());
    import.unknown_columns = columns.unknown;
    import.unusable = columns.unusable;
    if (!import.unusable.empty()) return import;
    std::set<std::string> ids;
    while (const auto row = reader.next()) {
        ++import.read;
        Patient patient{};
        Notes notes;
        auto reason = take_row(*row, columns, on_file, patient, notes);
        if (!reason && !ids.insert(patient.id).second) reason = "the id stands in the file already";
        if (reason) {
            import.refused.push_back({row->line, *reason});
            continue;
        }
        import.patients.push_back(std::move(patient));
        for (const auto& [note, number] : notes) import.notes[note] += number;
    }
    return import;
}
}  // namespace ppo_sim

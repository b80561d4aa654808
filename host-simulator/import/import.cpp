// SPDX-License-Identifier: Apache-2.0
#include "import/import.hpp"

#include "host/dates.hpp"
#include "host/host_services.hpp"
#include "host/settings.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <ostream>

namespace ppo_sim {
namespace {
Poco::JSON::Array texts(const std::vector<std::string>& values) {
    Poco::JSON::Array array;
    for (const auto& value : values) array.add(value);
    return array;
}

struct Outcome {
    std::size_t added = 0;
    std::size_t updated = 0;
    std::size_t invented = 0;
    Settled settled{};
};

void write_json(const ImportOptions& options, const Import& import, const Outcome& outcome,
                std::ostream& out) {
    Poco::JSON::Object summary{Poco::JSON_PRESERVE_KEY_ORDER};
    summary.set("file", options.file.filename().string());
    summary.set("format", import.format);
    summary.set("read", import.read);
    summary.set("imported", import.patients.size());
    summary.set("added", outcome.added);
    summary.set("updated", outcome.updated);
    summary.set("merged", outcome.settled.merges.size());
    summary.set("replaced_before", outcome.settled.passed_over);
    summary.set("refused", import.refused.size());
    summary.set("emails_invented", outcome.invented);
    summary.set("unknown_columns", texts(import.unknown_columns));
    if (!import.unusable.empty()) summary.set("unusable", import.unusable);
    Poco::JSON::Object notes{Poco::JSON_PRESERVE_KEY_ORDER};
    for (const auto& [note, number] : import.notes) notes.set(note, number);
    summary.set("notes", notes);
    Poco::JSON::Array refusals;
    for (const auto& refused : import.refused) {
        Poco::JSON::Object row{Poco::JSON_PRESERVE_KEY_ORDER};
        row.set(import.unit, refused.line);
        row.set("reason", refused.reason);
        refusals.add(row);
    }
    summary.set("refusals", refusals);
    summary.stringify(out);
    out << '\n';
}

void write_words(const ImportOptions& options, const Import& import, const Outcome& outcome,
                 std::ostream& out) {
    out << options.file.filename().string() << ": " << import.read << " rows read, "
        << import.patients.size() << " imported (" << outcome.added << " new, " << outcome.updated
        << " updated), " << import.refused.size() << " refused\n";
    if (!import.replaced.empty())
        out << "replaced by another patient: " << outcome.settled.merges.size() << " merged, "
            << outcome.settled.passed_over << " passed over\n";
    if (outcome.invented > 0) out << "e-mails invented: " << outcome.invented << '\n';
    if (!import.unknown_columns.empty()) {
        out << "columns not used:";
        for (const auto& column : import.unknown_columns) out << ' ' << column;
        out << '\n';
    }
    for (const auto& [note, number] : import.notes) out << number << " x " << note << '\n';
    if (!import.patients.empty() || !outcome.settled.merges.empty())
        out << "an EMR that is running hands these charts to the portal's tool at its next start\n";
}

bool is_utf16(const std::string& content) {
    return content.starts_with("\xFF\xFE") || content.starts_with("\xFE\xFF");
}

std::string today() {
    return write_moment(Clock::real().now()).substr(0, std::string{"YYYY-MM-DD"}.size());
}

std::size_t invent_for(Import& import, const PatientDirectory& directory,
                       const std::string& domain) {
    std::vector<std::string> taken;
    for (const auto& patient : directory.all()) taken.push_back(patient.email);
    const auto missing = std::count_if(
        import.patients.begin(), import.patients.end(),
        [](const Patient& patient) { return patient.email.empty(); });
    invent_emails(import.patients, domain, taken);
    return static_cast<std::size_t>(missing);
}
/// What came in is stored, and then what became one; the plugin hears of it before it reads.
Outcome store(Import& import, PatientDirectory& directory, const std::string& domain) {
    Outcome outcome{};
    outcome.settled = settle_replaced(import, directory);
    if (!domain.empty()) outcome.invented = invent_for(import, directory, domain);
    for (const auto& patient : import.patients)
        ++(directory.find(patient.id) ? outcome.updated : outcome.added);
    directory.add_all(import.patients);
    for (const auto& [losing_id, surviving_id] : outcome.settled.merges)
        static_cast<void>(directory.merge(losing_id, surviving_id, Telling::Nobody));
    return outcome;
}

}  // namespace

Import read_patients(const std::string& content, const ChartOnFile& on_file) {
    Import import{};
    const auto first = content.find_first_not_of("\xEF\xBB\xBF \t\r\n");
    if (first == std::string::npos)
        import.unusable = "the file is empty";
    else if (is_utf16(content))
        import.unusable = "the file is UTF-16: save it as UTF-8";
    else if (content.starts_with("\x1F\x8B"))
        import.unusable = "the file is compressed: give it unpacked, as from gunzip -c";
    else if (content[first] == '[')
        import.unusable = "the file is a JSON array: FHIR has lines, a resource or a Bundle";
    if (!import.unusable.empty()) return import;
    return content[first] == '{' ? read_fhir_patients(content, on_file, today())
                                 : read_csv_patients(content, on_file);
}

int import_file(const ImportOptions& options, std::ostream& out, std::ostream& trouble) {
    const bool from_standard_input = options.file == "-";
    std::ifstream file;
    if (!from_standard_input) file.open(options.file, std::ios::binary);
    std::istream& in = from_standard_input ? std::cin : file;
    std::string content{std::istreambuf_iterator<char>{in}, {}};
    if ((!from_standard_input && !file.is_open()) || in.bad()) {
        trouble << "cannot read " << options.file.string() << '\n';
        return 1;
    }
    PatientDirectory directory{DataFolder{options.data}.patients()};
    Import import = read_patients(
        content, [&](const std::string& id) { return directory.find(id).value_or(Patient{}); });
    const Outcome outcome = store(import, directory, options.invent_emails_domain);

    const std::string name = options.file.filename().string();
    if (!import.unusable.empty()) trouble << name << ": " << import.unusable << '\n';
    for (const auto& refused : import.refused)
        trouble << name << ":" << (import.unit == "line" ? "" : import.unit + " ") << refused.line
                << ": " << refused.reason << '\n';
    if (options.json)
        write_json(options, import, outcome, out);
    else
        write_words(options, import, outcome, out);
    return import.patients.empty() && import.replaced.empty() &&
                   (!import.unusable.empty() || import.read > 0)
               ? 1
               : 0;
}
}  // namespace ppo_sim

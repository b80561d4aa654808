// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/patient_directory.hpp"

#include <Poco/JSON/Object.h>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ppo_sim {
/// A row that cannot be used.
struct Refused {
    std::size_t line = 0;
    std::string reason{};
};

/// A record that was replaced by another one: the two are one patient.
struct Replaced {
    std::size_t line = 0;
    Patient patient{};   // As the record says, which is never taken over while `into` is there.
    std::string into{};  // The id that replaces it.
};

/// What a file held. Always `read == patients.size() + replaced.size() + refused.size()`.
struct Import {
    std::string format{};       // "csv" or "fhir".
    std::string unit = "line";  // What `line` counts: lines, or the entries of a Bundle.
    std::size_t read = 0;       // Rows, without header and empty lines.
    std::vector<Patient> patients{};
    std::vector<Replaced> replaced{};
    std::vector<Refused> refused{};
    std::vector<std::string> unknown_columns{};
    std::map<std::string, std::size_t>
        notes{};             // What was taken with a pinch of salt, and how often.
    std::string unusable{};  // Why nothing of the file could be read; usually empty.
};

/// The chart that a row with this id adds to: the one on file, or an empty one.
using ChartOnFile = std::function<Patient(const std::string& id)>;

/// Reads patients from a CSV file with a header row. What the file does not say stays as it is on
/// file.
[[nodiscard]] Import read_csv_patients(const std::string& content, const ChartOnFile& on_file);

/// Reads FHIR R4 Patient resources: one JSON object a line, a single one, or a Bundle. What ended
/// before `today` (YYYY-MM-DD) is history. docs/records.md says which member becomes which fact.
[[nodiscard]] Import read_fhir_patients(const std::string& content, const ChartOnFile& on_file,
                                        const std::string& today);

/// Fills `patient` from one Patient resource, on top of the chart on file; returns the reason if it
/// cannot be used. `into` receives the reference to the record that replaces it, or stays empty.
[[nodiscard]] std::string take_fhir_patient(const Poco::JSON::Object::Ptr& resource,
                                            const ChartOnFile& on_file, const std::string& today,
                                            Patient& patient, std::string& into,
                                            std::map<std::string, std::size_t>& notes);

/// Reads either, told apart by the first character.
[[nodiscard]] Import read_patients(const std::string& content, const ChartOnFile& on_file);

/// What became of the records that were replaced.
struct Settled {
    std::vector<std::pair<std::string, std::string>> merges{};  // Losing and surviving id.
    std::size_t passed_over = 0;  // Never were on file, or are one with the other already.
};

/// Decides what happens to the replaced records: merged if both are on file or in the import; made
/// inactive, and so among `import.patients`, while the one that replaces them is not here.
[[nodiscard]] Settled settle_replaced(Import& import, const PatientDirectory& directory);

/// Gives a made-up e-mail address to each patient without one: first.last@domain, with a number
/// behind it where two would be alike. The same patients get the same addresses. `taken` are
/// addresses in use elsewhere.
void invent_emails(std::vector<Patient>& patients, const std::string& domain,
                   const std::vector<std::string>& taken);

/// Why this patient cannot be used by a plugin (too long, control characters, bad UTF-8, no name),
/// or empty.
[[nodiscard]] std::string why_unusable(const Patient& patient);

/// True if the bytes are well-formed UTF-8.
[[nodiscard]] bool is_utf8(const std::string& text);

struct ImportOptions {
    std::filesystem::path file{};
    std::filesystem::path data{};
    std::string invent_emails_domain{};
    bool json = false;
};

/// `ppo-sim import`: refused rows go to `trouble`, the summary to `out`. Returns the exit status:
/// 0, or 1 if nothing could be imported.
[[nodiscard]] int import_file(const ImportOptions& options, std::ostream& out,
                              std::ostream& trouble);
}  // namespace ppo_sim

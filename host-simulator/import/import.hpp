// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/patient_directory.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

namespace ppo_sim {
/// A row that cannot be used.
struct Refused {
    std::size_t line = 0;
    std::string reason{};
};

/// What a file held. Always `read == patients.size() + refused.size()`.
struct Import {
    std::string format{};  // "csv" or "fhir".
    std::size_t read = 0;  // Rows, without header and empty lines.
    std::vector<Patient> patients{};
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

/// Reads FHIR R4 Patient resources, one JSON object a line.
[[nodiscard]] Import read_fhir_patients(const std::string& content, const ChartOnFile& on_file);

/// Reads either, told apart by the first character.
[[nodiscard]] Import read_patients(const std::string& content, const ChartOnFile& on_file);

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

// SPDX-License-Identifier: Apache-2.0
#include "domain/csv_cell.hpp"

#include <string_view>

namespace ppo {
namespace {
/// Whether a spreadsheet may take the text for a formula: also behind blanks, and in the wide signs
/// of East Asia.
bool reads_as_formula(std::string_view value) {
    const auto first = value.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return false;
    if (value.find_first_of("\t\r\n") == 0)
        return true;  // Some programs start a cell anew behind these.
    value.remove_prefix(first);
    for (const std::string_view sign : {"=", "+", "-", "@", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"})
        if (value.substr(0, sign.size()) == sign) return true;
    return false;
}
}  // namespace

std::string csv_cell(const std::string& value) {
    const bool formula = reads_as_formula(value);
    const std::string safe = formula ? "'" + value : value;
    if (safe.find_first_of(",\"\r\n;") == std::string::npos) return safe;
    std::string quoted = "\"";
    for (const char c : safe) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
    return quoted + "\"";
}
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ppo_sim {
/// One row of a CSV file, or the reason why it is none.
struct CsvRow {
    std::size_t line = 0;  // Where it begins; the first line of the file is 1.
    std::vector<std::string> fields{};
    std::string problem{};  // Empty if the row can be used.
};

/// Reads RFC 4180 with a header row; the separator (comma, semicolon or tab) is found in the
/// header. Lines may end in LF, CRLF or CR; a byte order mark is skipped; empty lines are no rows.
/// A row whose quotation marks went wrong costs itself alone: reading goes on at the next line.
class CsvReader {
public:
    explicit CsvReader(std::string content);

    [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
    [[nodiscard]] char separator() const { return separator_; }

    /// The next row, with exactly as many fields as the header unless it has a problem.
    [[nodiscard]] std::optional<CsvRow> next();

private:
    CsvRow read_row();
    bool read_field(std::string& field, std::string& problem);
    void skip_line_end();
    [[nodiscard]] bool at_line_end() const;

    std::string content_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    char separator_ = ',';
    std::vector<std::string> header_{};
};
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace ppo {
/// Who reads a cell. A spreadsheet must show a name such as "=cmd()" and never run it (OWASP: CSV
/// injection): whatever it could take for the beginning of a formula gets an apostrophe in front,
/// also behind a separator, a quote or a line end, where a program that cuts lines otherwise than
/// we do would begin a cell. A machine gets the cell as it is.
enum class CellReader { Spreadsheet, Machine };

/// A text as one cell of a CSV file (RFC 4180), behind what is there already.
void append_csv_cell(std::string& to, std::string_view value, CellReader reader);

/// The same for TSV: a tab, a line end and a backslash within the cell are written as \t, \n, \r
/// and \\, so that a line is a row and a tab always begins a cell.
void append_tsv_cell(std::string& to, std::string_view value, CellReader reader);

/// One cell of a CSV file for a spreadsheet.
[[nodiscard]] std::string csv_cell(std::string_view value);
}  // namespace ppo

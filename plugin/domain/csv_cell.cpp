// SPDX-License-Identifier: Apache-2.0
#include "domain/csv_cell.hpp"

#include <array>
#include <initializer_list>

namespace ppo {
namespace {
constexpr unsigned quoted = 1;     // Stands within quotes in CSV.
constexpr unsigned escaped = 2;    // Is written otherwise in TSV.
constexpr unsigned separates = 4;  // Some program begins a cell anew behind it.
constexpr unsigned formula = 8;    // Begins a formula, or a letter that may.
constexpr unsigned blank = 16;

constexpr std::array<unsigned, 256> traits_of_bytes() {
    std::array<unsigned, 256> traits{};
    for (const char c : {',', ';', '"', '\t', '\r', '\n'}) traits[c] = quoted | separates;
    for (const char c : {'\t', '\r', '\n', '\\'}) traits[c] |= escaped;
    for (const char c : {'=', '+', '-', '@'}) traits[c] = formula;
    traits[0xEF] = formula;  // The first byte of the wide signs.
    traits[' '] = blank;
    return traits;
}
constexpr auto traits = traits_of_bytes();

unsigned traits_of(char c) { return traits[static_cast<unsigned char>(c)]; }

unsigned traits_of(std::string_view value) {
    unsigned all = 0;
    for (const char c : value) all |= traits_of(c);
    return all;
}

/// Whether a spreadsheet may take the text for a formula from here on; also in the wide signs of
/// East Asia.
bool begins_formula(std::string_view text) {
    for (const std::string_view sign : {"=", "+", "-", "@", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"})
        if (text.substr(0, sign.size()) == sign) return true;
    return false;
}

/// Some programs begin a cell anew behind these; a cell of nothing else is empty for everybody.
bool begins_with_line_end(std::string_view value) {
    return value.find_first_of("\t\r\n") == 0 &&
           value.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

/// The value as a spreadsheet only shows it.
std::string without_formulas(std::string_view value) {
    std::string safe;
    if (begins_with_line_end(value)) safe += '\'';
    std::size_t begin = safe.size();  // Of the cell, as far as any program can see.
    bool only_blanks = true;          // Since then.
    for (std::size_t i = 0; i < value.size(); ++i) {
        const unsigned known = traits_of(value[i]);
        if (only_blanks && (known & formula) != 0 && begins_formula(value.substr(i)))
            safe.insert(begin, 1, '\'');
        safe += value[i];
        if ((known & separates) != 0) {
            begin = safe.size();
            only_blanks = true;
        } else if ((known & blank) == 0) {
            only_blanks = false;
        }
    }
    return safe;
}

void append_in_quotes(std::string& to, std::string_view value) {
    to += '"';
    for (const char c : value) {
        if (c == '"') to += '"';
        to += c;
    }
    to += '"';
}

void append_escaped(std::string& to, std::string_view value) {
    for (const char c : value) switch (c) {
        case '\t': to += "\\t"; break;
        case '\n': to += "\\n"; break;
        case '\r': to += "\\r"; break;
        case '\\': to += "\\\\"; break;
        default: to += c;
        }
}
}  // namespace

void append_csv_cell(std::string& to, std::string_view value, CellReader reader) {
    const unsigned known = traits_of(value);
    std::string safe;
    if (reader == CellReader::Spreadsheet && (known & (formula | separates)) != 0) {
        safe = without_formulas(value);
        value = safe;
    }
    if ((known & quoted) != 0)
        append_in_quotes(to, value);
    else
        to += value;
}

void append_tsv_cell(std::string& to, std::string_view value, CellReader reader) {
    const unsigned known = traits_of(value);
    std::string safe;
    if (reader == CellReader::Spreadsheet && (known & (formula | separates)) != 0) {
        safe = without_formulas(value);
        // Within quotes a spreadsheet would read on over tabs and line ends.
        if (safe.front() == '"') safe.insert(0, 1, '\'');
        value = safe;
    }
    if ((known & escaped) != 0)
        append_escaped(to, value);
    else
        to += value;
}

std::string csv_cell(std::string_view value) {
    std::string cell;
    append_csv_cell(cell, value, CellReader::Spreadsheet);
    return cell;
}
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#include "import/csv.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace ppo_sim {
namespace {
char find_separator(std::string_view content) {
    const auto header = content.substr(0, content.find_first_of("\r\n"));
    char best = ',';
    std::ptrdiff_t most = 0;
    for (const char candidate : {',', ';', '\t'}) {
        const auto number = std::count(header.begin(), header.end(), candidate);
        if (number > most) {
            most = number;
            best = candidate;
        }
    }
    return best;
}
}  // namespace

CsvReader::CsvReader(std::string content) : content_{std::move(content)} {
    if (content_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    separator_ = find_separator(std::string_view{content_}.substr(at_));
    if (at_ < content_.size()) header_ = read_row().fields;
}

bool CsvReader::at_line_end() const {
    return at_ >= content_.size() || content_[at_] == '\n' || content_[at_] == '\r';
}

void CsvReader::skip_line_end() {
    if (at_ >= content_.size()) return;
    const bool carriage_return = content_[at_] == '\r';
    ++at_;
    if (carriage_return && at_ < content_.size() && content_[at_] == '\n') ++at_;
    ++line_;
}

/// Reads one field; true if a separator and hence another field follows.
bool CsvReader::read_field(std::string& field, std::string& problem) {
    if (at_ < content_.size() && content_[at_] == '"') {
        ++at_;
        for (;; ++at_) {
            if (at_ >= content_.size()) {
                problem = "a quotation mark is never closed";
                return false;
            }
            if (content_[at_] == '"') {
                if (at_ + 1 >= content_.size() || content_[at_ + 1] != '"') break;
                ++at_;
            }
            if (content_[at_] == '\n') ++line_;
            field += content_[at_];
        }
        ++at_;
        if (!at_line_end() && content_[at_] != separator_)
            problem = "text stands after a closing quotation mark";
    }
    while (!at_line_end() && content_[at_] != separator_) field += content_[at_++];
    if (at_line_end()) return false;
    ++at_;
    return true;
}

CsvRow CsvReader::read_row() {
    CsvRow row{};
    row.line = line_;
    bool more = true;
    while (more) more = read_field(row.fields.emplace_back(), row.problem);
    skip_line_end();
    return row;
}

std::optional<CsvRow> CsvReader::next() {
    while (at_ < content_.size() && at_line_end()) skip_line_end();
    if (at_ >= content_.size()) return std::nullopt;
    const std::size_t begin = at_;
    CsvRow row = read_row();
    if (row.problem.empty() && row.fields.size() != header_.size())
        row.problem = "has " + std::to_string(row.fields.size()) + " columns, the header has " +
                      std::to_string(header_.size());
    const bool spans_lines = line_ > row.line + 1 || at_ >= content_.size();
    if (!row.problem.empty() && spans_lines) {
        // A stray quotation mark swallowed the rows below: give them back.
        at_ = std::min(content_.find_first_of("\r\n", begin), content_.size());
        line_ = row.line;
        skip_line_end();
    }
    return row;
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "hl7/batch.hpp"

#include <algorithm>
#include <string_view>

namespace ppo_sim {
namespace {
constexpr char block_begins = 0x0B;
constexpr char block_ends = 0x1C;

bool is_framing(char c) { return c == block_begins || c == block_ends; }
}  // namespace

Hl7Batch split_hl7(const std::string& content) {
    Hl7Batch batch{};
    int files = 0;
    int batches = 0;
    std::string_view rest{content};
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    while (!rest.empty()) {
        const auto end = std::min(rest.find_first_of("\r\n"), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        while (!line.empty() && is_framing(line.front())) line.remove_prefix(1);
        while (!line.empty() && is_framing(line.back())) line.remove_suffix(1);
        const std::string_view name = line.substr(0, 3);
        if (name == "FHS") ++files;
        if (name == "FTS") --files;
        if (name == "BHS") ++batches;
        if (name == "BTS") --batches;
        if (line.empty() || name == "FHS" || name == "BHS" || name == "BTS" || name == "FTS")
            continue;
        if (name == "MSH") batch.messages.emplace_back();
        if (batch.messages.empty()) {
            batch.unusable = "does not begin with MSH, FHS or BHS";
            break;
        }
        batch.messages.back().append(line).append("\r");
    }
    const char last = content.empty() ? ' ' : content.back();
    const bool at_end = last == '\r' || last == '\n' || last == block_ends;
    batch.complete = at_end && files <= 0 && batches <= 0;
    if (batch.messages.empty() && batch.unusable.empty()) batch.unusable = "has no message";
    return batch;
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "validate/check.hpp"

#include <algorithm>
#include <cstring>

namespace ppo_validate {
namespace {
constexpr std::uint32_t most_failures_told = 12;
}

void Findings::at(std::string_view what) {
    const auto size = std::min(what.size(), sizeof notebook_.at - 1);
    std::memcpy(notebook_.at, what.data(), size);
    notebook_.at[size] = '\0';
}

void Findings::put(char kind, std::string_view text) {
    const auto needed = static_cast<std::uint32_t>(text.size() + 2);
    const std::uint32_t begin = notebook_.used.fetch_add(needed);
    if (begin + needed > sizeof notebook_.text) {
        notebook_.used -= needed;
        return;
    }
    notebook_.text[begin] = kind;
    std::memcpy(notebook_.text + begin + 1, text.data(), text.size());
    notebook_.text[begin + needed - 1] = '\0';
}

void Findings::fail(std::string_view sentence) {
    if (notebook_.failures++ < most_failures_told) put('F', sentence);
}

void Findings::skip(std::string_view why) { put('S', why); }

void Findings::figure(std::string_view name, std::string_view value) {
    put('N', std::string{name} + '\t' + std::string{value});
}

Outcome read_outcome(const Notebook& notebook, const std::string& ending) {
    Outcome outcome;
    const std::size_t used = std::min<std::size_t>(notebook.used, sizeof notebook.text);
    for (std::size_t begin = 0; begin < used;) {
        const std::string text{notebook.text + begin + 1};
        const auto tab = text.find('\t');
        if (notebook.text[begin] == 'F') outcome.problems.push_back(text);
        if (notebook.text[begin] == 'S') outcome.skipped_because = text;
        if (notebook.text[begin] == 'N')
            outcome.figures.push_back({text.substr(0, tab), text.substr(tab + 1)});
        begin += text.size() + 2;
    }
    const std::uint32_t failures = notebook.failures;
    if (failures > most_failures_told)
        outcome.problems.push_back("... and " + std::to_string(failures - most_failures_told) +
                                   " more of these.");
    if (!ending.empty()) {
        const std::string at = notebook.at;
        outcome.problems.push_back("The check " + ending + (at.empty() ? "." : " at: " + at));
    }
    if (!outcome.problems.empty())
        outcome.verdict = Verdict::Fail;
    else if (!outcome.skipped_because.empty())
        outcome.verdict = Verdict::Skipped;
    return outcome;
}

std::vector<Check> all_checks() {
    std::vector<Check> all;
    put_loading_checks(all);
    put_life_checks(all);
    put_setting_checks(all);
    put_slot_checks(all);
    put_view_checks(all);
    put_report_checks(all);
    put_batch_checks(all);
    put_callback_checks(all);
    put_thread_checks(all);
    put_privacy_checks(all);
    put_unload_checks(all);
    return all;
}
}  // namespace ppo_validate

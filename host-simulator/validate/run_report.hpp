// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "validate/check.hpp"

#include <ostream>

namespace ppo_validate {
/// Not a check: reads what the plugin says of itself, for the head of the report.
[[nodiscard]] Check about_the_plugin();

/// Tells people what each check found, as it comes, and keeps it for a program to read.
class RunReport {
public:
    RunReport(const Target& target, std::ostream& out) : target_{target}, out_{out} {}
    void begin(const Outcome& about);
    /// Of a plugin that cannot be asked for its table, only the checks that can say why.
    [[nodiscard]] bool has_something_for(const Check& check) const;
    /// Of a check that has nothing to look at.
    [[nodiscard]] Outcome skipped() const;
    void add(const Check& check, const Outcome& outcome);
    void end();
    /// As in validate-report-1.schema.json. Throws if the file cannot be written.
    void write_json(const std::string& file) const;
    /// 0: nothing is wrong, 1: a check failed, 2: the checks could not be made.
    [[nodiscard]] int exit_status() const;

private:
    struct Line {
        Check check{};
        Outcome outcome{};
    };
    [[nodiscard]] std::size_t count(Verdict verdict) const;
    [[nodiscard]] double seconds() const;

    const Target& target_;
    std::ostream& out_;
    std::vector<Figure> about_{};
    std::vector<Line> lines_{};
    /// Pass: the plugin gave its table. Skipped: it has no entry to ask, or cannot be loaded.
    /// Fail: its entry gave none, or it crashed or hung meanwhile.
    Verdict asked_ = Verdict::Skipped;
    std::string why_not_asked_{};
};
}  // namespace ppo_validate

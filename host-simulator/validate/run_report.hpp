// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "validate/check.hpp"

#include <ostream>

namespace ppo_validate {
/// Not a check: reads what the plugin says of itself, for the head of the report.
[[nodiscard]] Check about_the_plugin();

/// Of a check that had no plugin to look at.
[[nodiscard]] Outcome not_loaded();

/// Tells people what each check found, as it comes, and keeps it for a program to read.
class RunReport {
public:
    RunReport(const Target& target, std::ostream& out) : target_{target}, out_{out} {}
    void begin(const Outcome& about);
    void add(const Check& check, const Outcome& outcome);
    void end();
    /// As in validate-report-1.schema.json. Throws if the file cannot be written.
    void write_json(const std::string& file) const;
    [[nodiscard]] bool good() const { return count(Verdict::Fail) == 0; }
    [[nodiscard]] bool can_be_loaded() const { return loaded_; }

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
    bool loaded_ = false;
};
}  // namespace ppo_validate

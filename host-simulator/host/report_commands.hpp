// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/settings.hpp"

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace ppo_sim {
/// What `ppo-sim report` is told. Every text as it was typed; empty = not said.
struct ReportOptions : StoreOptions {
    std::string format{};  // "csv", "tsv", "jsonl", "json", "html"; empty = counts in words.
    bool raw = false;      // Of csv and tsv: cells as they are.
    std::filesystem::path output{};      // Empty = standard output.
    std::vector<std::string> columns{};  // "patient_id", "name" and so on.
    std::string by{};                    // "all", "provider", "tag", "week": the funnel by group.

    std::vector<std::string> statuses{};  // "red", "gray", "orange", "green".
    std::vector<std::string> marks{};     // "no e-mail", "link expired" and so on.
    std::string tag{};
    std::string provider{};
    std::string search{};
    std::string enabled{};       // "yes", "no".
    std::string has_username{};  // Likewise.
    std::string appointment_after{};
    std::string appointment_before{};
    std::string sort{};  // "name", "status", "last_invited", "last_signed_in", "next_appointment".
    bool descending = false;
    std::uint64_t limit = 0;
};

/// Prints the onboarding report: counts in words, the funnel by group, or every row in a format,
/// which with `output` is written into a file that is there whole or not at all. Returns the exit
/// status: 0, or 2 after a line in `trouble`.
[[nodiscard]] int print_report(const ReportOptions& options, std::ostream& out,
                               std::ostream& trouble);
}  // namespace ppo_sim

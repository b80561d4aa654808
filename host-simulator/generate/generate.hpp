// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>

namespace ppo_sim {
struct GenerateOptions {
    std::uint64_t count = 0;
    std::uint64_t seed = 1;
    std::string today{};               // YYYY-MM-DD; empty = the date of this machine, UTC.
    std::uint64_t access_granted = 0;  // Percent.
    bool lines = false;                // As a data folder keeps them, instead of CSV.
    std::filesystem::path output{};    // Empty = standard output.
};

/// `ppo-sim generate`: made-up patients, one after the other in constant memory, for `ppo-sim
/// import` or, as lines, for a data folder. Returns the exit status: 0, or 2 if they could not be
/// written.
[[nodiscard]] int generate(const GenerateOptions& options, std::ostream& out,
                           std::ostream& trouble);
}  // namespace ppo_sim

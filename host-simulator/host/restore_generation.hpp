// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

namespace ppo_sim {
// How often a practice's store was restored from a backup, in a file of one line. It stands outside
// of the store, which would forget it with everything else.

/// 0 without a file. Throws std::runtime_error naming the file if it holds anything else than a
/// number.
[[nodiscard]] std::uint64_t read_generation(const std::filesystem::path& file);

/// Makes it one more, and `at_least` that; it is on the disk when this returns what it is now.
/// Throws std::runtime_error.
std::uint64_t raise_generation(const std::filesystem::path& file, std::uint64_t at_least);
}  // namespace ppo_sim

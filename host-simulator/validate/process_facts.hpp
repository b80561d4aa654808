// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace ppo_validate {
// What this process holds now.
[[nodiscard]] std::size_t open_files();
[[nodiscard]] std::size_t running_threads();
/// Memory that this process has written to, in KiB: heap, stacks and data of libraries.
[[nodiscard]] std::size_t memory_kib();
}  // namespace ppo_validate

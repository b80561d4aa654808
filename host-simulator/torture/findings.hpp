// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "torture/slots.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

namespace ppo_torture {
struct Instance;

/// How often each slot was called in this process.
[[nodiscard]] std::array<std::atomic<std::uint64_t>, slot_count>& calls_of_slots();

/// The host did wrong: one line into its log, and one JSON line into the file that
/// PPO_TORTURE_REPORT names. `instance` may be null: then there is no log. The code is stable.
void found(const Instance* instance, const char* code, Slot slot, const std::string& sentence);

/// The end of the process, or of the library in it: how often each slot was called, into the file.
void write_summary();
}  // namespace ppo_torture

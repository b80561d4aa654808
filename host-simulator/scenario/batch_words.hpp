// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/world.hpp"

#include <cstdint>
#include <string>

namespace ppo_sim {
/// Why a batch leaves somebody out, as scenarios write it: "no_email", "already_signed_in".
[[nodiscard]] std::string word_of_reason(ppo_result reason);

/// The bits of "RED,GRAY"; throws StepFailed for a word that is no colour.
[[nodiscard]] std::uint32_t statuses_of(const std::string& colours);

/// The batch that was started last; throws StepFailed without one.
[[nodiscard]] BatchProgress newest_batch(World& world);
}  // namespace ppo_sim

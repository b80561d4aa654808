// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ppo/ppo.h>

#include <cstdint>
#include <string>

namespace ppo_torture {
/// One way to say no.
struct Refusal {
    ppo_result result = 0;
    std::string code{};
    std::string field{};
    std::string message{};
    std::int64_t retry_after_ms = 0;
};

/// The nth of them: every band, known and unknown, with and without words and waits. They repeat.
[[nodiscard]] Refusal refusal(std::uint64_t nth);
/// How many there are before they repeat.
[[nodiscard]] std::uint64_t refusal_count();
/// What `create` may answer, from 1: faults known and unknown, and misuses.
[[nodiscard]] Refusal refusal_of_create(std::uint32_t nth);
}  // namespace ppo_torture

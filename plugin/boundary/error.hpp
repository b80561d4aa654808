// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/outcome.hpp"
#include "ppo/results.h"

#include <string_view>

namespace ppo {
class Instance;

/// The result that a refusal crosses the ABI as.
[[nodiscard]] ppo_result to_result(Refusal reason);

/// "misuse_null", "fault_store_busy": the constant's name in lower case.
[[nodiscard]] std::string_view result_code(ppo_result result);

/// Writes the error, as much of it as the caller's struct holds. Never throws, never allocates.
void write_error(ppo_error* error, ppo_result result, std::string_view code, std::string_view field,
                 std::string_view message, std::int64_t retry_after_ms) noexcept;

/// The result of an outcome; a refusal fills the error.
[[nodiscard]] ppo_result answer(const Outcome& outcome, ppo_error* error);

/// Turns the exception in flight into a result and fills the error; logs faults with the slot's
/// name. The one place of the callable side where exceptions end. Never throws, but lets a thread's
/// cancellation pass.
[[nodiscard]] ppo_result answer_exception(ppo_error* error, const Instance* instance);
}  // namespace ppo

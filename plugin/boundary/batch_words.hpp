// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/batch.hpp"
#include "domain/practice.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// How views speak of batches of invitations.
namespace ppo {
/// "12,345"
[[nodiscard]] std::string grouped(std::int64_t number);

/// "1 patient", "12,345 patients"
[[nodiscard]] std::string counted(std::int64_t number, std::string_view noun);

/// "held back", "running", "paused", "done", "cancelled", "undone".
[[nodiscard]] std::string_view batch_state_word(BatchState state);

struct OutcomeWords {
    BatchOutcome outcome = BatchOutcome::Waiting;
    std::string_view id{};    // "taken_back"
    std::string_view word{};  // "taken back"
};

/// Every outcome with its words, in the order in which people read them.
[[nodiscard]] const std::vector<OutcomeWords>& all_batch_outcomes();

[[nodiscard]] std::string_view batch_outcome_word(BatchOutcome outcome);

/// Whether it is held back, runs or is paused.
[[nodiscard]] bool is_open(const BatchProgress& batch);

/// Whether it moves by itself, so that a view is worth looking at again.
[[nodiscard]] bool moves(const BatchProgress& batch);

/// How many of its patients nothing more will happen to.
[[nodiscard]] std::int64_t settled(const BatchProgress& batch);

/// "120 of 565 mailed, 12 skipped, 3 failed"
[[nodiscard]] std::string batch_counts(const BatchProgress& batch);

/// How it stands, in one line: "Held back until 09:02: can be undone; 553 will be mailed",
/// "120 of 565 mailed, 12 skipped, about 118 a minute, done about 14:05", "Paused: ...".
[[nodiscard]] std::string batch_sentence(const BatchProgress& batch, const Practice& practice,
                                         UnixTime now);
}  // namespace ppo

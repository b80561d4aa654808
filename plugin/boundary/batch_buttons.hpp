// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/model_writer.hpp"
#include "boundary/view.hpp"
#include "domain/batch.hpp"
#include "domain/practice.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

// A batch of invitations as every view shows and steers it.
namespace ppo {
/// A bar with how the batch stands, and the buttons that its state allows.
void write_batch(ModelWriter& model, const BatchProgress& batch, const Practice& practice,
                 UnixTime now);

/// The number in an action's argument; nothing if it is none.
[[nodiscard]] std::optional<std::int64_t> batch_number(std::string_view argument);

/// The batch of this number as it stands now.
[[nodiscard]] std::optional<BatchProgress> look_at_batch(Instance& instance, std::int64_t id);

/// Whether act_on_batch knows this action.
[[nodiscard]] bool is_batch_action(std::string_view action);

/// Does what a button of write_batch says. Refused: NotPermitted, UnknownBatch, BatchState.
Outcome act_on_batch(Instance& instance, const Caller& caller, std::string_view action,
                     std::string_view argument, Effects& effects);
}  // namespace ppo

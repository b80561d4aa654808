// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/batch.hpp"
#include "domain/practice.hpp"
#include "store/report_table.hpp"

#include <functional>
#include <optional>
#include <string>

namespace ppo {
class Connection;

/// Why this patient of a batch is skipped now; nothing if a mail is queued. Preview, start and the
/// patient's turn ask this.
[[nodiscard]] std::optional<Refusal> why_skipped(Connection& connection, const Practice& practice,
                                                 const Invitee& invitee, bool signed_in_too,
                                                 UnixTime now);

/// Goes through a selection once, in constant memory for a filter, and says of each patient whether
/// there would be a mail. Counts the mails that it foresees against the caps of addresses too.
void judge_selection(
    Connection& connection, const Practice& practice, const BatchSelection& selection, UnixTime now,
    const std::function<void(const std::string& patient_id, std::optional<Refusal>)>& take);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/batch.hpp"
#include "support/temp_store.hpp"

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace ppo {
/// "P0001"
[[nodiscard]] std::string person_id(int number);

/// Puts so many patients on file, from number 1, each with access and an address of their own.
void add_people(TempStore& store, int count);

[[nodiscard]] BatchSelection everybody();
[[nodiscard]] BatchSelection these(std::vector<std::string> patient_ids);

/// Starts a batch that must start; returns its number.
std::int64_t start_some(TempStore& store, const Practice& practice, const BatchSelection& selection,
                        UnixTime at = noon);

/// Advances batches until nothing is left to do; returns how many steps that were. The host knows
/// nothing new.
int advance_all(TempStore& store, const Practice& practice, UnixTime at);

/// Every mail that is due leaves, as `state`, now.
int settle_due(TempStore& store, UnixTime at, MailState state = MailState::Sent);

[[nodiscard]] BatchProgress progress_of(TempStore& store, std::int64_t id, UnixTime at = noon);
[[nodiscard]] std::int64_t how_many(const BatchProgress& progress, BatchOutcome outcome);

/// "P0001 skipped refused_no_email;P0002 waiting ;" in the batch's order.
[[nodiscard]] std::string people_of(TempStore& store, std::int64_t id, std::uint32_t outcomes = 0,
                                    UnixTime at = noon);

/// What the audit says of batches, oldest first: "batch_started nurse-1 batch=1 ...;"
[[nodiscard]] std::string batch_record(TempStore& store);

inline std::ostream& operator<<(std::ostream& out, BatchState state) {
    return out << "batch state " << static_cast<int>(state);
}
inline std::ostream& operator<<(std::ostream& out, BatchOutcome outcome) {
    return out << "outcome " << static_cast<int>(outcome);
}
}  // namespace ppo

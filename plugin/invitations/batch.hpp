// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/actor.hpp"
#include "domain/batch.hpp"
#include "domain/practice.hpp"
#include "domain/refresh_patients.hpp"
#include "domain/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Invitations to many at once: looked at first, held back for a while, then sent by `work`.
namespace ppo {
class Database;

/// Says what a batch of this selection would do now; changes nothing.
[[nodiscard]] BatchPreview preview_batch(Database& database, const Practice& practice,
                                         const BatchSelection& selection, UnixTime now);

/// Stores who is selected now, and who of them is skipped. Nothing leaves before the hold-back is
/// over. Refused: BatchEmpty.
Result<BatchStarted> start_batch(Database& database, const Practice& practice,
                                 const BatchSelection& selection, const Actor& actor, UnixTime now);

/// Takes a batch back within its hold-back. Refused: UnknownBatch, BatchState.
Result<Done> undo_batch(Database& database, std::int64_t id, const Actor& actor, UnixTime now);

/// Stops a batch that is held back or runs. Refused: UnknownBatch, BatchState.
Result<Done> pause_batch(Database& database, std::int64_t id, const Actor& actor, UnixTime now);

/// Lets a paused batch go on. Refused: UnknownBatch, BatchState.
Result<Done> resume_batch(Database& database, std::int64_t id, const Actor& actor, UnixTime now);

/// Ends a batch for good: whoever waits is not mailed, queued mails of it are taken out and their
/// links die. Refused: UnknownBatch, BatchState.
Result<Done> cancel_batch(Database& database, std::int64_t id, const Actor& actor, UnixTime now);

/// The batches with their progress, the newest first; with an id this one only, or none.
[[nodiscard]] std::vector<BatchProgress> read_batches(Database& database, const Practice& practice,
                                                      std::optional<std::int64_t> id, UnixTime now);

/// Up to `limit` patients of a batch behind a place, in the batch's order. `outcomes`: bit
/// (1 << outcome) for each one wanted, 0 = all.
[[nodiscard]] std::vector<BatchPerson> read_batch_people(Database& database, std::int64_t id,
                                                         std::uint32_t outcomes, std::int64_t after,
                                                         std::int64_t limit, UnixTime now);

/// One step of whatever batch is due: begins it, queues the next mails of it, or ends it. False if
/// there is nothing to do now. Queues no more than what can leave soon, so the outbox stays small.
bool advance_batches(Database& database, const Practice& practice, const RefreshPatients& refresh,
                     UnixTime now);
}  // namespace ppo

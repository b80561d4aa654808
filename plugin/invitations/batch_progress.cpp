// SPDX-License-Identifier: Apache-2.0
#include "invitations/batch.hpp"

#include "invitations/batch_pace.hpp"
#include "store/batch_table.hpp"
#include "store/database.hpp"

#include <algorithm>

namespace ppo {
namespace {
/// Mails of the batch that have yet to leave.
std::int64_t still_to_leave(const BatchProgress& progress) {
    std::int64_t mails = 0;
    for (const auto outcome : {BatchOutcome::Waiting, BatchOutcome::Queued, BatchOutcome::Deferred,
                               BatchOutcome::Sending})
        mails += progress.by_outcome[static_cast<std::size_t>(outcome)];
    return mails;
}
}  // namespace

std::vector<BatchProgress> read_batches(Database& database, const Practice& practice,
                                        std::optional<std::int64_t> id, UnixTime now) {
    std::vector<BatchProgress> all;
    Reading reading{database};
    const auto pace = read_pace(reading, now);
    for (const auto& batch : read_stored_batches(reading, id)) {
        BatchProgress progress;
        progress.id = batch.id;
        progress.state = batch.state;
        progress.started_by = batch.started_by.id;
        progress.started_at = batch.started_at;
        progress.starts_at = batch.starts_at;
        progress.ended_at = batch.ended_at;
        progress.selected = batch.selected;
        progress.by_outcome = count_outcomes(reading, batch.id, now);
        if (batch.state == BatchState::Running) {
            progress.mails_per_minute = pace.measured_a_minute;
            progress.done_at = last_leaves_at(still_to_leave(progress), pace, practice, now);
        }
        all.push_back(std::move(progress));
    }
    return all;
}

std::vector<BatchPerson> read_batch_people(Database& database, std::int64_t id,
                                           std::uint32_t outcomes, std::int64_t after,
                                           std::int64_t limit, UnixTime now) {
    Reading reading{database};
    return read_people(reading, id, outcomes, after, limit, now);
}
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/actor.hpp"
#include "domain/batch.hpp"
#include "store/outbox_table.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
class Connection;
class Transaction;

/// A row of `batch`.
struct Batch {
    std::int64_t id = 0;
    BatchState state = BatchState::HeldBack;
    Actor started_by{};
    UnixTime started_at{};
    UnixTime starts_at{};
    std::optional<UnixTime> ended_at{};
    bool signed_in_too = false;
    std::int64_t selected = 0;
};

[[nodiscard]] std::optional<Batch> find_batch(Connection& connection, std::int64_t id);

/// The newest first; with an id this one only, or none.
[[nodiscard]] std::vector<Batch> read_stored_batches(Connection& connection,
                                                     std::optional<std::int64_t> id);

/// Batches for which something may be due: running, or held back for long enough. Oldest first.
[[nodiscard]] std::vector<Batch> due_batches(Connection& connection, UnixTime now);

/// Stores a batch without people and gives it the next number.
[[nodiscard]] std::int64_t add_batch(Transaction& transaction, const Batch& batch);

/// One who is selected: waiting, or skipped for a reason.
void add_batch_person(Transaction& transaction, std::int64_t id, std::int64_t place,
                      std::string_view patient_id, std::optional<Refusal> skipped_because);

void put_batch_selected(Transaction& transaction, std::int64_t id, std::int64_t selected);

// Steps from one state to the next: guarded updates, whose row count decides who was first. False:
// the batch is in another state by now.
[[nodiscard]] bool begin_batch(Transaction& transaction, std::int64_t id, UnixTime now);
[[nodiscard]] bool hold_batch(Transaction& transaction, std::int64_t id);
[[nodiscard]] bool release_batch(Transaction& transaction, std::int64_t id, UnixTime now);
/// Only while nobody of it was mailed and, if it is paused, before the hold-back is over.
[[nodiscard]] bool take_back_batch(Transaction& transaction, std::int64_t id, UnixTime now);
[[nodiscard]] bool stop_batch(Transaction& transaction, std::int64_t id, UnixTime now);
/// Only if nobody waits and every mail of it is settled.
[[nodiscard]] bool finish_batch(Transaction& transaction, std::int64_t id, UnixTime now);

/// Stops every batch that has not ended, and returns how many; in any batch nobody waits and no
/// mail is to come any more. The mails are the caller's: cancel_all_mails.
int stop_all_batches(Transaction& transaction, UnixTime now);

/// Whoever waits does so no longer; returns how many that were.
int take_back_waiting(Transaction& transaction, std::int64_t id);

/// Somebody of a batch whose turn comes.
struct WaitingPerson {
    std::int64_t place = 0;
    std::string patient_id{};
};

/// The next ones who wait, in the batch's order.
[[nodiscard]] std::vector<WaitingPerson> next_waiting(Connection& connection, std::int64_t id,
                                                      int limit);

/// The person waits no longer: a mail is queued, or none because of a reason. False if that had
/// been decided already.
[[nodiscard]] bool put_person_queued(Transaction& transaction, const BatchPlace& place,
                                     std::string_view mail_id);
[[nodiscard]] bool put_person_skipped(Transaction& transaction, const BatchPlace& place,
                                      Refusal reason);

/// What became of one place of a batch, when its mail was settled.
void put_batch_outcome(Transaction& transaction, const BatchPlace& place, MailState state);

/// A mail of a batch that is queued and in nobody's hand.
struct IdleMail {
    std::string patient_id{};
    std::string invitation_id{};
};
[[nodiscard]] std::vector<IdleMail> idle_mails(Connection& connection, std::int64_t id,
                                               UnixTime now);

/// How many mails of running batches lie in the outbox: all, and those that are due.
struct BatchMails {
    std::int64_t pending = 0;
    std::int64_t due = 0;
};
[[nodiscard]] BatchMails batch_mails(Connection& connection, UnixTime now);

/// How many there are of each outcome, BatchOutcome::Sending among them.
[[nodiscard]] std::array<std::int64_t, batch_outcomes> count_outcomes(Connection& connection,
                                                                      std::int64_t id,
                                                                      UnixTime now);

/// How many mails will leave before one that is queued now: queued ones, and who waits in batches.
[[nodiscard]] std::int64_t mails_ahead(Connection& connection);

/// Mails that workers handed over in the minutes of the clock behind `since`.
struct HandedOver {
    std::int64_t mails = 0;
    std::optional<UnixTime> first_at{};  // Begin of the first minute in which any was.
};
[[nodiscard]] HandedOver handed_over(Connection& connection, UnixTime since, UnixTime now);

/// Up to `limit` people behind a place, in the batch's order. `outcomes`: bit (1 << outcome) for
/// each one wanted, 0 = all.
[[nodiscard]] std::vector<BatchPerson> read_people(Connection& connection, std::int64_t id,
                                                   std::uint32_t outcomes, std::int64_t after,
                                                   std::int64_t limit, UnixTime now);
}  // namespace ppo

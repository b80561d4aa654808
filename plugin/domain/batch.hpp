// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/refusal.hpp"
#include "domain/report_query.hpp"
#include "domain/unix_time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ppo {
/// How a batch of invitations stands. The numbers are stored and cross the ABI.
enum class BatchState {
    HeldBack = 1,  // Nothing leaves before the hold-back is over; until then it can be undone.
    Running = 2,
    Paused = 3,
    Done = 4,
    Cancelled = 5,
    Undone = 6,
};

/// What became of one patient of a batch. Once the mail is queued these are the numbers of
/// MailState. They are stored and cross the ABI.
enum class BatchOutcome {
    Queued = 1,
    Sent = 2,
    Deferred = 3,
    Failed = 4,
    Unknown = 5,
    Cancelled = 6,
    Bounced = 7,
    Sending = 8,  // Never stored: queued or deferred, and in a worker's hand.
    Waiting = 16,
    Skipped = 17,
    TakenBack = 18,
};
inline constexpr std::size_t batch_outcomes = 24;

/// Whom a batch is for: everybody whom the filter matches, or the patients named.
struct BatchSelection {
    std::optional<ReportQuery> filter{};
    std::vector<std::string> patient_ids{};
    bool signed_in_too = false;
};

/// What a batch would do.
struct BatchPreview {
    std::int64_t selected = 0;
    std::int64_t to_mail = 0;
    std::vector<std::pair<Refusal, std::int64_t>> skips{};  // The most frequent first.
    UnixTime done_at{};  // About when the last mail leaves, if it began now.
};

/// A batch as stored.
struct BatchStarted {
    std::int64_t id = 0;
    std::int64_t selected = 0;
    std::int64_t to_mail = 0;
    UnixTime starts_at{};
};

/// A batch and how far it is.
struct BatchProgress {
    std::int64_t id = 0;
    BatchState state = BatchState::HeldBack;
    std::string started_by{};
    UnixTime started_at{};
    UnixTime starts_at{};
    std::optional<UnixTime> ended_at{};
    std::int64_t selected = 0;
    std::array<std::int64_t, batch_outcomes> by_outcome{};  // Index: BatchOutcome.
    std::int64_t mails_per_minute = 0;
    std::optional<UnixTime> done_at{};  // While it runs: about when it will be done.
};

/// One patient of a batch.
struct BatchPerson {
    std::int64_t place = 0;  // From 1.
    std::string patient_id{};
    std::string name{};  // "Last, First"
    BatchOutcome outcome = BatchOutcome::Waiting;
    std::optional<Refusal> skipped_because{};
    std::string reason{};  // The mail server's words, cleaned.
    std::optional<UnixTime> queued_at{};
    std::optional<UnixTime> next_try_at{};
};
}  // namespace ppo

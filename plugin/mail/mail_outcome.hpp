// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/outgoing_mail.hpp"
#include "store/outbox_table.hpp"

#include <optional>

namespace ppo {
/// When a mail that was deferred for the n-th time (1 is the first) is tried again: 1, 5, 15, 30
/// minutes, 1, 2, 4 hours and so on, each up to a fifth sooner or later by the mail's id, so that
/// many that were put off together do not come back together; nothing once it was tried for a day.
/// Days in which the mail server took nothing at all do not count.
[[nodiscard]] std::optional<UnixTime> next_try(const QueuedMail& mail, std::int64_t tries,
                                               UnixTime now);

/// What becomes of a mail whose try ended so. Trouble with the mail server is not the mail's fault:
/// it burns no try. An unknown outcome is tried once more, and whoever is tried so stays unknown
/// until a server said yes or no.
[[nodiscard]] MailOutcome outcome_of(const QueuedMail& mail, const Delivery& delivery,
                                     UnixTime now);

/// What becomes of a mail that found nobody whom it may go to.
[[nodiscard]] MailOutcome outcome_for_nobody(const QueuedMail& mail, UnixTime now);

/// Stores the outcome of a mail in hand, and an audit entry for each of its people. `links` is
/// AnyEnd where the people are those whom it was written for. Nothing if the lease is another
/// worker's by now.
void settle(Transaction& transaction, const QueuedMail& mail, std::string_view lease,
            const MailOutcome& outcome, Links links);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/outbox_table.hpp"

#include <optional>
#include <string_view>

namespace ppo {
class Connection;
class Transaction;

/// A mail that was ever queued: what it is, how it stands, its batch and its people. The rest of
/// the row is left out.
[[nodiscard]] std::optional<QueuedMail> find_queued_mail(Connection& connection,
                                                         std::string_view mail_id);

/// Stores that a mail came back, if the mail server had taken it or may have; false if that was
/// known already, or if it never left. A retry that waits is dropped, and a worker that has one in
/// hand loses its lease. Those whom the mail invites are brought up to date.
[[nodiscard]] bool put_mail_bounced(Transaction& transaction, const QueuedMail& mail,
                                    std::string_view reason);
}  // namespace ppo

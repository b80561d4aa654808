// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/outgoing_mail.hpp"
#include "mail/transport.hpp"
#include "store/outbox_table.hpp"

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>

namespace ppo {
class Database;

/// Keeps the outbox's promises: takes a mail that is due, has it written, hands it on, stores how
/// that ended. No lock and no transaction is held while the network is waited for. Several workers,
/// also in other processes, may run at once.
class OutboxWorker {
public:
    /// Writes the mail as it is true now; nothing if nobody may be mailed any more.
    using Compose = std::function<std::optional<OutgoingMail>(const QueuedMail& mail,
                                                              UnixTime now)>;

    OutboxWorker(Database& database, Transport& transport, Compose compose);

    /// Sends one mail, or finds out that it need not leave. False if none is due, or if the mail
    /// server is being left alone after trouble that was not the mail's fault.
    bool send_one(UnixTime now);

private:
    void settle(const QueuedMail& mail, const std::string& lease, const MailOutcome& outcome,
                std::string_view action, UnixTime now);
    [[nodiscard]] bool relay_is_resting(UnixTime now);
    void rest_relay(UnixTime now);
    void relay_works();

    Database& database_;
    Transport& transport_;
    Compose compose_;
    std::mutex relay_{};
    int relay_failures_ = 0;
    std::optional<UnixTime> relay_rests_until_{};
};

/// When a mail that was deferred for the n-th time (1 is the first) is tried again: 1, 5, 15, 30
/// minutes, 1, 2, 4 hours and so on; nothing once a day has passed since it was queued.
[[nodiscard]] std::optional<UnixTime> next_try(UnixTime queued_at, std::int64_t tries,
                                               UnixTime now);
}  // namespace ppo

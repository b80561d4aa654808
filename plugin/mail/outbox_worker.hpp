// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/outgoing_mail.hpp"
#include "domain/practice.hpp"
#include "domain/refresh_patients.hpp"
#include "mail/transport.hpp"
#include "store/outbox_table.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ppo {
class Database;

/// Keeps the outbox's promises: takes mails that are due, a group at a time, has each written,
/// hands it on, stores how that ended. No lock and no transaction is held while the network is
/// waited for. Several workers, also in other processes, may run at once; the practice's caps hold
/// over all of them.
class OutboxWorker {
public:
    /// Writes the mail as it is true now; nothing if nobody may be mailed any more. From any
    /// thread.
    using Compose = std::function<std::optional<OutgoingMail>(const QueuedMail& mail,
                                                              UnixTime now)>;
    /// Tells staff's side of the host, once an outage: one sentence without an address.
    using Tell = std::function<void(std::string_view sentence)>;

    /// `journal` is a path that the names of the worker's journals begin with, beside the store: a
    /// journal remembers, if this process is killed, which mails had left.
    OutboxWorker(Database& database, Transport& transport, Compose compose,
                 const Practice& practice, std::string journal, Tell tell);
    ~OutboxWorker();
    OutboxWorker(const OutboxWorker&) = delete;
    OutboxWorker& operator=(const OutboxWorker&) = delete;

    /// Sends a group of mails, or finds out that they need not leave. False if none is due, if the
    /// caps are reached, or if the mail server is being left alone after trouble that was not the
    /// mails' fault. Begins nothing new once `until` is past: about the budget of `work`, and the
    /// time on top in which other writers of the store were waited for.
    /// Of several threads that ask at once one sends, the others get false.
    /// Whoever waited longer than a minute for the mail is read again by `refresh` before it
    /// leaves; if that fails for somebody the mail is deferred, and what failed is thrown at the
    /// end.
    bool send_group(UnixTime now, std::chrono::steady_clock::time_point until,
                    const RefreshPatients& refresh = {});

    /// From now on nothing new is sent, and a transport that gives up is not taken for trouble.
    /// Belongs before Transport::interrupt. From any thread.
    void stop();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};
}  // namespace ppo

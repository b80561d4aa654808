// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/outgoing_mail.hpp"

namespace ppo {
/// A way out for mails. One thread sends; only interrupt() may come from another.
class Transport {
public:
    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport() = default;

    /// Hands one mail on and says truthfully how that ended. Trouble with the network, the server
    /// or the disk is an answer, never an exception; a mail that cannot be written at all is
    /// Failed.
    [[nodiscard]] virtual Delivery send(const OutgoingMail& mail) = 0;

    /// Ends this transport: a running send() returns within a second, later ones answer Deferred at
    /// once.
    virtual void interrupt() {}
};
}  // namespace ppo

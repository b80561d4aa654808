// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/outgoing_mail.hpp"

#include <functional>
#include <string>

namespace ppo {
/// One step on the way of a mail, for people who look for trouble.
struct MailStep {
    std::string step{};  // As ppo/mail.h names them: "connect", "auth" and so on.
    bool passed = false;
    std::string sentence{};
};
using TellStep = std::function<void(const MailStep& step)>;

/// A way out for mails.
class Transport {
public:
    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport() = default;

    /// How many threads may be in send() at the same time; with 1, it is the thread of `work`.
    [[nodiscard]] virtual int connections() const { return 1; }

    /// Hands one mail on and says truthfully how that ended. Trouble with the network, the server
    /// or the disk is an answer, never an exception; a mail that cannot be written at all is
    /// Failed. Calls `leaving` right before the bytes leave that may make it ours no longer: until
    /// then nobody can have got it.
    using Leaving = std::function<void()>;
    [[nodiscard]] virtual Delivery send(const OutgoingMail& mail, const Leaving& leaving) = 0;

    /// Goes the way of a mail and tells each step, up to the first that fails. Hands `mail` over if
    /// there is one, else nothing. From any thread.
    virtual void walk(const OutgoingMail* mail, const TellStep& tell) = 0;

    /// Ends this transport where it waits for a network: a running send() or walk() returns within
    /// a second, later ones answer Deferred at once. Nothing to do where it does not. From any
    /// thread.
    virtual void interrupt() {}
};
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mail/smtp_address.hpp"
#include "mail/smtp_deadlines.hpp"
#include "mail/transport.hpp"

#include <memory>
#include <string>

namespace ppo {
struct SmtpSettings {
    SmtpAddress server{};
    std::string user{};  // Empty = no AUTH.
    std::string password{};
    std::string ca_file{};         // PEM; empty = the system's authorities.
    int connections = 1;           // At the same time, at most.
    int mails_a_connection = 100;  // Then QUIT: servers hang up on those who stay for ever.
    SmtpDeadlines deadlines{};
};

class SmtpPool;

/// Hands mails to one mail server, over as many connections at the same time as the settings say.
/// A connection is kept between mails and made anew where it went stale; a mail is tried on a
/// second connection only while nothing of it has been said on the first.
class SmtpTransport final : public Transport {
public:
    explicit SmtpTransport(SmtpSettings settings);
    ~SmtpTransport() override;

    [[nodiscard]] int connections() const override;
    [[nodiscard]] Delivery send(const OutgoingMail& mail, const Leaving& leaving) override;
    void walk(const OutgoingMail* mail, const TellStep& tell) override;
    void interrupt() override;

private:
    std::unique_ptr<SmtpPool> pool_;
};
}  // namespace ppo

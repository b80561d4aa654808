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
    std::string ca_file{};  // PEM; empty = the system's authorities.
    int connections = 1;    // At the same time, at most.
    SmtpDeadlines deadlines{};
};

class SmtpSession;

/// Hands mails to one mail server. The connection is kept between mails and made anew where it went
/// stale; a mail is tried on a second connection only while nothing of it has been said on the
/// first.
class SmtpTransport final : public Transport {
public:
    explicit SmtpTransport(SmtpSettings settings);
    ~SmtpTransport() override;

    [[nodiscard]] Delivery send(const OutgoingMail& mail, const Leaving& leaving) override;
    void walk(const OutgoingMail* mail, const TellStep& tell) override;
    void interrupt() override;

private:
    std::unique_ptr<SmtpSession> session_;
};
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mail/sample_mail.hpp"
#include "mail/scripted_server.hpp"
#include "mail/smtp_transport.hpp"

#include <string>

namespace ppo_test {
inline ppo::SmtpSettings settings_for(const ScriptedServer& server) {
    ppo::SmtpSettings settings;
    settings.server = {ppo::SmtpSecurity::Plain, "127.0.0.1", server.port()};
    settings.deadlines.connect = std::chrono::seconds{5};
    settings.deadlines.command = std::chrono::seconds{5};
    settings.deadlines.data = std::chrono::seconds{5};
    settings.deadlines.final_dot = std::chrono::seconds{5};
    return settings;
}

/// One mail to a server that behaves but for one answer.
inline ppo::Delivery deliver(MailServer& mail_server,
                             const ppo::OutgoingMail& mail = sample_mail()) {
    ScriptedServer server{mail_server.script()};
    ppo::SmtpTransport transport{settings_for(server)};
    return transport.send(mail, [] {});
}

inline ppo::Delivery deliver_with(const std::string& step, const std::string& answer) {
    MailServer mail_server;
    mail_server.answers[step] = answer;
    return deliver(mail_server);
}

inline bool is_broken(const ppo::Delivery& delivery) {
    return delivery.state == ppo::DeliveryState::Deferred && delivery.relay_broken &&
           !delivery.reason.empty();
}
inline bool is_later(const ppo::Delivery& delivery) {
    return delivery.state == ppo::DeliveryState::Deferred && !delivery.relay_broken;
}

inline constexpr const char* no_extensions = "250 mx.test\r\n";
}  // namespace ppo_test

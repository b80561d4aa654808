// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_transport.hpp"

#include "mail/header_encoder.hpp"
#include "mail/mail_message.hpp"
#include "mail/sigpipe_guard.hpp"
#include "mail/smtp_dialogue.hpp"
#include "mail/smtp_tls.hpp"

#include <Poco/Exception.h>
#include <sodium.h>

#include <atomic>
#include <utility>

namespace ppo {
namespace {
Delivery broken(const std::string& reason) {
    return {.state = DeliveryState::Deferred, .reason = reason, .relay_broken = true};
}
}  // namespace

/// The settings, the one conversation that is kept, and the flag that ends it all.
class SmtpSession {
public:
    explicit SmtpSession(SmtpSettings settings) : settings_{std::move(settings)} {}
    SmtpSession(const SmtpSession&) = delete;
    SmtpSession& operator=(const SmtpSession&) = delete;
    ~SmtpSession() {
        const SigpipeGuard no_signal;
        dialogue_.reset();
        sodium_memzero(settings_.password.data(), settings_.password.size());
    }

    [[nodiscard]] Delivery send(const OutgoingMail& mail, const Transport::Leaving& leaving);
    void stop() { stopped_ = true; }

private:
    [[nodiscard]] Delivery hand_over(const OutgoingMail& mail, const std::string& message,
                                     SteadyTime session_end);
    void connect(SteadyTime session_end);

    SmtpSettings settings_{};
    std::atomic<bool> stopped_{false};
    Poco::Net::Context::Ptr context_{};
    std::unique_ptr<SmtpDialogue> dialogue_{};
    SteadyTime last_used_{};
};

Delivery SmtpSession::send(const OutgoingMail& mail, const Transport::Leaving& leaving) {
    leaving();
    const SigpipeGuard no_signal;
    if (stopped_) return broken("Sending was stopped.");
    const auto now = std::chrono::steady_clock::now();
    try {
        const std::string message = write_message(mail);
        const bool is_fresh = dialogue_ && now - last_used_ <= settings_.deadlines.idle;
        if (!is_fresh || !dialogue_->is_usable()) dialogue_.reset();
        const auto delivery = hand_over(mail, message, now + settings_.deadlines.session);
        last_used_ = std::chrono::steady_clock::now();
        return delivery;
    } catch (const UnwritableHeader& bad) {
        return {.state = DeliveryState::Failed, .reason = bad.what()};
    } catch (
        const std::runtime_error& trouble) {  // ConnectionLost, SmtpProtocolFault, RelayRefusal.
        dialogue_.reset();
        return broken(trouble.what());
    } catch (const Poco::Exception&) {
        dialogue_.reset();
        return broken("The connection to the mail server cannot be set up.");
    }
}

Delivery SmtpSession::hand_over(const OutgoingMail& mail, const std::string& message,
                                SteadyTime session_end) {
    if (dialogue_) {
        try {
            const auto delivery = dialogue_->hand_over(mail, message, session_end);
            const bool was_hung_up = delivery.state == DeliveryState::Deferred &&
                                     !dialogue_->has_answered();
            if (!was_hung_up) return delivery;
        } catch (const ConnectionLost&) {
            // The server closed the kept connection while we looked away; nothing of this mail was
            // said.
            if (dialogue_->has_answered() || stopped_) throw;
        }
        dialogue_.reset();
    }
    connect(session_end);
    return dialogue_->hand_over(mail, message, session_end);
}

void SmtpSession::connect(SteadyTime session_end) {
    const bool is_encrypted = settings_.server.security != SmtpSecurity::Plain;
    if (is_encrypted && context_.isNull()) {
        try {
            context_ = make_smtp_tls_context(settings_.server.host, settings_.ca_file);
        } catch (const Poco::Exception&) {
            throw RelayRefusal{"The certificate authorities for the mail server cannot be read."};
        }
    }
    dialogue_ = std::make_unique<SmtpDialogue>(settings_, context_, stopped_, session_end);
}

SmtpTransport::SmtpTransport(SmtpSettings settings)
    : session_{std::make_unique<SmtpSession>(std::move(settings))} {}

SmtpTransport::~SmtpTransport() = default;

Delivery SmtpTransport::send(const OutgoingMail& mail, const Leaving& leaving) {
    return session_->send(mail, leaving);
}

void SmtpTransport::walk(const OutgoingMail*, const TellStep&) {}

void SmtpTransport::interrupt() { session_->stop(); }
}  // namespace ppo

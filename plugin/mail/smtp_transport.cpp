// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_transport.hpp"

#include "mail/header_encoder.hpp"
#include "mail/mail_message.hpp"
#include "mail/sigpipe_guard.hpp"
#include "mail/smtp_dialogue.hpp"
#include "mail/smtp_tls.hpp"

#include <Poco/Exception.h>
#include <sodium.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

namespace ppo {
namespace {
Delivery broken(const std::string& reason) {
    return {.state = DeliveryState::Deferred, .reason = reason, .relay_broken = true};
}

/// What an attempt comes to whose trouble is an answer.
template <class Attempt>
Delivery outcome_of(const Attempt& attempt) {
    try {
        return attempt();
    } catch (const UnwritableHeader& bad) {
        return {.state = DeliveryState::Failed, .reason = bad.what()};
    } catch (const ConnectionLost& trouble) {
        return broken(trouble.what());
    } catch (const SmtpProtocolFault& trouble) {
        return broken(trouble.what());
    } catch (const RelayRefusal& trouble) {
        return broken(trouble.what());
    } catch (const Poco::Exception&) {
        return broken("The connection to the mail server cannot be set up.");
    }
}

SteadyTime steady_now() { return std::chrono::steady_clock::now(); }

/// A dialogue that is kept between mails.
struct Conversation {
    Conversation(const SmtpSettings& settings, const Poco::Net::Context::Ptr& context,
                 const std::atomic<bool>& stopped, SteadyTime session_end)
        : dialogue{settings, context, stopped, session_end, steps} {}

    SmtpSteps steps{};  // Nobody listens.
    SmtpDialogue dialogue;
    SteadyTime began = steady_now();
    SteadyTime last_used = began;
    int mails = 0;
};
}  // namespace

/// The settings, the conversations that nobody uses at the moment, and the flag that ends it all.
class SmtpPool {
public:
    explicit SmtpPool(SmtpSettings settings) : settings_{std::move(settings)} {
        settings_.connections = std::max(settings_.connections, 1);
    }
    SmtpPool(const SmtpPool&) = delete;
    SmtpPool& operator=(const SmtpPool&) = delete;
    ~SmtpPool() {
        const SigpipeGuard no_signal;
        idle_.clear();
        sodium_memzero(settings_.password.data(), settings_.password.size());
    }

    [[nodiscard]] int connections() const { return settings_.connections; }
    [[nodiscard]] Delivery send(const OutgoingMail& mail, const Transport::Leaving& leaving);
    void walk(const OutgoingMail* mail, const TellStep& tell);
    void stop();

private:
    class Place;
    [[nodiscard]] Delivery hand_over(Place& place, const OutgoingMail& mail,
                                     const Transport::Leaving& leaving, SteadyTime session_end);
    [[nodiscard]] std::unique_ptr<Conversation> open(SteadyTime session_end);
    [[nodiscard]] Poco::Net::Context::Ptr tls_context();
    [[nodiscard]] std::unique_ptr<Conversation> take_idle();
    [[nodiscard]] bool may_go_on(Conversation& conversation) const;

    SmtpSettings settings_{};
    std::atomic<bool> stopped_{false};
    std::mutex mutex_{};
    std::condition_variable place_is_free_{};
    int busy_ = 0;
    std::vector<std::unique_ptr<Conversation>> idle_{};
    std::mutex tls_mutex_{};
    Poco::Net::Context::Ptr tls_context_{};
};

/// One of the connections that we may have, for one mail.
class SmtpPool::Place {
public:
    Place(SmtpPool& pool, SteadyTime session_end) : pool_{pool} {
        std::unique_lock lock{pool_.mutex_};
        const bool is_free = pool_.place_is_free_.wait_until(lock, session_end, [this] {
            return pool_.stopped_ || pool_.busy_ < pool_.settings_.connections;
        });
        if (pool_.stopped_) throw ConnectionLost{"Sending was stopped."};
        if (!is_free) throw ConnectionLost{"No connection to the mail server became free."};
        ++pool_.busy_;
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
        const bool is_kept = conversation && pool_.may_go_on(*conversation);
        if (!is_kept) conversation.reset();  // Says QUIT, so before the place is another's.
        {
            const std::lock_guard lock{pool_.mutex_};
            if (is_kept) pool_.idle_.push_back(std::move(conversation));
            --pool_.busy_;
        }
        pool_.place_is_free_.notify_one();
    }

    std::unique_ptr<Conversation> conversation{};

private:
    SmtpPool& pool_;
};

Delivery SmtpPool::send(const OutgoingMail& mail, const Transport::Leaving& leaving) {
    const SigpipeGuard no_signal;
    return outcome_of([&] {
        const auto session_end = steady_now() + settings_.deadlines.session;
        Place place{*this, session_end};
        return hand_over(place, mail, leaving, session_end);
    });
}

void SmtpPool::walk(const OutgoingMail* mail, const TellStep& tell) {
    const SigpipeGuard no_signal;
    SmtpSteps steps{tell};
    const auto delivery = outcome_of([&] {
        const auto session_end = steady_now() + settings_.deadlines.walk;
        steps.begin("content");
        const std::string message = mail == nullptr ? std::string{} : write_message(*mail);
        steps.begin("tls");
        const auto context = tls_context();
        SmtpDialogue dialogue{settings_, context, stopped_, session_end, steps};
        if (mail == nullptr) return Delivery{.state = DeliveryState::Sent};
        return dialogue.hand_over(
            *mail, message, [] {}, session_end);
    });
    if (delivery.state != DeliveryState::Sent) steps.fail(delivery.reason);
}

Delivery SmtpPool::hand_over(Place& place, const OutgoingMail& mail,
                             const Transport::Leaving& leaving, SteadyTime session_end) {
    const std::string message = write_message(mail);
    const auto try_once = [&] {
        auto& conversation = *place.conversation;
        ++conversation.mails;
        const auto delivery = conversation.dialogue.hand_over(mail, message, leaving, session_end);
        conversation.last_used = steady_now();
        return delivery;
    };
    place.conversation = take_idle();
    if (place.conversation) {
        try {
            const auto delivery = try_once();
            const bool was_hung_up = delivery.state == DeliveryState::Deferred &&
                                     !place.conversation->dialogue.has_answered();
            if (!was_hung_up) return delivery;
        } catch (const ConnectionLost&) {
            // The server closed the kept connection while we looked away; nothing of this mail was
            // said.
            if (place.conversation->dialogue.has_answered() || stopped_) throw;
        }
        place.conversation.reset();
    }
    place.conversation = open(session_end);
    return try_once();
}

std::unique_ptr<Conversation> SmtpPool::open(SteadyTime session_end) {
    return std::make_unique<Conversation>(settings_, tls_context(), stopped_, session_end);
}

Poco::Net::Context::Ptr SmtpPool::tls_context() {
    if (settings_.server.security == SmtpSecurity::Plain) return {};
    const std::lock_guard lock{tls_mutex_};
    if (tls_context_.isNull()) {
        try {
            tls_context_ = make_smtp_tls_context(settings_.server.host, settings_.ca_file);
        } catch (const Poco::Exception&) {
            throw RelayRefusal{"The certificate authorities for the mail server cannot be read."};
        }
    }
    return tls_context_;
}

std::unique_ptr<Conversation> SmtpPool::take_idle() {
    while (true) {
        std::unique_ptr<Conversation> found;
        {
            const std::lock_guard lock{mutex_};
            if (idle_.empty()) return nullptr;
            found = std::move(idle_.back());
            idle_.pop_back();
        }
        const bool is_fresh = steady_now() - found->last_used <= settings_.deadlines.idle;
        if (is_fresh && may_go_on(*found)) return found;
    }
}

bool SmtpPool::may_go_on(Conversation& conversation) const {
    return conversation.mails < settings_.mails_a_connection &&
           steady_now() - conversation.began < settings_.deadlines.connection &&
           conversation.dialogue.is_usable();
}

void SmtpPool::stop() {
    {
        const std::lock_guard lock{mutex_};  // Nobody misses it between looking and waiting.
        stopped_ = true;
    }
    place_is_free_.notify_all();
}

SmtpTransport::SmtpTransport(SmtpSettings settings)
    : pool_{std::make_unique<SmtpPool>(std::move(settings))} {}

SmtpTransport::~SmtpTransport() = default;

int SmtpTransport::connections() const { return pool_->connections(); }

Delivery SmtpTransport::send(const OutgoingMail& mail, const Leaving& leaving) {
    return pool_->send(mail, leaving);
}

void SmtpTransport::walk(const OutgoingMail* mail, const TellStep& tell) {
    pool_->walk(mail, tell);
}

void SmtpTransport::interrupt() { pool_->stop(); }
}  // namespace ppo

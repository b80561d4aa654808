// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mail/outbox_worker.hpp"
#include "mail/sending_journal.hpp"

#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <optional>
#include <vector>

namespace ppo {
/// A leased mail and how far it has come.
struct MailInHand {
    QueuedMail mail{};
    std::optional<Delivery> delivery{};  // Nothing while it was not tried.
    bool finds_nobody = false;           // Nobody may be mailed any more.
    bool is_chart_unreadable = false;    // So it must not leave now.
    bool may_have_left = false;          // From "leaving" on.
};

/// Hands the mails of one group over, on as many threads as the transport takes. Stores nothing.
class GroupSender {
public:
    GroupSender(Transport& transport, const OutboxWorker::Compose& compose, SendingJournal& journal,
                const std::atomic<bool>& stopped, std::vector<MailInHand>& mails, UnixTime now);

    /// Tries mails from where it stood, at least one, and none behind the first `ready`; begins
    /// nothing new once `until` is past. Those whose chart cannot be read are begun, but not tried.
    /// Returns once all that it began have ended.
    void send(std::size_t ready, std::chrono::steady_clock::time_point until);

    /// How many mails it has begun: these come first.
    [[nodiscard]] std::size_t begun() const { return next_; }

    /// Whether the rest must stay: the mail server is in trouble, the worker is being stopped, or
    /// something broke.
    [[nodiscard]] bool must_end() const { return has_trouble_ || stopped_; }

    /// What broke while mails were written or handed over; nothing if all went well.
    [[nodiscard]] std::exception_ptr failure() const { return failure_; }

private:
    void send_some(std::size_t first, std::size_t ready,
                   std::chrono::steady_clock::time_point until);
    [[nodiscard]] MailInHand* next(std::size_t first, std::size_t ready,
                                   std::chrono::steady_clock::time_point until);
    void send_one(MailInHand& item);
    void keep_failure();

    Transport& transport_;
    const OutboxWorker::Compose& compose_;
    SendingJournal& journal_;
    const std::atomic<bool>& stopped_;
    std::vector<MailInHand>& mails_;
    UnixTime now_;
    std::atomic<bool> has_trouble_{false};
    std::mutex mutex_{};
    std::size_t next_ = 0;
    std::exception_ptr failure_{};
};
}  // namespace ppo

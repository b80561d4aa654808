// SPDX-License-Identifier: Apache-2.0
#include "mail/outbox_worker.hpp"

#include "domain/actor.hpp"
#include "store/audit_table.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <array>
#include <mutex>

namespace ppo {
namespace {
using std::chrono::minutes;

constexpr minutes lease_time{20};  // Longer than the longest dialogue with a mail server.
constexpr minutes unknown_retry{
    30};  // The one careful retry after a connection lost at the last byte.
constexpr std::chrono::hours give_up_after{24};
constexpr std::array<minutes, 7> waits{minutes{1},  minutes{5},   minutes{15}, minutes{30},
                                       minutes{60}, minutes{120}, minutes{240}};
constexpr std::array<minutes, 5> relay_rests{minutes{1}, minutes{2}, minutes{4}, minutes{8},
                                             minutes{15}};

std::string_view action_of(MailState state) {
    switch (state) {
    case MailState::Sent: return "mail_sent";
    case MailState::Deferred: return "mail_deferred";
    case MailState::Failed: return "mail_failed";
    case MailState::Unknown: return "mail_outcome_unknown";
    case MailState::None:
    case MailState::Queued:
    case MailState::Cancelled:
    case MailState::Bounced: return "mail_cancelled";
    }
    return "mail_cancelled";
}

std::string_view word_of(MailKind kind) {
    switch (kind) {
    case MailKind::Invitation: return "invitation";
    case MailKind::UsernameReminder: return "username_reminder";
    case MailKind::PasswordChanged: return "password_changed";
    case MailKind::UsernameChanged: return "username_changed";
    }
    return {};
}

MailOutcome deferred(const QueuedMail& mail, const Delivery& delivery, UnixTime now) {
    // A relay that is down is not this mail's fault: the try does not count against it.
    const auto tries = mail.tries + (delivery.relay_broken ? 0 : 1);
    const auto at = next_try(mail, std::max<std::int64_t>(tries, 1), now);
    if (!at) return {MailState::Failed, tries, {}, "Given up after a day. " + delivery.reason};
    return {MailState::Deferred, tries, at, delivery.reason};
}

MailOutcome outcome_of(const QueuedMail& mail, const Delivery& delivery, UnixTime now) {
    const bool once_unknown = mail.state == MailState::Unknown;
    switch (delivery.state) {
    case DeliveryState::Sent:
        return {MailState::Sent,
                mail.tries + 1,
                {},
                once_unknown ? "It may have been sent twice." : ""};
    case DeliveryState::Deferred: return deferred(mail, delivery, now);
    case DeliveryState::Failed: return {MailState::Failed, mail.tries + 1, {}, delivery.reason};
    case DeliveryState::Unknown: {
        const auto again = once_unknown ? std::nullopt : std::optional{now + unknown_retry};
        return {MailState::Unknown, mail.tries + 1, again, delivery.reason};
    }
    }
    return {};
}
}  // namespace

std::optional<UnixTime> next_try(const QueuedMail& mail, std::int64_t tries, UnixTime now) {
    if (now - mail.created_at >= give_up_after) return std::nullopt;
    const auto index = std::min<std::size_t>(static_cast<std::size_t>(tries - 1), waits.size() - 1);
    return now + waits.at(index);
}

struct OutboxWorker::Parts {
    Database& database;
    Transport& transport;
    Compose compose;
    const Practice& practice;
    std::string journal;
    Tell tell;
    std::mutex relay{};
    int relay_failures = 0;
    std::optional<UnixTime> relay_rests_until{};

    void settle(const QueuedMail& mail, const std::string& lease, const MailOutcome& outcome,
                std::string_view action, UnixTime now);
    [[nodiscard]] bool relay_is_resting(UnixTime now);
    void rest_relay(UnixTime now);
    void relay_works();
};

OutboxWorker::OutboxWorker(Database& database, Transport& transport, Compose compose,
                           const Practice& practice, std::string journal, Tell tell)
    : parts_{new Parts{database, transport, std::move(compose), practice, std::move(journal),
                       std::move(tell)}} {}
OutboxWorker::~OutboxWorker() = default;

bool OutboxWorker::send_group(UnixTime now, std::chrono::steady_clock::time_point) {
    auto& self = *parts_;
    if (self.relay_is_resting(now)) return false;
    const auto lease = random_id();
    std::optional<QueuedMail> mail;
    {
        Reading reading{self.database};  // Looking costs no lock; taking does.
        const auto due = next_mail_due_at(reading);
        if (!due || *due > now) return false;
    }
    {
        Transaction transaction{self.database};
        mail = lease_due_mail(transaction, now, now + lease_time, lease);
        if (!mail) return false;
        transaction.commit();
    }
    const auto written = self.compose(*mail, now);
    if (!written) {
        self.settle(*mail, lease,
                    {MailState::Cancelled, mail->tries, {}, "Nobody may be mailed any more."},
                    "mail_cancelled", now);
        return true;
    }
    const Delivery delivery = self.transport.send(*written, [] {});
    const auto outcome = outcome_of(*mail, delivery, now);
    self.settle(*mail, lease, outcome, action_of(outcome.state), now);
    if (delivery.relay_broken)
        self.rest_relay(now);
    else
        self.relay_works();
    return true;
}

void OutboxWorker::Parts::settle(const QueuedMail& mail, const std::string& lease,
                                 const MailOutcome& outcome, std::string_view action,
                                 UnixTime now) {
    Transaction transaction{database};
    auto timed = outcome;
    timed.at = now;
    if (!settle_mail(transaction, mail, lease, timed)) return;
    for (const auto& person : mail.people)
        record(transaction,
               {.action = action, .patient_id = person.patient_id, .detail = word_of(mail.kind)},
               Actor{}, now);
    transaction.commit();
}

bool OutboxWorker::Parts::relay_is_resting(UnixTime now) {
    const std::lock_guard lock{relay};
    return relay_rests_until && *relay_rests_until > now;
}

void OutboxWorker::Parts::rest_relay(UnixTime now) {
    const std::lock_guard lock{relay};
    const auto index = std::min<std::size_t>(static_cast<std::size_t>(relay_failures),
                                             relay_rests.size() - 1);
    ++relay_failures;
    relay_rests_until = now + relay_rests.at(index);
}

void OutboxWorker::Parts::relay_works() {
    const std::lock_guard lock{relay};
    relay_failures = 0;
    relay_rests_until.reset();
}
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#include "mail/mail_outcome.hpp"

#include "domain/actor.hpp"
#include "store/audit_table.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <array>

namespace ppo {
namespace {
using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr minutes unknown_retry{30};
constexpr std::chrono::hours give_up_after{24};
constexpr std::int64_t tries_of_a_day = 12;
constexpr std::array<minutes, 7> waits{minutes{1},  minutes{5},   minutes{15}, minutes{30},
                                       minutes{60}, minutes{120}, minutes{240}};

/// A figure of its own for each mail, the same every time: FNV-1a.
std::uint32_t figure_of(std::string_view id) {
    std::uint32_t figure = 2'166'136'261U;
    for (const char c : id) figure = (figure ^ static_cast<unsigned char>(c)) * 16'777'619U;
    return figure;
}

milliseconds scattered(milliseconds wait, std::string_view mail_id) {
    constexpr std::int64_t least = 800;  // Thousandths.
    constexpr std::int64_t most = 1200;
    const auto thousandths = least + figure_of(mail_id) % (most - least + 1);
    return wait * thousandths / 1000;
}

bool once_unknown(const QueuedMail& mail) { return mail.state == MailState::Unknown; }

MailOutcome deferred(const QueuedMail& mail, const Delivery& delivery, UnixTime now) {
    const auto state = once_unknown(mail) ? MailState::Unknown : MailState::Deferred;
    // The mail server's rest holds it back; the link's end ends it.
    if (delivery.relay_broken) return {state, mail.tries, now, delivery.reason, now};
    const auto tries = mail.tries + 1;
    if (const auto at = next_try(mail, tries, now)) return {state, tries, at, delivery.reason, now};
    const auto end = once_unknown(mail) ? MailState::Unknown : MailState::Failed;
    return {end, tries, {}, "Given up after a day. " + delivery.reason, now};
}

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

std::string_view word_of(const QueuedMail& mail) {
    switch (mail.kind) {
    case MailKind::Invitation: return mail.is_reminder ? "reminder" : "invitation";
    case MailKind::UsernameReminder: return "username_reminder";
    case MailKind::PasswordChanged: return "password_changed";
    case MailKind::UsernameChanged: return "username_changed";
    case MailKind::EmailChanged: return "email_changed";
    case MailKind::SignInTrouble: return "sign_in_trouble";
    }
    return {};
}
}  // namespace

std::optional<UnixTime> next_try(const QueuedMail& mail, std::int64_t tries, UnixTime now) {
    if (now - mail.created_at >= give_up_after && tries >= tries_of_a_day) return std::nullopt;
    const auto index = std::min<std::size_t>(static_cast<std::size_t>(tries - 1), waits.size() - 1);
    return now + scattered(waits.at(index), mail.id);
}

MailOutcome outcome_of(const QueuedMail& mail, const Delivery& delivery, UnixTime now) {
    const auto tries = mail.tries + 1;
    switch (delivery.state) {
    case DeliveryState::Sent: {
        const auto* reason = once_unknown(mail) ? "It may have been sent twice." : "";
        return {MailState::Sent, tries, {}, reason, now};
    }
    case DeliveryState::Deferred: return deferred(mail, delivery, now);
    case DeliveryState::Failed: return {MailState::Failed, tries, {}, delivery.reason, now};
    case DeliveryState::Unknown: {
        const auto again = once_unknown(mail) ? std::nullopt : std::optional{now + unknown_retry};
        return {MailState::Unknown, tries, again, delivery.reason, now};
    }
    }
    return {};
}

MailOutcome outcome_for_nobody(const QueuedMail& mail, UnixTime now) {
    return {MailState::Cancelled, mail.tries, {}, "Nobody may be mailed any more.", now};
}

void settle(Transaction& transaction, const QueuedMail& mail, std::string_view lease,
            const MailOutcome& outcome, Links links) {
    if (!settle_mail(transaction, mail, lease, outcome, links)) return;
    for (const auto& person : mail.people)
        record(transaction,
               {.action = action_of(outcome.state),
                .patient_id = person.patient_id,
                .detail = word_of(mail)},
               Actor{}, outcome.at);
}
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/outgoing_mail.hpp"
#include "domain/practice.hpp"
#include "invitations/invitation_mail.hpp"
#include "store/outbox_table.hpp"

#include <optional>
#include <string>

namespace ppo {
class Database;

/// Writes a queued mail as it is true now: links are re-derived, and whoever must not be mailed any
/// more (link dead, access off, chart closed, address changed, no mail wanted) is left out. Notices
/// about an account leave also when its access went off. Nothing if nobody is left.
[[nodiscard]] std::optional<OutgoingMail> compose_mail(Database& database, const Practice& practice,
                                                       const QueuedMail& mail, UnixTime now);

/// What mails say of the practice.
[[nodiscard]] PracticeWords words_of(const Practice& practice);

/// A mail from the practice, still without words.
[[nodiscard]] OutgoingMail address_mail(const Practice& practice, const std::string& mail_id,
                                        const std::string& recipient, UnixTime date);
}  // namespace ppo

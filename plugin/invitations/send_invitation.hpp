// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/account.hpp"
#include "domain/actor.hpp"
#include "domain/practice.hpp"
#include "domain/result.hpp"
#include "store/invitation_table.hpp"
#include "store/outbox_table.hpp"
#include "store/report_table.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
class Connection;
class Database;
class Transaction;

/// Why nothing may be mailed to this patient, whatever it is; nothing if nothing stands against it.
[[nodiscard]] std::optional<Refusal> why_not_mailable(const AccountFacts& facts);

/// Why this patient cannot be mailed a link now: the same, then what the patient said about being
/// invited.
[[nodiscard]] std::optional<Refused> why_not_invitable(const AccountFacts& facts, UnixTime now);

/// Why no link is mailed to this patient now: what why_not_invitable says, then the cool-down, then
/// the caps of patient and address in 24 hours. The one rule for single invitations, batches and
/// what patients ask for.
[[nodiscard]] std::optional<Refused> why_not_now(Connection& connection, const Practice& practice,
                                                 const Invitee& invitee, UnixTime now);
[[nodiscard]] Invitee to_invitee(const Account& account);

/// Why nothing more is mailed to this address now, whatever it is; nothing if its cap allows it.
[[nodiscard]] std::optional<Refused> why_not_to_address(Connection& connection,
                                                        const Practice& practice,
                                                        std::string_view address, UnixTime now);

/// An invitation as queued.
struct QueuedInvitation {
    UnixTime link_expires_at{};
};

/// Queues the one mail with a link: it invites a new patient and resets the password of an old one.
/// Earlier links of the patient stop working. The patient's row is as fresh as the caller made it.
///
/// Refused: UnknownPatient, ChartDeceased, ChartInactive, AccessNotEnabled, NoEmail, InvalidEmail,
/// OptedOut, Declined, Deferred, CoolingDown, TooManyMails.
Result<QueuedInvitation> send_invitation(Database& database, const Practice& practice,
                                         std::string_view patient_id, const Actor& actor,
                                         UnixTime now);

/// Links as queued.
struct QueuedLinks {
    std::string mail_id{};
    UnixTime first_expiry{};
};

/// Queues one mail with one link a person, within an action: all of them share the address. The
/// mail of a batch can wait.
QueuedLinks queue_links(Transaction& transaction, const Practice& practice,
                        const std::vector<Account>& people, LinkOrigin origin, const Actor& actor,
                        UnixTime now, const std::optional<BatchPlace>& batch = std::nullopt);

/// The stable word of the record: "first_set_up", "reset_by_staff", "asked_by_patient".
[[nodiscard]] std::string_view origin_word(LinkOrigin origin);

/// What a link is for that staff send: the first set-up, or a new password.
[[nodiscard]] LinkOrigin origin_for(const Account& account);

/// Withdraws the open link, and its mail if that has not left. Refused: UnknownPatient,
/// NoOpenInvitation.
Result<Done> revoke_invitation(Database& database, std::string_view patient_id, const Actor& actor,
                               UnixTime now);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/account.hpp"
#include "domain/actor.hpp"
#include "domain/practice.hpp"
#include "domain/result.hpp"
#include "store/invitation_table.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace ppo {
class Database;
class Transaction;

/// Why this patient cannot be mailed a link; nothing if nothing stands against it.
[[nodiscard]] std::optional<Refusal> why_not_invitable(const Account& account);

/// An invitation as queued.
struct QueuedInvitation {
    UnixTime link_expires_at{};
};

/// Queues the one mail with a link: it invites a new patient and resets the password of an old one.
/// Earlier links of the patient stop working. The patient's row is as fresh as the caller made it.
///
/// Refused: UnknownPatient, ChartDeceased, ChartInactive, AccessNotEnabled, NoEmail, InvalidEmail,
/// OptedOut, CoolingDown.
Result<QueuedInvitation> send_invitation(Database& database, const Practice& practice,
                                         std::string_view patient_id, const Actor& actor,
                                         UnixTime now);

/// Queues one mail with one link a person, within an action: all of them share the address. Returns
/// the first expiry.
UnixTime queue_links(Transaction& transaction, const Practice& practice,
                     const std::vector<Account>& people, LinkOrigin origin, const Actor& actor,
                     UnixTime now);

/// How long until this patient can be mailed again; nothing if at once.
[[nodiscard]] std::optional<std::chrono::milliseconds> cooling_down(Transaction& transaction,
                                                                    const Practice& practice,
                                                                    std::string_view patient_id,
                                                                    UnixTime now);

/// Withdraws the open link, and its mail if that has not left. Refused: UnknownPatient,
/// NoOpenInvitation.
Result<Done> revoke_invitation(Database& database, std::string_view patient_id, const Actor& actor,
                               UnixTime now);
}  // namespace ppo

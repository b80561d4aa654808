// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/portal_status.hpp"
#include "domain/unix_time.hpp"
#include "domain/username.hpp"

#include <optional>
#include <string_view>

namespace ppo {
class Connection;
class Transaction;

// The columns of `patient` that the portal owns. Each function that changes an input of status or
// marks is followed by restate in the same transaction.

/// Brings status, marks and search text of the row up to date with its facts, by
/// domain/portal_status.
void restate(Transaction& transaction, std::string_view patient_id);

/// False if it was so already. The first time that it is enabled is kept.
[[nodiscard]] bool put_access(Transaction& transaction, std::string_view patient_id, bool enabled,
                              UnixTime now);

/// The chart was added with access.
void put_enabled(Transaction& transaction, std::string_view patient_id, UnixTime now);

/// Once username and password are both on file: the first time that they were is kept.
void put_set_up(Transaction& transaction, std::string_view patient_id, UnixTime now);

/// Charts are merged: whichever was enabled and set up first counts.
void hand_first_times_over(Transaction& transaction, std::string_view from, std::string_view to);

/// Makes the username this patient's; false if another patient has it or one that looks like it.
/// The store decides.
[[nodiscard]] bool claim_username(Transaction& transaction, std::string_view patient_id,
                                  const Username& username);

/// Whether another patient than this one has the username or one that looks like it. A hint, not a
/// promise.
[[nodiscard]] bool is_username_taken(Connection& connection, std::string_view patient_id,
                                     const Username& username);

/// The patient who has the username; nothing if nobody has.
[[nodiscard]] std::optional<std::string> patient_with_username(Connection& connection,
                                                               std::string_view key);

/// Moves the username, if there is one, to the chart that the other was merged into; that one has
/// none.
void hand_username_over(Transaction& transaction, std::string_view from, std::string_view to);

struct PasswordFacts {
    bool has_password = true;
    bool set_by_staff = false;
    bool must_change = false;
};
void put_password_facts(Transaction& transaction, std::string_view patient_id,
                        const PasswordFacts& facts);

/// Something was handed over: the first time is kept.
void put_credentials_issued(Transaction& transaction, std::string_view patient_id, UnixTime now);

/// The mail server took an invitation.
void put_invited(Transaction& transaction, std::string_view patient_id, UnixTime now);

void put_signed_in(Transaction& transaction, std::string_view patient_id, UnixTime now);

/// State of the last invitation's mail, with everything that follows from it in one stroke, for
/// thousands of mails in a row: a new one starts without the old one's address change, one that was
/// sent has invited since `sent_at`, status and marks are up to date.
void put_mail_state(Transaction& transaction, std::string_view patient_id, MailState state,
                    std::optional<UnixTime> sent_at = std::nullopt);

/// The e-mail on file changed after an invitation left, or stands no longer against a new one.
void put_address_changed(Transaction& transaction, std::string_view patient_id, bool changed);

/// Expiry of the newest link; nothing once it died another way than by time.
void put_link_expiry(Transaction& transaction, std::string_view patient_id,
                     std::optional<UnixTime> expires_at);

/// Until when sign-in waits; the row stays marked for as long as the open link's page waits, if
/// that is longer.
void put_locked_until(Transaction& transaction, std::string_view patient_id,
                      std::optional<UnixTime> until);

/// Every link made before dies with its epoch.
void raise_security_epoch(Transaction& transaction, std::string_view patient_id);

/// No link of anybody is open any more and no mail waits: brings every row of the practice in line
/// with that, and ends every session by the epoch. Needs no restate.
void end_everything_of_patients(Transaction& transaction);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ppo {
class Connection;
class Transaction;

// What a password bars or how long it lasts stands in the patient's row too; each function here
// keeps both alike, and is followed by restate.

/// A patient's password at rest.
struct Credential {
    std::string sealed_password{};  // For Keyring::open, bound to the patient's id.
    std::optional<UnixTime> lapses_at{};
    std::int64_t failures = 0;
    std::optional<UnixTime> wait_until{};  // Until then no sign-in is taken.
};

[[nodiscard]] std::optional<Credential> find_credential(Connection& connection,
                                                        std::string_view patient_id);

/// Stores a new password, and forgets the failures against the old one.
void put_credential(Transaction& transaction, std::string_view patient_id,
                    std::string_view sealed_password, std::optional<UnixTime> lapses_at,
                    UnixTime now);

/// Stores the same password hashed anew; false if it was changed meanwhile.
[[nodiscard]] bool replace_hash(Transaction& transaction, std::string_view patient_id,
                                std::string_view old_sealed, std::string_view new_sealed);

/// Counts one more failure and returns the new count.
[[nodiscard]] std::int64_t count_failure(Transaction& transaction, std::string_view patient_id);

void put_sign_in_wait(Transaction& transaction, std::string_view patient_id, UnixTime until);

/// Until when no sign-in is taken; nothing if none waits.
[[nodiscard]] std::optional<UnixTime> sign_in_wait(Connection& connection,
                                                   std::string_view patient_id);

/// Until another password is stored, or the failures are forgotten.
void disable_password(Transaction& transaction, std::string_view patient_id);

void forget_failures(Transaction& transaction, std::string_view patient_id);

/// The same password's failures against another chart, which it moved to.
void put_failures(Transaction& transaction, std::string_view patient_id, std::int64_t failures,
                  std::optional<UnixTime> wait_until);

/// The password is in use now and does not lapse any more.
void keep_credential(Transaction& transaction, std::string_view patient_id);

/// Forgets the password, for a chart that was merged into another.
void drop_credential(Transaction& transaction, std::string_view patient_id);
}  // namespace ppo

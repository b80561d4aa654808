// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials/password_hash.hpp"
#include "domain/account.hpp"
#include "domain/actor.hpp"
#include "domain/password_rule.hpp"
#include "domain/practice.hpp"
#include "domain/result.hpp"

#include <optional>
#include <string_view>

namespace ppo {
class Database;
class Transaction;

/// What staff save in the tab: username, password or both.
struct StaffCredentials {
    std::optional<std::string_view> username{};
    std::optional<std::string_view> password{};
};

struct CredentialsSet {
    Account account{};
    bool sessions_end = false;  // The password that signed in, or the username, is another now.
};

/// Sets username and password by hand: together or not at all. The password must be changed at the
/// first sign-in and lapses when unused, unless the practice has permanent ones. Open links die;
/// who had another username or password is told by mail. Refused: UnknownPatient, ChartDeceased,
/// ChartInactive, AccessNotEnabled, UsernameMissing, the username's and the password's own
/// refusals, Busy.
Result<CredentialsSet> set_credentials(Database& database, PasswordHasher& hasher,
                                       const Practice& practice, std::string_view patient_id,
                                       const StaffCredentials& chosen, const Actor& actor,
                                       UnixTime now);

/// What a password of this patient is judged by: the profile's least length, and the words of
/// practice, patient and username, which it must not be made of.
[[nodiscard]] PasswordBounds words_around(const Practice& practice, const Account& account,
                                          std::string_view username);

/// Tells the patient by mail that the password changed, if there is an address that may be mailed.
void queue_password_notice(Transaction& transaction, const Account& account, UnixTime now);
}  // namespace ppo

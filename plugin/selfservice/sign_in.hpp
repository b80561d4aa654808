// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials/password_hash.hpp"
#include "domain/practice.hpp"
#include "domain/result.hpp"
#include "domain/unix_time.hpp"
#include "selfservice/visitor.hpp"

#include <string>
#include <string_view>

namespace ppo {
class Database;

struct SignedIn {
    std::string patient_id{};
    std::string first_name{};
    std::string username{};
    bool must_change_password = false;
};

/// Signs a patient in; the first success turns the row green. Every refusal is the same neutral one
/// after the same work. After five wrong passwords in a row waits grow from 30 seconds to an hour;
/// after a hundred only a link or staff help (NIST SP 800-63B-4, 3.2.2). Where too many failures
/// came from, nothing is looked at. Refused: SignIn, Busy, TooManyTries.
Result<SignedIn> sign_in(Database& database, PasswordHasher& hasher, const Practice& practice,
                         std::string_view username, std::string_view password,
                         const Visitor& visitor, UnixTime now);

/// Changes the password of a patient who is signed in. Open links die. Refused: SignIn if the
/// current one is wrong, the password's own refusals, Busy.
Result<Done> change_password(Database& database, PasswordHasher& hasher, const Practice& practice,
                             std::string_view patient_id, std::string_view current_password,
                             std::string_view new_password, const Visitor& visitor, UnixTime now);
}  // namespace ppo

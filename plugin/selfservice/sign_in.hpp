// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials/password_hash.hpp"
#include "domain/practice.hpp"
#include "domain/result.hpp"
#include "domain/unix_time.hpp"
#include "selfservice/visitor.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ppo {
class Database;

struct SignedIn {
    std::string patient_id{};
    std::string first_name{};
    std::string username{};
    bool must_change_password = false;
    std::int64_t session_epoch = 0;  // For check_session.
};

struct PasswordChanged {
    std::int64_t session_epoch = 0;  // For the session that goes on.
};

/// Signs a patient in; the first success turns the row green. Every refusal is the same neutral one
/// after the same work: one hash, also where there is nothing to compare. After five wrong
/// passwords in a row waits grow from 30 seconds to an hour; a hundred disable the password until a
/// link or staff help (NIST SP 800-63B-4, 3.2.2). At ten and at a hundred the patient is told by
/// mail. What comes during a wait is neither compared nor counted, so that guessing at once gains
/// no more than the hasher had in hand or in its queue when the first wait began; each of those
/// counts. A success ends the series; if hash or seal are not today's any more, it renews them,
/// with a second hash that nobody who is refused can see. Where too many failures came from,
/// nothing is looked at. Refused: SignIn, Busy, TooManyTries.
Result<SignedIn> sign_in(Database& database, PasswordHasher& hasher, const Practice& practice,
                         std::string_view username, std::string_view password,
                         const Visitor& visitor, UnixTime now);

/// Changes the password of a patient who is signed in. Open links die, a notice is mailed. A wrong
/// current one counts like a failed sign-in. Refused: SignIn if the current one is wrong, or the
/// door is closed as for signing in; PasswordMissing, PasswordUnchanged, the password's own
/// refusals, Busy.
Result<PasswordChanged> change_password(Database& database, PasswordHasher& hasher,
                                        const Practice& practice, std::string_view patient_id,
                                        std::string_view current_password,
                                        std::string_view new_password, const Visitor& visitor,
                                        UnixTime now);
}  // namespace ppo

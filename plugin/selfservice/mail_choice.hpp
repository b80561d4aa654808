// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/result.hpp"
#include "domain/unix_time.hpp"
#include "selfservice/visitor.hpp"

#include <string_view>

namespace ppo {
class Database;

/// Whether a patient is mailed anything.
struct MailChoice {
    bool mail_me = true;
    bool chart_says_no = false;  // Nothing is mailed either way; only the practice changes that.
};

/// What holds for a patient who is signed in. Refused: SignIn if the account is closed.
[[nodiscard]] Result<MailChoice> get_mail_choice(Database& database, std::string_view patient_id);

/// The word of a patient who is signed in. To be mailed takes back whatever was said before; not
/// to be mailed holds until the same patient, or staff, say otherwise. Refused: SignIn if the
/// account is closed.
Result<Done> set_mail_choice(Database& database, std::string_view patient_id, bool mail_me,
                             const Visitor& visitor, UnixTime now);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials/password_hash.hpp"
#include "selfservice/link_answers.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ppo {
/// What the patient chose on the link page.
struct ChosenCredentials {
    std::optional<std::string_view> username{};  // Only if none is on file.
    std::string_view password{};
};

struct SetUp {
    std::string patient_id{};
    bool password_replaced = false;  // There was another one before: sessions must end.
};

/// Sets username and password and with that consumes the link: all or nothing, and whoever comes
/// second is refused. Nobody is signed in by it. Refused: as admit, the username's and the
/// password's own refusals, Busy.
Result<SetUp> complete_setup(Database& database, PasswordHasher& hasher, const Practice& practice,
                             const LinkAnswers& answers, const ChosenCredentials& chosen,
                             const Visitor& visitor, UnixTime now);

/// Mails a fresh link to the address on file, in place of a dead one that is renewable. Done also
/// if a mail went a moment ago, and if the link cannot be renewed: the answer says nothing.
/// Refused: TooManyTries, where too many links that nobody has came from.
Result<Done> renew_link(Database& database, const Practice& practice, std::string_view link,
                        const Visitor& visitor, UnixTime now);
}  // namespace ppo

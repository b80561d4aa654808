// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/account.hpp"
#include "domain/practice.hpp"
#include "domain/result.hpp"
#include "selfservice/visitor.hpp"
#include "store/invitation_table.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ppo {
class Connection;
class Database;
class Keyring;

/// What a link page shows.
struct LinkPage {
    std::optional<Refusal> dead{};  // What the link died of; nothing = usable.
    bool renewable = false;         // A fresh link can be mailed to the address on file.
    bool asks_username = false;
    bool asks_birth_date = false;
    bool asks_postal_code = false;
    std::string first_name{};
    std::string username{};  // On file; only once the identity is confirmed.
    std::optional<UnixTime> expires_at{};
    std::chrono::milliseconds wait{0};  // After wrong answers.
};

/// What the visitor brings: the link, and the answers to what its page asks.
struct LinkAnswers {
    std::string_view link{};
    std::string_view birth_date{};
    std::string_view postal_code{};
};

/// Says what the page of a link shows. Changes nothing, however often: mail scanners open links.
[[nodiscard]] LinkPage open_link(Database& database, const Practice& practice,
                                 std::string_view link, UnixTime now);

/// A usable link whose holder gave the right answers.
struct Admitted {
    Account account{};
    Invitation invitation{};
};

/// Lets the holder of a usable link with right answers in; the link is not consumed. Each answer is
/// judged and counted in one transaction, so that guesses that come together are as many as
/// counted. The third wrong answer starts waits of 1, 5 and then 15 minutes, and every tenth one of
/// a day; while one runs the right answer waits too. Staff see and can lift it. Where the page asks
/// nothing this only reads. Refused: the link's own refusals, IdentityWait, FieldEmpty,
/// InvalidBirthDate, IdentityMismatch.
Result<Admitted> admit(Database& database, const Practice& practice, const LinkAnswers& answers,
                       const Visitor& visitor, UnixTime now);

/// The page of a link whose holder was let in. The first time it goes on record that the link was
/// opened, because now a person did. Refused: as admit.
Result<LinkPage> confirm_identity(Database& database, const Practice& practice,
                                  const LinkAnswers& answers, const Visitor& visitor, UnixTime now);

/// Whose dead link it is, if a fresh one can take its place.
[[nodiscard]] std::optional<Account> who_may_renew(Connection& connection, const Keyring& keyring,
                                                   std::string_view link, UnixTime now);
}  // namespace ppo

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

/// Lets the holder of a usable link with right answers in; the link is not consumed. A wrong answer
/// is counted: the third starts waits of 1, 5 and then 15 minutes, which staff see and can lift.
/// Refused: the link's own refusals, FieldEmpty, InvalidBirthDate, IdentityMismatch, IdentityWait;
/// as refuse_unknown_link.
Result<Admitted> admit(Database& database, const Practice& practice, const LinkAnswers& answers,
                       const Visitor& visitor, UnixTime now);

/// Counts a posted link that nobody has, and says LinkUnknown; TooManyTries where too many of them
/// came from. A genuine link, dead or alive, never gets here: it is looked up first.
[[nodiscard]] Refused refuse_unknown_link(Database& database, const Practice& practice,
                                          const Visitor& visitor, UnixTime now);

/// The page of a link whose holder was let in.
[[nodiscard]] LinkPage page_for(const Admitted& admitted);
}  // namespace ppo

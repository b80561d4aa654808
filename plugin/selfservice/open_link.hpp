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

/// Says what the page of a link shows. Changes nothing, however often: mail scanners open links.
[[nodiscard]] LinkPage open_link(Database& database, const Practice& practice,
                                 std::string_view link, UnixTime now);

/// A usable link with its holder.
struct Admitted {
    Account account{};
    Invitation invitation{};
};

/// Whose link it is. Refused: LinkUnknown, the link's own refusals, and IdentityWait while its page
/// takes no answer.
[[nodiscard]] Result<Admitted> usable_link(Connection& connection, const Keyring& keyring,
                                           std::string_view link, UnixTime now);

/// What the page asks: only facts that are on file.
[[nodiscard]] bool asks_birth_date(const Practice& practice, const Account& account);
[[nodiscard]] bool asks_postal_code(const Practice& practice, const Account& account);

/// Whose dead link it is, if a fresh one can take its place.
[[nodiscard]] std::optional<Account> who_may_renew(Connection& connection, const Keyring& keyring,
                                                   std::string_view link, UnixTime now);

/// Counts a posted link that nobody has, and says LinkUnknown; TooManyTries where too many of them
/// came from. A genuine link, dead or alive, never gets here: it is looked up first.
[[nodiscard]] Refused refuse_unknown_link(Database& database, const Practice& practice,
                                          const Visitor& visitor, UnixTime now);
}  // namespace ppo

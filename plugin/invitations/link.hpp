// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/account.hpp"
#include "domain/practice.hpp"
#include "store/invitation_table.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ppo {
class Connection;
class Keyring;

/// A new invitation for this patient, with the digest of its link, not yet stored. The link is
/// derived from the row's random id by a key, so a retry mails the same link and the store holds
/// none.
[[nodiscard]] Invitation make_invitation(const Keyring& keyring, const Account& account,
                                         LinkOrigin origin, const Practice& practice, UnixTime now);

/// The link's secret: 43 characters of base64url, 256 bits.
[[nodiscard]] std::string link_secret(const Keyring& keyring, const Invitation& invitation);

[[nodiscard]] std::string link_url(const Practice& practice, const Keyring& keyring,
                                   const Invitation& invitation);

/// Finds the invitation whose link this is, by its keyed digest. Anything that is not shaped like a
/// link finds nothing.
[[nodiscard]] std::optional<Invitation> find_link(Connection& connection, const Keyring& keyring,
                                                  std::string_view link);
}  // namespace ppo

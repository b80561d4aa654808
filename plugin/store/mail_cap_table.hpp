// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

#include <optional>
#include <string_view>

namespace ppo {
class Connection;

// What the caps on mails are counted by. A mail that was cancelled before it left does not count.

/// Mails queued after a moment, as far as they were counted.
struct MailCount {
    int mails = 0;
    std::optional<UnixTime> oldest{};  // Of those counted.
};

/// The newest invitations of a patient after `since`; counts no further than `most`.
[[nodiscard]] MailCount count_invitations_to(Connection& connection, std::string_view patient_id,
                                             UnixTime since, int most);

/// The newest mails of any kind to this address after `since`; counts no further than `most`.
[[nodiscard]] MailCount count_mails_to(Connection& connection, std::string_view address,
                                       UnixTime since, int most);

/// How many patients have this address on file, whatever its letter case; counts no further than
/// `most`.
[[nodiscard]] int count_sharers(Connection& connection, std::string_view address, int most);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ppo {
class Connection;
class Transaction;

/// What a visitor asked for, sealed, until the worker has matched it.
struct PortalRequest {
    std::string id{};
    std::string sealed{};  // For Keyring::open, bound to the id.
    UnixTime asked_at{};
};

void add_request(Transaction& transaction, const PortalRequest& request);

/// The oldest one; nothing if none waits.
[[nodiscard]] std::optional<PortalRequest> next_request(Connection& connection);

/// Forgets all that were asked then or earlier, and returns how many.
int drop_requests(Transaction& transaction, UnixTime until);

/// Forgets it; false if another worker was first.
[[nodiscard]] bool take_request(Transaction& transaction, std::string_view request_id);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/Net/IPAddress.h>

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

namespace ppo {
/// The addresses of a host, in the order in which they should be tried. Unlike the resolver itself
/// it keeps a deadline and looks at `stopped` several times a second. Throws ConnectionLost, also
/// where there is no address.
[[nodiscard]] std::vector<Poco::Net::IPAddress> look_up_host(
    const std::string& host, std::chrono::steady_clock::time_point deadline,
    const std::atomic<bool>& stopped);
}  // namespace ppo

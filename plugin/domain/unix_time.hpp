// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

namespace ppo {
/// A moment, in whole milliseconds since 1970-01-01T00:00:00Z, as the store and the ABI count.
using UnixTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

[[nodiscard]] constexpr std::int64_t to_milliseconds(UnixTime time) {
    return time.time_since_epoch().count();
}

[[nodiscard]] constexpr UnixTime from_milliseconds(std::int64_t milliseconds) {
    return UnixTime{std::chrono::milliseconds{milliseconds}};
}
}  // namespace ppo

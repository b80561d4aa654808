// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/fault.hpp"

#include <string_view>

namespace ppo {
/// What a SQLSTATE of five characters means for whoever runs the store. The server's own words are
/// never passed on: they may hold a patient's values.
[[nodiscard]] StoreFault postgres_fault(std::string_view sqlstate);

/// The server is not there, or went away.
[[nodiscard]] StoreFault lost_server();
}  // namespace ppo

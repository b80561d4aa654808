// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.hpp"
#include "store/store_address.hpp"

#include <memory>

namespace ppo {
/// A connection on the engine that the address names. The half that speaks to PostgreSQL is a
/// module beside this library, loaded when it is first needed. Throws StoreFault.
[[nodiscard]] std::unique_ptr<Connection> connect_to(const StoreAddress& address,
                                                     Connection::Role role);
}  // namespace ppo

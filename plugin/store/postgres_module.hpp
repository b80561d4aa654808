// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.hpp"
#include "store/store_address.hpp"

namespace ppo {
// What the library and its module for PostgreSQL agree upon; both come from the same build.

inline constexpr auto postgres_module_file = "ppo-postgresql.so";
/// Changes with whatever crosses the border between the two.
inline constexpr auto postgres_module_entry = "ppo_connect_to_postgres_1";

/// Answers a connection that the caller deletes. Throws StoreFault.
using ConnectToPostgres = Connection* (*)(const StoreAddress&, Connection::Role);
}  // namespace ppo

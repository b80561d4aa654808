// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

#include <string>

namespace ppo {
class Database;

/// Copies the file of a store on SQLite, as it stands at one moment, while every process goes on.
/// The copy, mode 0600, gets its name once it is whole, checked and on the disk; then it is
/// recorded. Throws StoreFault, which names the copy, if there is one of this name already or it
/// cannot be made; nothing is left then.
void back_up(Database& database, const std::string& path, UnixTime now);
}  // namespace ppo

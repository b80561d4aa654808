// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ppo {
class Connection;

/// Brings the tables up to date: every migration that this store has not seen, in order, each in one transaction. Two
/// processes may try at once; one does it. Throws StoreFault Newer, and changes nothing, if the store has seen more
/// than this version knows.
void migrate(Connection& connection);
}  // namespace ppo

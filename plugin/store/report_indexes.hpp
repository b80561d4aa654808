// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ppo {
class Connection;
class Database;

// Indexes of `patient` that make the report fast and decide nothing: every answer is the same
// without them. So they can be left out while the first directory of a million patients is read,
// which is three times as fast, and made afterwards.

/// Makes those that are missing, for instance after a crash in the middle of the first reading.
void make_report_indexes(Connection& writer);

/// The same with each index in a transaction of its own, so that nobody waits for all of them.
void make_report_indexes_again(Database& database);

/// Leaves them out. Only sensible while there are no patients.
void drop_report_indexes(Database& database);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ppo {
class Connection;

/// Tells SQLite's planner what it cannot guess: the first column of an index, the practice, leaves
/// very many rows, where it would believe that it leaves ten and let any index do. The figures are
/// the ones that it assumes of the other columns by itself, and never those of the rows: so a plan
/// does not change with the day. Inside a transaction; does nothing where it is told already.
void tell_planner(Connection& writer);
}  // namespace ppo

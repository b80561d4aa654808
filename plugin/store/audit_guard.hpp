// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ppo {
class Connection;

/// Lets the record only grow: triggers refuse to change or remove an entry. It keeps our own
/// mistakes away; who can write the file can drop them, and is found by verify. Does nothing where
/// they stand already. Each engine has its own: here is SQLite's.
void guard_audit(Connection& writer);
}  // namespace ppo

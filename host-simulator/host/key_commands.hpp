// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/settings.hpp"

#include <iosfwd>
#include <string>

namespace ppo_sim {
/// What the commands on a data folder's key file are told.
struct KeyOptions : StoreOptions {
    std::string id{};  // Of `keys use`.
};

// The key file's format is part of the contract (docs/keys.md): "id hex" one a line, the first one
// writes. Each returns the exit status, 0 or, after a line in `trouble`, 2; nothing is changed
// then.

/// Prints the ids, the writing one first; never a key.
[[nodiscard]] int list_keys(const KeyOptions& options, std::ostream& out, std::ostream& trouble);

/// Puts a new random key behind the others: it is read, and writes nothing yet.
[[nodiscard]] int add_key(const KeyOptions& options, std::ostream& out, std::ostream& trouble);

/// Puts the key with this id first: from the next start on it writes.
[[nodiscard]] int use_key(const KeyOptions& options, std::ostream& out, std::ostream& trouble);
}  // namespace ppo_sim

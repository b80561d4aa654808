// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/settings.hpp"

#include <cstdint>
#include <iosfwd>
#include <string>

namespace ppo_sim {
/// What the commands on the backups of a data folder's store are told.
struct BackupOptions : StoreOptions {
    std::string file{};            // The backup: to make, or to restore.
    std::uint64_t generation = 0;  // At least this one, for a folder that is new.
    std::string to{};              // The address that a store is moved to.
};

// Each returns the exit status, 0 or, after a line in `trouble`, 2.

/// Copies a store that is a file, while other processes go on.
[[nodiscard]] int back_up(const BackupOptions& options, std::ostream& out, std::ostream& trouble);

/// Copies the store into another, compares the two, and says how far it is meanwhile.
[[nodiscard]] int move_store(const BackupOptions& options, std::ostream& out,
                             std::ostream& trouble);

/// Puts a backup in the place of a store that is a file and that nobody uses; the old one is put
/// aside under another name. The next start ends what the backup had open.
[[nodiscard]] int restore(const BackupOptions& options, std::ostream& out, std::ostream& trouble);

/// Notes that the store was restored by somebody else, as pg_restore does it. The next start ends
/// what the backup had open.
[[nodiscard]] int note_restored(const BackupOptions& options, std::ostream& out,
                                std::ostream& trouble);
}  // namespace ppo_sim

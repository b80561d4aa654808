// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/settings.hpp"

#include <iosfwd>
#include <string>

namespace ppo_sim {
/// What the commands that only read a data folder are told.
struct RecordOptions : StoreOptions {
    std::string patient_id{};  // Of the audit list: this patient's entries only.
};

// Each returns the exit status: 0, 1 if the answer is no (a broken chain), 2 if there is none.

/// Recomputes the audit's chain.
[[nodiscard]] int verify_audit(const RecordOptions& options, std::ostream& out,
                               std::ostream& trouble);

/// Prints the audit, oldest entry first, one JSON object a line.
[[nodiscard]] int list_audit(const RecordOptions& options, std::ostream& out,
                             std::ostream& trouble);
}  // namespace ppo_sim

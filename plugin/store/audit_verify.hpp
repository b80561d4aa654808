// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ppo {
class Database;

/// How the record stood once, as somebody outside the store remembers it.
struct AuditCheckpoint {
    std::int64_t sequence = 0;  // Of the entry that was the last one then.
    std::string mac{};
};

/// What is wrong with the first bad entry. The numbers cross the ABI.
enum class AuditFlaw {
    None = 0,
    Altered = 1,     // It is not what was recorded; or the mark where the chain ends is not.
    Missing = 2,     // Later ones are there, it is not.
    OutOfOrder = 3,  // It stands in another place of the record.
    CutOff = 4,      // It and everything after it are gone.
    KeyMissing = 5,  // Its key is not here, so that nobody can tell.
    Replaced = 6     // The chain is sound, but a checkpoint has seen another one.
};

struct AuditVerdict {
    std::int64_t entries = 0;    // Good ones before the first bad one; all if none is bad.
    std::int64_t first_bad = 0;  // 0 = every entry is there and unaltered.
    AuditFlaw flaw = AuditFlaw::None;
};

/// Recomputes the chain from its start, a few thousand entries at a time, so that nobody who writes
/// waits for long. Checkpoints, in any order, show what the chain alone cannot: a tail that was cut
/// off together with the mark of its end, and an older copy of the store put back. Of a chain that
/// a checkpoint contradicts the first bad entry is the first that no checkpoint proves.
[[nodiscard]] AuditVerdict verify_audit(Database& database,
                                        std::vector<AuditCheckpoint> checkpoints = {});
}  // namespace ppo

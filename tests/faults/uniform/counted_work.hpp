// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <ostream>

namespace ppo {
/// What the program did since it began, as far as another library did it for us.
struct Work {
    std::int64_t statements = 0;    // SQL statements run.
    std::int64_t transactions = 0;  // Of them, those that begin one, of either kind.
    std::int64_t bytes = 0;         // Of texts given to the store.
    std::int64_t hashes = 0;        // Argon2id.

    bool operator==(const Work&) const = default;
    Work operator-(const Work& before) const {
        return {statements - before.statements, transactions - before.transactions,
                bytes - before.bytes, hashes - before.hashes};
    }
};
[[nodiscard]] Work work_so_far();

inline std::ostream& operator<<(std::ostream& out, const Work& work) {
    return out << work.statements << " statements, " << work.transactions << " transactions, "
               << work.bytes << " bytes, " << work.hashes << " hashes";
}
}  // namespace ppo

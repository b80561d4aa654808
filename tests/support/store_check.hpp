// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ppo {
/// A stored column that is not what the domain's functions make of the inputs beside it. Says
/// where, never what stands there.
struct Untrue {
    std::string column{};
    std::int64_t row = 0;

    bool operator==(const Untrue&) const = default;
};

/// Reads a store, without writing to it, and makes every column anew that follows from others:
/// status, marks and the folded keys of each patient, the kept counts, and, of the first two
/// thousand patients, whether the search index finds them. Returns what differs, the first
/// thousand; row 0 is one that is missing.
/// Throws std::runtime_error (a StoreFault) if it cannot be read as a store.
[[nodiscard]] std::vector<Untrue> find_untrue(const std::string& address);

/// These in one line for people: "status in row 3, marks in row 3". Empty without any.
[[nodiscard]] std::string untrue_words(const std::vector<Untrue>& found);
}  // namespace ppo

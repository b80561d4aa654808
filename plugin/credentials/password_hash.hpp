// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials/hashing_places.hpp"
#include "domain/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ppo {
/// What one Argon2id hash costs, us and whoever guesses.
struct HashCost {
    std::uint32_t memory_kib = 65536;
    std::uint32_t passes = 3;
};

/// Hashes and checks passwords, slowly on purpose: 20 to 300 ms and HashCost::memory_kib each. At
/// most `at_once` run at a time and 32 wait for them; whoever comes then is refused with Busy and
/// told to come back in a second. Every call may come from any thread. A machine without enough
/// memory throws std::bad_alloc.
class PasswordHasher {
public:
    static constexpr unsigned longest_queue = 32;

    /// `at_once` 0 means one per processor. Computes one hash, so it takes as long as one. A cost
    /// that libsodium cannot do (under 8 KiB or without a pass) throws std::invalid_argument;
    /// whether it is enough for a practice, the caller has checked.
    explicit PasswordHasher(HashCost cost, unsigned at_once = 0);

    PasswordHasher(const PasswordHasher&) = delete;
    PasswordHasher& operator=(const PasswordHasher&) = delete;

    /// A PHC string ("$argon2id$v=19$m=...") with a fresh salt. Refused: Busy.
    [[nodiscard]] Result<std::string> hash(std::string_view password);

    /// Whether this is the password of the PHC string; a text that is no PHC string matches
    /// nothing, but takes as long. Refused: Busy.
    [[nodiscard]] Result<bool> matches(const std::string& phc, std::string_view password);

    /// Whether the PHC string was made with less memory or fewer passes than today's, or another
    /// way, so that sign-in should renew it. A stronger one stays.
    [[nodiscard]] bool needs_rehash(const std::string& phc) const;

    /// Takes as long as `matches` and finds nothing: for usernames that nobody has. Refused: Busy.
    [[nodiscard]] Result<Done> spend_time(std::string_view password);

private:
    [[nodiscard]] std::string hash_now(std::string_view password) const;

    const HashCost cost_{};
    HashingPlaces places_;
    std::string nobody_{};  // A hash of today's cost, of a password that is thrown away.
};
}  // namespace ppo

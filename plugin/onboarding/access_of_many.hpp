// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/actor.hpp"
#include "domain/batch.hpp"
#include "domain/unix_time.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ppo {
class Database;

/// How many patients one call, or one click, changes unless it is told otherwise: about a second.
inline constexpr std::int64_t access_in_one_call = 10'000;

/// How a selection stands before its access is enabled or disabled.
struct AccessPreview {
    std::int64_t selected = 0;
    std::int64_t to_change = 0;  // Who is not so yet; the others are, or are unknown.
    std::int64_t unknown = 0;    // Ids that the directory does not have.
};
[[nodiscard]] AccessPreview preview_access(Database& database, const BatchSelection& selection,
                                           bool enabled, UnixTime now);

/// What became of a selection; together everybody of it.
struct AccessOfMany {
    std::int64_t changed = 0;
    std::int64_t unchanged = 0;  // Were so already when their turn came.
    std::int64_t unknown = 0;
    std::int64_t left = 0;  // Not so yet: the next call goes on with them.
};

/// Who was changed in one transaction, by id. Called with nothing held.
using TakeChanged = std::function<void(const std::vector<std::string>& patient_ids)>;

/// Enables or disables access of up to `most` patients of a selection who are not so yet, as
/// set_access does it for one: each with an entry of its own. Up to 5,000 share a transaction, so
/// that nobody who writes waits long; what is committed is done, and whoever calls again goes on
/// behind it. `signed_in_too` does not count.
AccessOfMany set_access_of_many(Database& database, const BatchSelection& selection, bool enabled,
                                std::int64_t most, const Actor& actor, UnixTime now,
                                const TakeChanged& take_changed);
}  // namespace ppo

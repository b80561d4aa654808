// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
class Database;
class Transaction;

// An index of every three letters in a row in a patient's search text and tags: it finds any part
// of a name among a million. This is the one place where the two engines differ in how they
// search: trigrams of FTS5 here, pg_trgm on PostgreSQL. A patient who is new is looked through row
// by row until the index has been extended to him, so that reading a directory does not wait for
// it and nobody is ever missed.

/// Makes the practice's empty index where there is none. Throws StoreFault if this SQLite was built
/// without FTS5.
void make_search_index(Connection& writer);

/// Takes some more patients into the index; false if all are in it. A step of the background work.
[[nodiscard]] bool extend_search_index(Database& database);

/// Sets search text and tags of the row, and keeps the index true. The only way to change either.
void keep_findable(Transaction& transaction, std::string_view patient_id,
                   std::string_view search_text, std::string_view tags);

/// A condition on `patient` that leaves few rows, among them every one that has the text in its
/// search text or tags: the caller looks again at each. `?` stands for each value.
struct SearchCandidates {
    std::string condition{};
    std::vector<Connection::Value> values{};
    std::int64_t rows = 0;  // How many there are, or `most` if there are more.
};

/// Nothing if the text has less than three letters: then only looking at each row helps.
[[nodiscard]] std::optional<SearchCandidates> find_candidates(Connection& connection,
                                                              std::string_view text,
                                                              std::int64_t most);
}  // namespace ppo

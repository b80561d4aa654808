// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/portal_status.hpp"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace ppo {
class Connection;
class Transaction;

// The access flag of many patients, by statements over some hundreds of them: what a statement
// costs by itself is more than what it does for one patient.

/// How many patients share a statement.
inline constexpr std::size_t most_together = 500;

/// Those of these patients (at most `most_together`) who are in the directory and whose access flag
/// is so, in the order of ids. Of the facts, those are read on which the status depends.
struct AccessRow {
    std::string patient_id{};
    AccountFacts facts{};
};
[[nodiscard]] std::vector<AccessRow> access_rows(Connection& connection,
                                                 std::span<const std::string> patient_ids,
                                                 bool enabled);

/// Gives each of the patients (at most `most_together` in all) the access flag and its status.
/// Marks do not depend on access. Going on notes the first time; going off raises the security
/// epoch: every link made before dies.
void put_access_of_many(Transaction& transaction,
                        const std::map<PortalStatus, std::vector<std::string>>& patient_ids,
                        bool enabled, UnixTime now);
}  // namespace ppo

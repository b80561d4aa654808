// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/portal_status.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ppo {
class Connection;
struct Patient;

// Counts that are kept beside the rows, so that the board of a million patients needs no counting.

/// Lets the counts of status and links follow every change of a row: triggers, in
/// each engine's own language. Does nothing where they stand already.
void keep_counts(Connection& writer);

/// How many patients in the directory are alike in all that the counts ask for.
struct KeptCount {
    PortalStatus status = PortalStatus::NotEnabled;
    Marks marks{};  // The lasting ones.
    bool access_enabled = false;
    bool has_username = false;
    bool set_up = false;
    std::int64_t patients = 0;
};
[[nodiscard]] std::vector<KeptCount> kept_counts(Connection& connection);

/// How many patients in the directory have a newest link that has expired by now.
[[nodiscard]] std::int64_t count_expired_links(Connection& connection, UnixTime now);

enum class ChoiceKind { Provider = 1, Tag = 2 };

/// How many patients have this provider or tag.
[[nodiscard]] std::int64_t count_choice(Connection& connection, ChoiceKind kind,
                                        std::string_view choice);

/// The providers or tags that patients have, in their order; at most `limit`.
[[nodiscard]] std::vector<std::string> known_choices(Connection& connection, ChoiceKind kind,
                                                     std::size_t limit);

/// Providers and tags that patients have come to have or no longer have. A transaction gathers them
/// and writes them as it commits: a directory that is read changes few counts very often.
class ChoiceChanges {
public:
    void came(const Patient& patient) { add(patient, 1); }
    void went(const Patient& patient) { add(patient, -1); }
    void write(Connection& writer);

private:
    void add(const Patient& patient, std::int64_t patients);
    std::map<std::pair<ChoiceKind, std::string>, std::int64_t> changes_{};
};

/// 0013: counts the providers and tags of a store that was written before they were kept.
void fill_choice_counts(Connection& writer);
}  // namespace ppo

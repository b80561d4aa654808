// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace ppo_sim {
class DataFolder;

// Which store a data folder belongs to. A forgotten --store would open another one with the keys of
// this practice: its checkpoints would stand among the practice's, and mails of an old store would
// leave. So the folder remembers the first store that was opened with it, in a file of one line:
// "postgresql portal" or "file onboarding.sqlite". A file within the folder is named from there, so
// that the folder may be moved; of a database the name alone, since hosts differ between machines.

/// Where a store is, for people: without user, password and parameters.
[[nodiscard]] std::string place_of_store(const std::string& store);

/// Meant as a server's address, but not written as one. It may hold a password: show it to nobody.
[[nodiscard]] bool is_mistyped_address(const std::string& store);

/// True if the text holds an address of a database with a password in it.
[[nodiscard]] bool holds_password(const std::string& text);

/// What to say if the folder remembers another store than this one; nothing while it remembers
/// none. Throws std::runtime_error if what it remembers cannot be read.
[[nodiscard]] std::optional<std::string> why_not_its_store(const DataFolder& folder,
                                                           const std::string& store);

/// Throws std::runtime_error with that.
void need_same_store(const DataFolder& folder, const std::string& store);

/// The same for whoever opens the store. Throws also if the folder remembers none, as those of
/// before this was remembered, and has checkpoints of the record, but this store is still to be
/// made: the practice has another one.
void need_its_store(const DataFolder& folder, const std::string& store);

/// True if the folder remembers a database.
[[nodiscard]] bool belongs_to_database(const DataFolder& folder);

/// Lets a folder that remembers none remember this one. Throws std::runtime_error.
void remember_store(const DataFolder& folder, const std::string& store);

/// The practice has moved: from now on the folder belongs to this one. Throws std::runtime_error.
void remember_new_store(const DataFolder& folder, const std::string& store);
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/settings.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace ppo_sim {
/// What the practice chose: settings by their names, as `set_setting` takes them, and "bounces",
/// the simulator's own. What is not in it is as it always was.
using Choices = std::map<std::string, std::string>;

/// Why one choice cannot be.
struct BadChoice {
    std::string name{};
    std::string reason{};
};

/// Puts the choices into the settings; those that cannot be are left out and told.
[[nodiscard]] std::vector<BadChoice> apply(const Choices& choices, Settings& settings);

/// Reads the choices that were kept; none if there is no file yet. Throws std::runtime_error naming
/// the file if it is not what `keep_choices` writes.
[[nodiscard]] Choices read_choices(const std::filesystem::path& file);

/// Replaces the file, whole or not at all. Only its owner may read it: the mail server's password
/// may be in it, which a real host would keep where it keeps its own. Throws std::runtime_error.
void keep_choices(const std::filesystem::path& file, const Choices& choices);

/// Where a process finds what the practice chose, and what its own command line puts above that.
class KeptChoices {
public:
    /// `said` is about settings; what `told` says of the store stands above a kept one as well.
    KeptChoices(const DataFolder& folder, StoreOptions told, Choices said)
        : folder_{folder}, told_{std::move(told)}, said_{std::move(said)} {}

    [[nodiscard]] const DataFolder& folder() const { return folder_; }
    [[nodiscard]] std::filesystem::path file() const { return folder_.chosen(); }

    /// As they are in the file now. Throws as read_choices.
    [[nodiscard]] Choices read() const { return under_what_was_said(read_choices(file())); }
    /// What `read` answers while these are in the file.
    [[nodiscard]] Choices under_what_was_said(Choices choices) const;

private:
    DataFolder folder_;
    StoreOptions told_;
    Choices said_;
};

/// The settings of a data folder: the simulator's own, then the store that was named, then what was
/// chosen. Throws std::runtime_error if a choice cannot be.
[[nodiscard]] Settings settings_of(const DataFolder& folder, const Choices& choices,
                                   const StoreOptions& told = {});
}  // namespace ppo_sim

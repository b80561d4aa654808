// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/settings.hpp"

#include <filesystem>
#include <iosfwd>

namespace ppo_sim {
/// What `ppo-sim hl7` is told.
struct Hl7Options : StoreOptions {
    std::filesystem::path folder{};
    bool watch = false;  // Go on until a signal comes.
};

/// Takes the messages in a folder over, tells the plugin, and prints one JSON line: how many files
/// and messages. Returns the exit status: 1 if a message was not accepted, 3 if a file was left for
/// later.
[[nodiscard]] int take_hl7(const Hl7Options& options, std::ostream& out, std::ostream& trouble);
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/line_file.hpp"

#include <ppo/ppo.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace ppo_sim {
/// How the record stood once, as the plugin told.
struct Checkpoint {
    std::uint64_t sequence = 0;
    ppo_time at = PPO_TIME_NONE;
    std::string mac{};
};

/// Where this host keeps the plugin's checkpoints: one JSON object a line, only ever appended to.
/// A host that is not a simulator keeps them where nobody who can write to the store can: on
/// another machine, for instance. Several processes may share the file.
class CheckpointFile {
public:
    explicit CheckpointFile(std::filesystem::path file) : file_{std::move(file)} {}

    /// On the disk when it returns; only the owner may read the file. Throws std::runtime_error.
    void append(const Checkpoint& checkpoint) const;

    /// Oldest first; none if there is no file yet. A last line without its end is what a crash
    /// leaves and is passed over. Throws std::runtime_error naming the line that cannot be read.
    [[nodiscard]] std::vector<Checkpoint> read() const;

private:
    LineFile file_;
};
}  // namespace ppo_sim

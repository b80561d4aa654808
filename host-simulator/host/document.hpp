// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/staged_file.hpp"

#include <cstdlib>
#include <memory>
#include <string>

namespace ppo_sim {
/// Where the system wants temporary files: TMPDIR, or /tmp.
[[nodiscard]] inline std::filesystem::path folder_for_documents() {
    const char* chosen = std::getenv("TMPDIR");
    return chosen == nullptr || *chosen == '\0' ? "/tmp" : chosen;
}

/// What the plugin gave to be saved or printed. It lies on the disk without a name: a report of a
/// million patients has 150 MB, which are not to stand in memory.
struct Document {
    std::string name{};  // "onboarding.csv"
    UnnamedFile content{folder_for_documents()};
};
using DocumentHandle = std::shared_ptr<Document>;
}  // namespace ppo_sim

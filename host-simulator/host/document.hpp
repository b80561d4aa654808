// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/staged_file.hpp"

#include <memory>
#include <string>

namespace ppo_sim {
/// What the plugin gave to be saved or printed. It lies on the disk without a name: a report of a
/// million patients has 150 MB, which are not to stand in memory.
struct Document {
    std::string name{};  // "onboarding.csv"
    UnnamedFile content{std::filesystem::temp_directory_path()};
};
using DocumentHandle = std::shared_ptr<Document>;
}  // namespace ppo_sim

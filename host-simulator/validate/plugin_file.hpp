// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace ppo_validate {
/// Why nothing of this file can be checked, with what to do, as the end of a line after the
/// program's name. Empty for every shared library of this machine, however faulty: what is wrong
/// with one is for the checks to find.
[[nodiscard]] std::string why_no_library(const std::filesystem::path& path);
}  // namespace ppo_validate

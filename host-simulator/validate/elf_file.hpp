// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ppo_validate {
/// What the dynamic linker sees of a shared library: read from the file, which is not loaded.
struct ElfFile {
    struct Symbol {
        std::string name{};
        bool is_function = false;
        bool is_unique = false;  // Keeps the library in memory for ever.
    };
    std::vector<Symbol> exported{};  // Defined, and visible to others.
    std::vector<std::string> needed{};
    bool has_text_relocations = false;
    bool has_executable_stack = false;
};

/// Of a shared library of this machine (plugin_file.hpp). Throws CannotGoOn if it is cut off.
[[nodiscard]] ElfFile read_elf(const std::filesystem::path& path);
}  // namespace ppo_validate

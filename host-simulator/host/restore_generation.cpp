// SPDX-License-Identifier: Apache-2.0
#include "host/restore_generation.hpp"

#include "host/staged_file.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace ppo_sim {
std::uint64_t read_generation(const std::filesystem::path& file) {
    std::ifstream in{file};
    if (!in.is_open() && !std::filesystem::exists(file)) return 0;
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    std::uint64_t generation = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, generation);
    if (read.ec != std::errc{} || std::string_view{read.ptr, end} != "\n")
        throw std::runtime_error{file.string() +
                                 " cannot be read: it says in one line how often the store was "
                                 "restored from a backup"};
    return generation;
}

std::uint64_t raise_generation(const std::filesystem::path& file, std::uint64_t at_least) {
    const auto raised = std::max(read_generation(file) + 1, at_least);
    StagedFile staged{file};
    staged.write(std::to_string(raised) + "\n");
    staged.keep();
    return raised;
}
}  // namespace ppo_sim

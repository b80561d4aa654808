// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace ppo_sim {
/// A file of lines that is only ever appended to, by several processes at once. Each function
/// throws std::runtime_error naming the file if that cannot be done.
class LineFile {
public:
    explicit LineFile(std::filesystem::path file) : file_{std::move(file)} {}

    [[nodiscard]] const std::filesystem::path& path() const { return file_; }

    /// Whole lines with their ends: on the disk when it returns, and beside no half line, which is
    /// what a crash leaves behind and what is cut off first. Only the owner may read a file that
    /// this makes. Returns where in the file they begin.
    std::uint64_t append(std::string_view lines) const;

    /// Gives the whole lines behind the first `from` bytes, without their ends; a last line without
    /// its end waits until it has one. None if there is no file. Returns where they end.
    [[nodiscard]] std::uint64_t each_after(
        std::uint64_t from, const std::function<void(const std::string& line)>& take) const;

    /// Ends a last line without its end if `is_whole` says that nothing of it is missing; else it
    /// is cut off.
    void mend(const std::function<bool(const std::string& rest)>& is_whole) const;

private:
    std::filesystem::path file_;
};
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace ppo_sim {
/// A file without a name, mode 0600: it goes with this object, also when the program is killed. Of
/// a file system that knows no such files it gets a name for an instant.
class UnnamedFile {
public:
    /// Throws std::runtime_error with what to do if there can be none in this folder.
    explicit UnnamedFile(const std::filesystem::path& folder);
    ~UnnamedFile();
    UnnamedFile(const UnnamedFile&) = delete;
    UnnamedFile& operator=(const UnnamedFile&) = delete;

    /// Throws std::runtime_error, such as for a full disk.
    void write(std::string_view piece);
    [[nodiscard]] std::uint64_t size() const { return size_; }
    /// From the beginning, in pieces; other threads may do so too.
    void read(const std::function<void(std::string_view)>& take) const;
    [[nodiscard]] int handle() const { return handle_; }

private:
    int handle_ = -1;
    std::uint64_t size_ = 0;
};

/// A file that is there whole or not at all: written without a name in the folder where it will
/// stand, and named once everything has reached the disk. Whatever had the name stays until then.
class StagedFile {
public:
    explicit StagedFile(std::filesystem::path file);

    void write(std::string_view piece) { content_.write(piece); }
    /// Throws std::runtime_error; then nothing is there that was not before.
    void keep();

private:
    std::filesystem::path file_;
    UnnamedFile content_;
};
}  // namespace ppo_sim

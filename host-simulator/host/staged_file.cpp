// SPDX-License-Identifier: Apache-2.0
#include "host/staged_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <stdexcept>
#include <system_error>

namespace ppo_sim {
namespace {
[[noreturn]] void complain(const std::filesystem::path& file, const std::string& what) {
    const auto why = std::generic_category().message(errno);
    throw std::runtime_error{file.string() + " " + what + " (" + why + ")"};
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
    const auto folder = std::filesystem::absolute(file).parent_path();
    if (std::filesystem::is_directory(file) || !file.has_filename())
        throw std::runtime_error{file.string() + " is a folder: name a file"};
    return folder;
}

int open_unnamed(const std::filesystem::path& folder) {
    const int handle = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (handle >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return handle;
    std::string name = (folder / ".ppo-sim-XXXXXX").string();
    const int named = mkostemp(name.data(), O_CLOEXEC);
    if (named >= 0) unlink(name.c_str());
    return named;
}

/// Gives the file behind the handle a name; false if the name is taken.
bool link_as(int handle, const std::filesystem::path& name) {
    const std::string itself = "/proc/self/fd/" + std::to_string(handle);
    if (linkat(AT_FDCWD, itself.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0)
        return true;
    if (errno != EEXIST) complain(name, "cannot be named");
    return false;
}

void sync_folder(const std::filesystem::path& folder) {
    const int handle = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0) return;
    fsync(handle);
    close(handle);
}
}  // namespace

UnnamedFile::UnnamedFile(const std::filesystem::path& folder) : handle_{open_unnamed(folder)} {
    if (handle_ < 0) complain(folder, "takes no file: is it there, and may this program write?");
}

UnnamedFile::~UnnamedFile() { close(handle_); }

void UnnamedFile::write(std::string_view piece) {
    while (!piece.empty()) {
        const auto written = ::write(handle_, piece.data(), piece.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) complain("the document", "cannot be written: is there space?");
        piece.remove_prefix(static_cast<std::size_t>(written));
        size_ += static_cast<std::uint64_t>(written);
    }
}

void UnnamedFile::read(const std::function<void(std::string_view)>& take) const {
    std::string piece(64 * 1024, '\0');
    std::uint64_t at = 0;
    while (at < size_) {
        const auto got = pread(handle_, piece.data(), piece.size(), static_cast<off_t>(at));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) complain("the document", "cannot be read again");
        take({piece.data(), static_cast<std::size_t>(got)});
        at += static_cast<std::uint64_t>(got);
    }
}

StagedFile::StagedFile(std::filesystem::path file)
    : file_{std::move(file)}, content_{folder_of(file_)} {}

void StagedFile::keep() {
    if (fsync(content_.handle()) != 0) complain(file_, "cannot be written: is there space?");
    const auto folder = folder_of(file_);
    if (!link_as(content_.handle(), file_)) {
        // Only a file with a name can take the place of another.
        const auto next = folder / ("." + file_.filename().string() + "." +
                                    std::to_string(getpid()) + ".new");
        unlink(next.c_str());  // Of a program of this number that was killed here.
        if (!link_as(content_.handle(), next)) complain(file_, "cannot be replaced");
        if (std::rename(next.c_str(), file_.c_str()) != 0) {
            const int why = errno;
            unlink(next.c_str());
            errno = why;
            complain(file_, "cannot be replaced");
        }
    }
    sync_folder(folder);
}
}  // namespace ppo_sim

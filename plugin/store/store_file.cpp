// SPDX-License-Identifier: Apache-2.0
#include "store/store_file.hpp"

#include "store/connection.hpp"
#include "store/fault.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace ppo {
namespace {
constexpr std::int64_t small_file_bytes = 32
                                          << 20;  // Checking every page of this takes about 0.1 s.

[[noreturn]] void refuse(StoreFault::Kind kind, const std::string& path, const std::string& why) {
    throw StoreFault{kind, "The store " + path + " cannot be used: " + why + "."};
}

void make_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file >= 0) {
        ::close(file);
    } else if (errno != EEXIST) {
        refuse(StoreFault::Kind::Unreadable, path,
               "it cannot be made here (" + std::generic_category().message(errno) +
                   "); choose a folder that exists and can be written");
    }
}
}  // namespace

std::string prepare_store_file(const std::string& path) {
    std::error_code error;
    const auto absolute = std::filesystem::absolute(path, error).string();
    const auto status = std::filesystem::symlink_status(absolute, error);
    if (!std::filesystem::exists(status)) {
        make_file(absolute);
        return absolute;
    }
    if (!std::filesystem::is_regular_file(std::filesystem::status(absolute, error)))
        refuse(StoreFault::Kind::Unreadable, absolute, "it is not a regular file; name a file");
    const int file = ::open(absolute.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) {
        const bool read_only = errno == EROFS ||
                               (errno == EACCES && ::access(absolute.c_str(), R_OK) == 0);
        refuse(read_only ? StoreFault::Kind::ReadOnly : StoreFault::Kind::Unreadable, absolute,
               std::generic_category().message(errno) +
                   "; give this program read and write permission");
    }
    ::close(file);
    const auto folder = std::filesystem::path{absolute}.parent_path();
    if (::faccessat(AT_FDCWD, folder.c_str(), W_OK, AT_EACCESS) != 0)
        refuse(StoreFault::Kind::ReadOnly, absolute,
               "its folder cannot be written, where SQLite keeps its journal; give this program "
               "write permission");
    return absolute;
}

void check_store_file(Connection& connection, const std::string& path) {
    const auto number = [&connection](std::string_view pragma) {
        auto rows = connection.query(pragma);
        return rows.next() ? rows.integer(0) : 0;
    };
    // Reading the page count also undoes what a crash left half-done.
    const auto promised = number("PRAGMA page_count") * number("PRAGMA page_size");
    std::error_code error;
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path, error));
    if (error || size < promised)
        throw StoreFault{StoreFault::Kind::Damaged, "it is cut off; restore it from a backup"};
    if (size > small_file_bytes) return;
    auto rows = connection.query("PRAGMA quick_check(1)");
    if (!rows.next() || rows.view(0) != "ok")
        throw StoreFault{StoreFault::Kind::Damaged, "it is damaged; restore it from a backup"};
}
}  // namespace ppo

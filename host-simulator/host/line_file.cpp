// SPDX-License-Identifier: Apache-2.0
#include "host/line_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace ppo_sim {
namespace {
/// The file, open and locked for this process alone; closing lets the lock go.
class Locked {
public:
    Locked(const std::filesystem::path& file, int flags)
        : file_{file}, number_{::open(file.c_str(), O_RDWR | O_CLOEXEC | flags, 0600)} {
        if (number_ >= 0 && ::flock(number_, LOCK_EX) == 0) return;
        if (number_ >= 0) ::close(number_);
        complain("open");
    }
    ~Locked() { ::close(number_); }
    Locked(const Locked&) = delete;
    Locked& operator=(const Locked&) = delete;

    [[nodiscard]] ::off_t size() const { return ::lseek(number_, 0, SEEK_END); }

    /// Where the last whole line ends.
    [[nodiscard]] ::off_t end_of_lines() const {
        auto end = size();
        for (char last = 0; end > 0; --end)
            if (::pread(number_, &last, 1, end - 1) == 1 && last == '\n') break;
        return end;
    }

    [[nodiscard]] std::string read_from(::off_t at) const {
        std::string rest(static_cast<std::size_t>(size() - at), '\0');
        if (::pread(number_, rest.data(), rest.size(), at) != static_cast<::ssize_t>(rest.size()))
            complain("read");
        return rest;
    }

    void cut_off_at(::off_t at) const {
        if (::ftruncate(number_, at) != 0) complain("mend");
    }

    void write(std::string_view text) const {
        while (!text.empty()) {
            const auto written = ::write(number_, text.data(), text.size());
            if (written <= 0) complain("write");
            text.remove_prefix(static_cast<std::size_t>(written));
        }
        if (::fsync(number_) != 0) complain("write");
    }

private:
    [[noreturn]] void complain(const char* what) const {
        throw std::runtime_error{std::string{"cannot "} + what + " " + file_.string()};
    }

    const std::filesystem::path& file_;
    int number_;
};
}  // namespace

std::uint64_t LineFile::append(std::string_view lines) const {
    const Locked file{file_, O_CREAT | O_APPEND | O_NOFOLLOW};
    const auto end = file.end_of_lines();
    if (end < file.size()) file.cut_off_at(end);
    file.write(lines);
    return static_cast<std::uint64_t>(end);
}

std::uint64_t LineFile::each_after(std::uint64_t from,
                                   const std::function<void(const std::string& line)>& take) const {
    std::ifstream in{file_, std::ios::binary};
    if (!in && std::filesystem::exists(file_))
        throw std::runtime_error{"cannot read " + file_.string()};
    in.seekg(static_cast<std::streamoff>(from));
    std::string line;
    while (std::getline(in, line) && !in.eof()) {
        take(line);
        from += line.size() + 1;
    }
    return from;
}

void LineFile::mend(const std::function<bool(const std::string& rest)>& is_whole) const {
    if (!std::filesystem::exists(file_)) return;
    const Locked file{file_, O_APPEND};
    const auto end = file.end_of_lines();
    if (end == file.size()) return;
    if (is_whole(file.read_from(end)))
        file.write("\n");
    else
        file.cut_off_at(end);
}
}  // namespace ppo_sim

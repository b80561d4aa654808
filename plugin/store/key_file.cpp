// SPDX-License-Identifier: Apache-2.0
#include "store/key_file.hpp"

#include "store/fault.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <sstream>

namespace ppo {
namespace {
[[noreturn]] void refuse(const std::string& path, const std::string& why) {
    throw StoreFault{StoreFault::Kind::Keys, "The key file " + path + " " + why + "."};
}

/// A file descriptor that closes itself.
class File {
public:
    File(const std::string& path, int flags)
        : number_{::open(path.c_str(), flags | O_CLOEXEC, 0600)} {}
    ~File() {
        if (number_ >= 0) ::close(number_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

/// False if somebody else made it first.
bool make(const std::string& path) {
    const File file{path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW};
    if (file.number() < 0) {
        if (errno == EEXIST) return false;
        refuse(path, "cannot be made; choose a folder that exists and can be written");
    }
    std::array<std::uint8_t, 32> key{};
    randombytes_buf(key.data(), key.size());
    std::array<char, 65> hex{};
    sodium_bin2hex(hex.data(), hex.size(), key.data(), key.size());
    std::string line = "k1 " + std::string{hex.data(), 64} + "\n";
    const bool written = ::write(file.number(), line.data(), line.size()) ==
                             static_cast<ssize_t>(line.size()) &&
                         ::fsync(file.number()) == 0;
    sodium_memzero(line.data(), line.size());
    sodium_memzero(hex.data(), hex.size());
    sodium_memzero(key.data(), key.size());
    if (!written) {
        ::unlink(path.c_str());
        refuse(path, "cannot be written; free some space");
    }
    return true;
}

std::string read_all(const std::string& path, int file) {
    std::string text(8192, '\0');
    const auto size = ::read(file, text.data(), text.size());
    if (size < 0 || static_cast<std::size_t>(size) == text.size())
        refuse(path, "is not a key file");
    text.resize(static_cast<std::size_t>(size));
    return text;
}

RootKey parse_line(const std::string& path, const std::string& line) {
    RootKey key;
    const auto blank = line.find(' ');
    std::size_t size = 0;
    const bool good = blank != std::string::npos && blank > 0 && blank <= 32 &&
                      line.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == blank &&
                      sodium_hex2bin(key.bytes.data(), key.bytes.size(), line.data() + blank + 1,
                                     line.size() - blank - 1, nullptr, &size, nullptr) == 0 &&
                      size == key.bytes.size();
    if (!good) refuse(path, "is damaged; restore it from a backup");
    key.id = line.substr(0, blank);
    return key;
}
}  // namespace

std::vector<RootKey> read_key_file(const std::string& path, bool may_make) {
    if (sodium_init() < 0) refuse(path, "cannot be used, because libsodium cannot start");
    if (may_make && ::access(path.c_str(), F_OK) != 0) static_cast<void>(make(path));
    const File file{path, O_RDONLY};
    if (file.number() < 0)
        refuse(path,
               errno == ENOENT
                   ? "is missing; restore it from a backup, because the store was written with it"
                   : "cannot be read; check its permissions");
    struct stat status {};
    if (::fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode))
        refuse(path, "is not a file");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        refuse(path, "can be read by others; set its mode to 0600");
    std::string text = read_all(path, file.number());
    std::vector<RootKey> keys;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);)
        if (!line.empty()) keys.push_back(parse_line(path, line));
    sodium_memzero(text.data(), text.size());
    if (keys.empty()) refuse(path, "is empty; restore it from a backup");
    return keys;
}
}  // namespace ppo

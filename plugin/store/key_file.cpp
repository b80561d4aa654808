// SPDX-License-Identifier: Apache-2.0
#include "store/key_file.hpp"

#include "store/fault.hpp"
#include "store/wiped_bytes.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <set>
#include <string_view>

namespace ppo {
namespace {
[[noreturn]] void refuse(const std::string& path, const std::string& why) {
    throw StoreFault{StoreFault::Kind::Keys, "The key file " + path + " " + why + "."};
}

/// A file descriptor that closes itself.
class File {
public:
    explicit File(int number) : number_{number} {}
    ~File() {
        if (number_ >= 0) ::close(number_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

/// Makes it if nobody else was first. It gets its name when it is whole: another process that
/// starts at the same moment must neither read half of it nor make a key of its own.
void make(const std::string& path) {
    constexpr auto impossible = "cannot be made; choose a folder that exists and can be written";
    std::string fresh = path + ".new-XXXXXX";
    const File file{::mkostemp(fresh.data(), O_CLOEXEC)};  // For its owner only.
    if (file.number() < 0) refuse(path, impossible);
    WipedBytes<std::uint8_t, 32> key;
    randombytes_buf(key.data(), key.size());
    WipedBytes<char, 3 + 2 * 32 + 1> line;  // "k1 ", the digits, and what ends them.
    std::copy_n("k1 ", 3, line.data());
    sodium_bin2hex(line.data() + 3, line.size() - 3, key.data(), key.size());
    line.data()[line.size() - 1] = '\n';
    const bool written = ::write(file.number(), line.data(), line.size()) ==
                             static_cast<ssize_t>(line.size()) &&
                         ::fsync(file.number()) == 0;
    const bool named = written && (::link(fresh.c_str(), path.c_str()) == 0 || errno == EEXIST);
    ::unlink(fresh.c_str());
    if (!written) refuse(path, "cannot be written; free some space");
    if (!named) refuse(path, impossible);
}

using KeyText = WipedBytes<char, 8192>;

std::string_view read_all(const std::string& path, int file, KeyText& text) {
    const auto size = ::read(file, text.data(), text.size());
    if (size < 0 || static_cast<std::size_t>(size) == text.size())
        refuse(path, "is not a key file");
    return {text.data(), static_cast<std::size_t>(size)};
}

RootKey parse_line(const std::string& path, std::string_view line) {
    RootKey key;
    const auto blank = line.find(' ');
    std::size_t size = 0;
    const bool good = blank != std::string_view::npos && is_key_id(line.substr(0, blank)) &&
                      sodium_hex2bin(key.bytes.data(), key.bytes.size(), line.data() + blank + 1,
                                     line.size() - blank - 1, nullptr, &size, nullptr) == 0 &&
                      size == key.bytes.size();
    if (!good) refuse(path, "is damaged; restore it from a backup");
    key.id = line.substr(0, blank);
    return key;
}
/// Of two keys with one id only the first would ever be found.
void refuse_twins(const std::string& path, const std::vector<RootKey>& keys) {
    std::set<std::string_view> ids;
    for (const auto& key : keys)
        if (!ids.insert(key.id).second)
            refuse(path, "has two keys named " + key.id + "; restore it from a backup");
}
}  // namespace

std::vector<RootKey> read_key_file(const std::string& path, bool may_make) {
    if (sodium_init() < 0) refuse(path, "cannot be used, because libsodium cannot start");
    if (may_make && ::access(path.c_str(), F_OK) != 0) make(path);
    const File file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
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
    KeyText text;
    auto rest = read_all(path, file.number(), text);
    std::vector<RootKey> keys;
    while (!rest.empty()) {
        const auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (!line.empty()) keys.push_back(parse_line(path, line));
    }
    if (keys.empty()) refuse(path, "is empty; restore it from a backup");
    refuse_twins(path, keys);
    return keys;
}
}  // namespace ppo

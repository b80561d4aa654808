// SPDX-License-Identifier: Apache-2.0
#include "mail/sending_journal.hpp"

#include "store/fault.hpp"
#include "store/keyring.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

namespace ppo {
namespace {
constexpr std::string_view infix = "-sending-";

[[noreturn]] void fail(int error) {
    const auto kind = error == ENOSPC || error == EDQUOT ? StoreFault::Kind::Full
                                                         : StoreFault::Kind::Failed;
    throw StoreFault{kind,
                     "the journal of mails that are leaving cannot be written in the state folder "
                     "or beside the store, so none leaves: " +
                         std::generic_category().message(error)};
}

/// Whether the lock is ours, on a file that still has its name.
bool take_lock(int file) {
    while (::flock(file, LOCK_EX | LOCK_NB) != 0)
        if (errno != EINTR) return false;
    struct stat facts {};
    return ::fstat(file, &facts) == 0 && facts.st_nlink > 0;
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::string_view take_word(std::string_view& line) {
    const auto word = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(line.size(), word.size() + 1));
    return word;
}

/// "<mail id> <state> <relay broken> <reason>"
void read_ended(LeftBehind& left, std::string_view line) {
    const auto id = take_word(line);
    const auto state = number_in(take_word(line));
    const auto broken = number_in(take_word(line));
    if (!state || !broken || *state < 0 ||
        *state > static_cast<std::int64_t>(DeliveryState::Unknown))
        return;
    left.mails[std::string{id}] = Delivery{static_cast<DeliveryState>(*state), std::string{line},
                                           *broken != 0};
}

void read_line(LeftBehind& left, std::string_view line) {
    const auto what = take_word(line);
    if (what == "leaving") {
        left.mails.try_emplace(std::string{line});
    } else if (what == "ended") {
        read_ended(left, line);
    } else if (what == "begun") {
        left.begun_at = from_milliseconds(number_in(line).value_or(0));
    }
}

std::string bytes_of(int file) {
    std::string bytes;
    std::vector<char> block(64UL * 1024);
    while (true) {
        const auto count = ::read(file, block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail(errno);
        if (count == 0) return bytes;
        bytes.append(block.data(), static_cast<std::size_t>(count));
    }
}

class OpenJournal {
public:
    explicit OpenJournal(const std::string& path)
        : file_{::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)} {}
    OpenJournal(const OpenJournal&) = delete;
    OpenJournal& operator=(const OpenJournal&) = delete;
    ~OpenJournal() {
        if (file_ >= 0) ::close(file_);
    }
    [[nodiscard]] bool is_ours() const { return file_ >= 0 && take_lock(file_); }
    [[nodiscard]] std::string bytes() const { return bytes_of(file_); }

private:
    int file_;
};
}  // namespace

SendingJournal::SendingJournal(const std::string& prefix) : lease_{random_id()} {
    if (prefix.empty()) return;
    constexpr int patience = 100;
    for (int tries = 0; tries < patience; ++tries) {
        path_ = prefix + std::string{infix} + lease_;
        file_ = ::open(path_.c_str(),
                       O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (file_ < 0) fail(errno);
        if (take_lock(file_)) return;
        // Somebody who looks for journals of the dead was quicker, and takes this one away.
        ::close(std::exchange(file_, -1));
        lease_ = random_id();
    }
    fail(EAGAIN);
}

SendingJournal::~SendingJournal() {
    if (file_ < 0) return;
    ::unlink(path_.c_str());
    ::close(file_);
}

void SendingJournal::begin(UnixTime now) {
    if (!write("begun " + std::to_string(to_milliseconds(now)) + "\n")) fail(errno);
}

void SendingJournal::leaving(std::string_view mail_id) {
    if (is_spoilt_) fail(EIO);
    if (!write("leaving " + std::string{mail_id} + "\n")) fail(errno);
}

void SendingJournal::ended(std::string_view mail_id, const Delivery& delivery) {
    std::string line = "ended ";
    line += mail_id;
    line += ' ' + std::to_string(static_cast<int>(delivery.state));
    line += delivery.relay_broken ? " 1 " : " 0 ";
    for (const char c : delivery.reason) line += c == '\n' ? ' ' : c;
    // If that fails nothing more leaves, and what has ended is stored soon by who knows it.
    static_cast<void>(write(line + "\n"));
}

void SendingJournal::forget() {
    if (file_ < 0) return;
    while (::ftruncate(file_, 0) != 0)
        if (errno != EINTR) fail(errno);
    is_spoilt_ = false;
}

void SendingJournal::leave_behind() {
    if (file_ >= 0) ::close(std::exchange(file_, -1));
}

bool SendingJournal::write(std::string_view line) {
    if (file_ < 0) return true;
    // One line, one write: lines of several threads do not mix.
    ssize_t written = -1;
    do written = ::write(file_, line.data(), line.size());
    while (written < 0 && errno == EINTR);
    if (written == static_cast<ssize_t>(line.size())) return true;
    if (written >= 0) errno = ENOSPC;
    is_spoilt_ = true;  // The next line would be glued to half of this one.
    return false;
}

LeftBehind read_journal(std::string_view lease, std::string_view bytes) {
    LeftBehind left;
    left.lease = lease;
    while (true) {
        const auto end = bytes.find('\n');
        if (end == std::string_view::npos) return left;
        read_line(left, bytes.substr(0, end));
        bytes.remove_prefix(end + 1);
    }
}

void take_journals_left_behind(const std::string& prefix,
                               const std::function<void(const LeftBehind& left)>& take) {
    if (prefix.empty()) return;
    const std::filesystem::path path{prefix};
    const auto start = path.filename().string() + std::string{infix};
    std::vector<std::filesystem::path> found;
    std::error_code error;  // A folder that cannot be read is tried again another time.
    for (std::filesystem::directory_iterator entry{path.parent_path(), error}, end;
         !error && entry != end; entry.increment(error))
        if (entry->path().filename().string().starts_with(start)) found.push_back(entry->path());
    for (const auto& file : found) {
        const OpenJournal journal{file};
        if (!journal.is_ours()) continue;  // Its worker lives, or another one recovers it.
        take(read_journal(file.filename().string().substr(start.size()), journal.bytes()));
        ::unlink(file.c_str());
    }
}
}  // namespace ppo

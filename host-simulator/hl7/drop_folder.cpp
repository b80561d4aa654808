// SPDX-License-Identifier: Apache-2.0
#include "hl7/drop_folder.hpp"

#include "hl7/batch.hpp"
#include "host/staged_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <ostream>
#include <stdexcept>
#include <system_error>

namespace ppo_sim {
namespace fs = std::filesystem;
namespace {
constexpr std::size_t longest_file = 16UL * 1024 * 1024;
constexpr std::size_t longest_message = 1024 * 1024;

/// An open file, or none.
class Handle {
public:
    explicit Handle(int number) : number_{number} {}
    ~Handle() {
        if (number_ >= 0) ::close(number_);
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

/// True if some process has the file open for writing. Who may not ask, or of a file system that
/// does not say, learns no.
bool is_being_written(int file) {
    // A lease tells it: none is given while there is a writer. Of one who comes while it is held
    // the kernel would tell by SIGIO, which ends a program; SIGURG is ignored.
    ::fcntl(file, F_SETSIG, SIGURG);
    if (::fcntl(file, F_SETLEASE, F_RDLCK) != 0) return errno == EAGAIN;
    ::fcntl(file, F_SETLEASE, F_UNLCK);
    return false;
}

std::string read_all(int file, std::size_t size) {
    std::string content(size, '\0');
    std::size_t at = 0;
    while (at < size) {
        const auto got = ::pread(file, content.data() + at, size - at, static_cast<off_t>(at));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        at += static_cast<std::size_t>(got);
    }
    content.resize(at);
    return content;
}

[[noreturn]] void complain(const char* what, const std::error_code& why) {
    throw fs::filesystem_error{what, why};
}

Hl7Message read_message(const std::string& text, Hl7Answer& answer) {
    if (text.size() <= longest_message) return Hl7Message{text};
    answer.problem = {Hl7Code::Internal, "the message is longer than 1 MB", ""};
    const std::string header = text.substr(0, text.find('\r') + 1);
    return Hl7Message{header.size() <= longest_message ? header : ""};
}
}  // namespace

struct Hl7Folder::Read {
    std::string content{};
    bool waits = false;
    std::string unusable{};
};

Hl7Pass& Hl7Pass::operator+=(const Hl7Pass& other) {
    done += other.done;
    refused += other.refused;
    incomplete = other.incomplete;
    accepted += other.accepted;
    repeated += other.repeated;
    not_accepted += other.not_accepted;
    busy = other.busy;
    left_because = other.left_because;
    return *this;
}

Hl7Folder::Hl7Folder(fs::path folder) : folder_{std::move(folder)} {
    for (const auto* part : {"ack", "done", "refused"}) fs::create_directories(folder_ / part);
}

std::vector<std::string> Hl7Folder::waiting() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator{folder_}) {
        std::string name = entry.path().filename().string();
        // A link could lead out of the folder; a dot in front is how programs hide what they write.
        if (name.front() != '.' && name.ends_with(".hl7") &&
            entry.symlink_status().type() == fs::file_type::regular)
            names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    return names;
}

Hl7Folder::Read Hl7Folder::read(const std::string& name) const {
    const auto path = folder_ / name;
    const Handle file{::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)};
    struct stat facts {};
    if (file.number() < 0 || ::fstat(file.number(), &facts) != 0) {
        const std::error_code why{errno, std::generic_category()};
        if (why == std::errc::no_such_file_or_directory) return {.waits = true};
        complain("a file of messages cannot be read", why);
    }
    if (is_being_written(file.number())) return {.waits = true};
    const auto size = static_cast<std::size_t>(facts.st_size);
    if (size > longest_file) return {.unusable = "is longer than 16 MB"};
    return {.content = read_all(file.number(), size)};
}

/// A name that is there already stays with its file: the new one gets a number.
void Hl7Folder::put_aside(const std::string& name, const char* where) const {
    std::error_code why;
    fs::path target = folder_ / where / name;
    for (int number = 2; fs::exists(fs::symlink_status(target, why)); ++number)
        target = folder_ / where / (name + "." + std::to_string(number));
    fs::rename(folder_ / name, target, why);
    if (why) complain("a file of messages cannot be moved", why);
}

void Hl7Folder::answer(const std::string& name, const std::string& answers) const {
    try {
        StagedFile ack{folder_ / "ack" / (name + ".ack")};
        ack.write(answers);
        ack.keep();
    } catch (
        const std::runtime_error&) {  // It names the file, and files may be named after people.
        throw std::runtime_error{
            "an answer cannot be written into the folder ack: is there space?"};
    }
}

Hl7Pass Hl7Folder::take(Hl7Receiver& receiver, const std::function<ppo_time()>& now,
                        std::size_t most) const {
    Hl7Pass pass{};
    const Handle lock{
        ::open((folder_ / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)};
    if (lock.number() < 0)
        complain("the folder of messages cannot be locked", {errno, std::generic_category()});
    if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0) {
        pass.busy = true;
        return pass;
    }
    for (const auto& name : waiting()) {
        if (most == 0) return pass;
        const Read file = read(name);
        const Hl7Batch batch = split_hl7(file.content);
        if (file.waits || (file.unusable.empty() && !batch.complete)) {
            ++pass.incomplete;
            continue;
        }
        --most;
        const std::string unusable = file.unusable.empty() ? batch.unusable : file.unusable;
        std::string answers;
        bool good = unusable.empty();
        if (!good)
            answers = acknowledge(
                Hl7Message{""}, {Hl7Problem{Hl7Code::SegmentSequence, "the file " + unusable, ""}},
                now());
        try {
            for (const auto& text : batch.messages) {
                if (!unusable.empty()) break;
                Hl7Answer answer{};
                const Hl7Message message = read_message(text, answer);
                if (!answer.problem) answer = receiver.receive(message, now());
                answers += acknowledge(message, answer, now());
                good = good && answer.accepted();
                ++(answer.accepted() ? pass.accepted : pass.not_accepted);
                if (answer.repeated) ++pass.repeated;
            }
        } catch (const Hl7NotTold& fault) {
            pass.left_because = fault.answer.code;
            return pass;
        }
        answer(name, answers);
        put_aside(name, good ? "done" : "refused");
        ++(good ? pass.done : pass.refused);
    }
    return pass;
}

void tell(const Hl7Pass& pass, std::ostream& log) {
    if (pass.refused > 0)
        log << "HL7: " + std::to_string(pass.refused) + " files refused; their answers say why\n";
    if (pass.incomplete > 0)
        log << "HL7: " + std::to_string(pass.incomplete) + " files are not complete yet\n";
    if (!pass.left_because.empty())
        log << "HL7: the plugin did not take a changed chart, tried again: " + pass.left_because +
                   "\n";
    if (pass.busy) log << "HL7: another process takes the files of this folder\n";
}
}  // namespace ppo_sim

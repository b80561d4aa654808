// SPDX-License-Identifier: Apache-2.0
#include "host/checkpoint_file.hpp"

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace ppo_sim {
namespace {
/// An open file that closes, and lets its lock go, by itself.
class Descriptor {
public:
    explicit Descriptor(int number) : number_{number} {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

std::string line_of(const Checkpoint& checkpoint) {
    Poco::JSON::Object object{Poco::JSON_PRESERVE_KEY_ORDER};
    object.set("sequence", checkpoint.sequence);
    object.set("at", checkpoint.at);
    object.set("mac", checkpoint.mac);
    std::ostringstream line;
    object.stringify(line);
    line << '\n';
    return line.str();
}

std::optional<Checkpoint> checkpoint_in(const std::string& line) {
    try {
        Poco::JSON::Parser parser;
        const auto object = parser.parse(line).extract<Poco::JSON::Object::Ptr>();
        return Checkpoint{object->getValue<std::uint64_t>("sequence"),
                          object->getValue<ppo_time>("at"), object->getValue<std::string>("mac")};
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

/// Cuts off what a crash left behind the last whole line.
void drop_torn_line(int file) {
    const auto size = ::lseek(file, 0, SEEK_END);
    auto end = size;
    for (char last = 0; end > 0; --end)
        if (::pread(file, &last, 1, end - 1) == 1 && last == '\n') break;
    if (end < size && ::ftruncate(file, end) != 0) throw std::runtime_error{"cannot be mended"};
}
}  // namespace

void CheckpointFile::append(const Checkpoint& checkpoint) const {
    const Descriptor file{
        ::open(file_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600)};
    const auto line = line_of(checkpoint);
    if (file.number() < 0 || ::flock(file.number(), LOCK_EX) != 0)
        throw std::runtime_error{"cannot open " + file_.string()};
    drop_torn_line(file.number());
    if (::write(file.number(), line.data(), line.size()) != static_cast<::ssize_t>(line.size()) ||
        ::fsync(file.number()) != 0)
        throw std::runtime_error{"cannot write " + file_.string()};
}

std::vector<Checkpoint> CheckpointFile::read() const {
    std::vector<Checkpoint> all;
    std::ifstream in{file_, std::ios::binary};
    if (!in && std::filesystem::exists(file_))
        throw std::runtime_error{"cannot read " + file_.string()};
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (in.eof()) break;
        const auto checkpoint = checkpoint_in(line);
        if (!checkpoint)
            throw std::runtime_error{file_.string() + " line " + std::to_string(number) +
                                     " is damaged: without it the record cannot be vouched for"};
        all.push_back(*checkpoint);
    }
    return all;
}
}  // namespace ppo_sim

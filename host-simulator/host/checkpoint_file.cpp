// SPDX-License-Identifier: Apache-2.0
#include "host/checkpoint_file.hpp"

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <optional>
#include <sstream>
#include <stdexcept>

namespace ppo_sim {
namespace {
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
}  // namespace

void CheckpointFile::append(const Checkpoint& checkpoint) const {
    file_.append(line_of(checkpoint));
}

std::vector<Checkpoint> CheckpointFile::read() const {
    std::vector<Checkpoint> all;
    static_cast<void>(file_.each_after(0, [&](const std::string& line) {
        const auto checkpoint = checkpoint_in(line);
        if (!checkpoint)
            throw std::runtime_error{file_.path().string() + " line " +
                                     std::to_string(all.size() + 1) +
                                     " is damaged: without it the record cannot be vouched for"};
        all.push_back(*checkpoint);
    }));
    return all;
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "hl7/journal.hpp"

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace ppo_sim {
namespace {
std::string key_of(const std::string& sender, const std::string& control_id) {
    return std::to_string(sender.size()) + ":" + sender + control_id;
}

std::string line_of(const Hl7Journal::Entry& entry) {
    Poco::JSON::Object object{Poco::JSON_PRESERVE_KEY_ORDER};
    object.set("sender", entry.sender);
    object.set("control_id", entry.control_id);
    object.set("digest", entry.digest);
    if (!entry.patient_id.empty()) object.set("patient", entry.patient_id);
    if (entry.at) object.set("at", *entry.at);
    std::ostringstream line;
    object.stringify(line);
    line << '\n';
    return line.str();
}

Hl7Journal::Entry entry_in(const std::string& line) {
    Poco::JSON::Parser parser;
    const auto object = parser.parse(line).extract<Poco::JSON::Object::Ptr>();
    Hl7Journal::Entry entry{object->getValue<std::string>("sender"),
                            object->getValue<std::string>("control_id"),
                            object->getValue<std::string>("digest"),
                            object->optValue<std::string>("patient", ""),
                            {}};
    if (object->has("at")) entry.at = object->getValue<ppo_time>("at");
    return entry;
}
}  // namespace

Hl7Journal::Hl7Journal(std::filesystem::path file) : file_{std::move(file)} {
    // A line that a crash cut off tells of a message that was never answered.
    file_->mend([](const std::string&) { return false; });
    catch_up();
}

void Hl7Journal::catch_up() {
    if (!file_) return;
    read_ = file_->each_after(read_, [this](const std::string& line) {
        ++lines_;
        try {
            take(entry_in(line));
        } catch (const std::exception&) {
            throw std::runtime_error{file_->path().string() + " line " + std::to_string(lines_) +
                                     " is damaged: restore the file or delete that line"};
        }
    });
}

void Hl7Journal::take(const Entry& entry) {
    digests_[key_of(entry.sender, entry.control_id)] = entry.digest;
    if (!entry.at || entry.patient_id.empty()) return;
    const auto [known, is_new] = known_until_.emplace(entry.patient_id, *entry.at);
    if (!is_new) known->second = std::max(known->second, *entry.at);
}

std::optional<std::string> Hl7Journal::digest_of(const std::string& sender,
                                                 const std::string& control_id) {
    catch_up();
    const auto found = digests_.find(key_of(sender, control_id));
    if (found == digests_.end()) return std::nullopt;
    return found->second;
}

std::optional<ppo_time> Hl7Journal::known_until(const std::string& patient_id) {
    catch_up();
    const auto found = known_until_.find(patient_id);
    if (found == known_until_.end()) return std::nullopt;
    return found->second;
}

void Hl7Journal::note(const Entry& entry) {
    if (!file_) return take(entry);
    file_->append(line_of(entry));
    catch_up();
}
}  // namespace ppo_sim

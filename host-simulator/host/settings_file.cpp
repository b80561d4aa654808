// SPDX-License-Identifier: Apache-2.0
#include "host/settings_file.hpp"

#include <Poco/Exception.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace ppo_sim {
namespace {
[[noreturn]] void complain(const std::filesystem::path& file, const std::string& what) {
    throw std::runtime_error{file.string() + " " + what};
}

void write_whole(const std::filesystem::path& file, const std::string& text) {
    const int handle = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (handle < 0) complain(file, "cannot be written");
    const bool written = write(handle, text.data(), text.size()) ==
                             static_cast<ssize_t>(text.size()) &&
                         fsync(handle) == 0;
    if (close(handle) != 0 || !written) complain(file, "cannot be written");
}
}  // namespace

std::vector<BadChoice> apply(const Choices& choices, Settings& settings) {
    std::vector<BadChoice> bad;
    for (const auto& [name, value] : choices) {
        if (name == "bounces") continue;
        if (auto reason = set_setting(settings, name, value))
            bad.push_back({name, std::move(*reason)});
    }
    return bad;
}

Choices read_choices(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) return {};
    std::ifstream in{file, std::ios::binary};
    if (!in) complain(file, "cannot be read");
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    try {
        const auto object = Poco::JSON::Parser{}.parse(text).extract<Poco::JSON::Object::Ptr>();
        Choices choices;
        for (const auto& [name, value] : *object) choices[name] = value.extract<std::string>();
        return choices;
    } catch (const Poco::Exception&) {
        complain(file, "is not an object of texts in JSON: mend or remove it");
    }
}

void keep_choices(const std::filesystem::path& file, const Choices& choices) {
    Poco::JSON::Object object;
    for (const auto& [name, value] : choices) object.set(name, value);
    std::ostringstream text;
    object.stringify(text, 2);
    text << '\n';
    auto fresh = file;
    fresh += ".new-" + std::to_string(getpid());  // Another process may save at the same moment.
    write_whole(fresh, text.str());
    std::filesystem::rename(fresh, file);
}

Choices KeptChoices::under_what_was_said(Choices choices) const {
    if (!told_.store.empty()) choices.erase("store");
    if (!told_.practice.empty()) choices.erase("practice_id");
    for (const auto& [name, value] : said_) choices[name] = value;
    return choices;
}

Settings settings_of(const DataFolder& folder, const Choices& choices, const StoreOptions& told) {
    Settings settings = folder.settings(told);
    for (const auto& bad : apply(choices, settings))
        complain(folder.chosen(), "says: " + bad.reason);
    return settings;
}
}  // namespace ppo_sim

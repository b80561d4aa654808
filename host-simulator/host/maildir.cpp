// SPDX-License-Identifier: Apache-2.0
#include "host/maildir.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <system_error>

namespace ppo_sim {
namespace fs = std::filesystem;
namespace {
/// Two mails of one moment, or of two programs, have two names.
std::string fresh_name() {
    static std::atomic<unsigned> count{0};
    using namespace std::chrono;
    const auto now = duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
    return std::to_string(now) + "." + std::to_string(getpid()) + "_" + std::to_string(++count) +
           ".simulator";
}

bool write_file(const fs::path& file, const std::string& text) {
    std::ofstream out{file, std::ios::binary};
    out << text;
    out.close();
    return out.good();
}
}  // namespace

Maildir::Maildir(fs::path folder) : folder_{std::move(folder)} {
    for (const auto* part : {"tmp", "new", "cur"}) fs::create_directories(folder_ / part);
}

void Maildir::deliver(const std::string& message) const {
    const std::string name = fresh_name();
    const auto written = folder_ / "tmp" / name;
    if (!write_file(written, message)) {
        throw fs::filesystem_error{"a mail cannot be written", written,
                                   std::make_error_code(std::errc::io_error)};
    }
    fs::rename(written, folder_ / "new" / name);
}

std::vector<std::string> Maildir::waiting() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator{folder_ / "new"}) {
        std::string name = entry.path().filename().string();
        // A link could lead out of the folder, and a name with a dot in front is no mail.
        if (name.front() != '.' && entry.symlink_status().type() == fs::file_type::regular)
            names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::optional<std::string> Maildir::read(const std::string& name, std::size_t longest) const {
    std::ifstream in{folder_ / "new" / name, std::ios::binary};
    if (!in) return std::nullopt;
    std::string text(longest + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > longest) return std::nullopt;
    return text;
}

void Maildir::mark_seen(const std::string& name) const {
    const std::string plain = name.substr(0, name.find(':'));
    auto seen = folder_ / "cur" / (plain + ":2,S");
    if (fs::exists(seen)) seen = folder_ / "cur" / (plain + "." + fresh_name() + ":2,S");
    std::error_code trouble;
    fs::rename(folder_ / "new" / name, seen, trouble);
    if (trouble && trouble != std::errc::no_such_file_or_directory)
        throw fs::filesystem_error{"a mail cannot be moved", seen, trouble};
}
}  // namespace ppo_sim

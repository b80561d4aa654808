// SPDX-License-Identifier: Apache-2.0
#include "host/key_commands.hpp"

#include "host/settings_file.hpp"
#include "host/which_store.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>
#include <fstream>
#include <functional>
#include <ostream>
#include <stdexcept>
#include <vector>

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ppo_sim {
namespace {
/// "id hex" each, in the order of the file.
using Lines = std::vector<std::string>;

[[noreturn]] void complain(const std::string& file, const char* what) {
    throw std::runtime_error{"the key file " + file + " " + what};
}

std::string id_of(const std::string& line) { return line.substr(0, line.find(' ')); }

std::string key_file_of(const KeyOptions& options) {
    if (!std::filesystem::exists(options.data))
        throw std::runtime_error{"there is no " + options.data.string()};
    const DataFolder folder{options.data};
    const auto settings = settings_of(folder, KeptChoices{folder, options, {}}.read(), options);
    // The keys of a database are in the folder, whether it is named or not.
    const bool same_keys = !is_address(settings.store) && options.store.empty() &&
                           belongs_to_database(folder);
    if (!same_keys) need_same_store(folder, settings.store);
    return settings.key_file.empty() ? settings.store + ".key" : settings.key_file;
}

Lines read_lines(const std::string& file) {
    struct stat status {};
    if (stat(file.c_str(), &status) != 0) complain(file, "is not there: the first start makes it");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        complain(file, "can be read by others: set its mode to 0600");
    std::ifstream in{file};
    Lines lines;
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) lines.push_back(line);
    if (in.bad() || lines.empty()) complain(file, "cannot be read: restore it from a backup");
    return lines;
}

bool write_all(int handle, const std::string& text) {
    return write(handle, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
           fsync(handle) == 0;
}

void sync_folder_of(const std::string& file) {
    const auto folder = std::filesystem::absolute(file).parent_path();
    const int handle = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0) return;
    fsync(handle);
    close(handle);
}

/// Replaces the file, whole or not at all: half a key file is a lost key.
void write_lines(const std::string& file, const Lines& lines) {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    const std::string temporary = file + ".new";
    unlink(temporary.c_str());  // Of somebody who was interrupted.
    const int handle = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                            0600);
    if (handle < 0) complain(file, "cannot be written anew: who may write into its folder?");
    const bool written = write_all(handle, text);
    if (close(handle) != 0 || !written || rename(temporary.c_str(), file.c_str()) != 0) {
        unlink(temporary.c_str());
        complain(file, "cannot be written anew: is there space?");
    }
    sync_folder_of(file);
}

/// "k2" after "k1"; ids of other kinds are left alone.
std::string next_id(const Lines& lines) {
    unsigned highest = 0;
    for (const auto& line : lines) {
        const auto id = id_of(line);
        unsigned number = 0;
        if (id.starts_with('k') &&
            std::from_chars(id.data() + 1, id.data() + id.size(), number).ptr ==
                id.data() + id.size())
            highest = std::max(highest, number);
    }
    return "k" + std::to_string(highest + 1);
}

std::string random_key_in_hex() {
    std::array<unsigned char, 32> key{};
    if (getrandom(key.data(), key.size(), 0) != static_cast<ssize_t>(key.size()))
        throw std::runtime_error{"the system gives no random bytes"};
    std::string hex;
    for (const unsigned char byte : key) {
        hex += "0123456789abcdef"[byte >> 4];
        hex += "0123456789abcdef"[byte & 15];
    }
    return hex;
}

int with_lines(const KeyOptions& options, std::ostream& trouble,
               const std::function<void(const std::string&, Lines&)>& use) {
    try {
        const auto file = key_file_of(options);
        auto lines = read_lines(file);
        use(file, lines);
        return 0;
    } catch (const std::exception& failure) {
        trouble << failure.what() << '\n';
        return 2;
    }
}
}  // namespace

int list_keys(const KeyOptions& options, std::ostream& out, std::ostream& trouble) {
    return with_lines(options, trouble, [&](const std::string&, const Lines& lines) {
        for (const auto& line : lines)
            out << id_of(line) << (&line == &lines.front() ? " writes" : " is read") << '\n';
    });
}

int add_key(const KeyOptions& options, std::ostream& out, std::ostream& trouble) {
    return with_lines(options, trouble, [&](const std::string& file, Lines& lines) {
        const auto id = next_id(lines);
        lines.push_back(id + " " + random_key_in_hex());
        write_lines(file, lines);
        out << id << " is read from the next start on; when every process has it: keys use " << id
            << '\n';
    });
}

int use_key(const KeyOptions& options, std::ostream& out, std::ostream& trouble) {
    return with_lines(options, trouble, [&](const std::string& file, Lines& lines) {
        const auto chosen = std::find_if(lines.begin(), lines.end(), [&](const std::string& line) {
            return id_of(line) == options.id;
        });
        if (chosen == lines.end()) complain(file, "has no key of this id: see keys list");
        std::rotate(lines.begin(), chosen, chosen + 1);
        write_lines(file, lines);
        out << options.id << " writes from the next start on\n";
    });
}
}  // namespace ppo_sim

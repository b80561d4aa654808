// SPDX-License-Identifier: Apache-2.0
#include "host/which_store.hpp"

#include "host/settings.hpp"
#include "host/staged_file.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>

namespace ppo_sim {
namespace {
namespace fs = std::filesystem;

constexpr std::string_view file_kind = "file ";
constexpr std::string_view database_kind = "postgresql ";

/// The parts of postgresql://USER:PASSWORD@HOSTS/DATABASE?PARAMETERS.
struct Address {
    std::string user_info{};
    std::string hosts{};
    std::string database{};
    std::string parameters{};  // Begins with "&" unless it is empty.
};

Address address_of(const std::string& store) {
    Address address;
    std::string rest = store.substr(store.find("://") + 3);
    // A password may hold '@' and '?', so what belongs to the user goes first.
    if (const auto at = rest.rfind('@', rest.find('/')); at != std::string::npos) {
        address.user_info = rest.substr(0, at);
        rest.erase(0, at + 1);
    }
    if (const auto question = rest.find('?'); question != std::string::npos) {
        address.parameters = "&" + rest.substr(question + 1);
        rest.erase(question);
    }
    const auto slash = rest.find('/');
    address.hosts = rest.substr(0, slash);
    if (slash != std::string::npos) address.database = rest.substr(rest.find_last_of("/@") + 1);
    constexpr std::string_view named = "&dbname=";
    if (const auto name = address.parameters.rfind(named); name != std::string::npos) {
        const auto begin = name + named.size();
        address.database = address.parameters.substr(begin,
                                                     address.parameters.find('&', begin) - begin);
    }
    return address;
}

/// A port is a number, or else it may be a password with a slash behind it.
bool is_plain(const std::string& hosts) {
    for (auto colon = hosts.find(':'); colon != std::string::npos;
         colon = hosts.find(':', colon + 1)) {
        const auto end = hosts.find_first_of(",]:", colon + 1);
        const auto port = hosts.substr(colon + 1, end - colon - 1);
        if (port.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) return false;
    }
    return true;
}

fs::path whole_path(const fs::path& path) { return fs::weakly_canonical(fs::absolute(path)); }

/// The line of the file, without its end.
std::string line_for(const DataFolder& folder, const std::string& store) {
    if (is_address(store)) return std::string{database_kind} + address_of(store).database;
    const auto file = whole_path(store);
    const auto inside = file.lexically_relative(whole_path(folder.path()));
    const bool is_inside = !inside.empty() && *inside.begin() != "..";
    return std::string{file_kind} + (is_inside ? inside : file).string();
}

std::string in_words(const DataFolder& folder, const std::string& line) {
    if (line.starts_with(database_kind)) return "the database " + line.substr(database_kind.size());
    // An absolute path stays what it is.
    return "the file " + (whole_path(folder.path()) / line.substr(file_kind.size())).string();
}

/// Nothing if there is no file.
std::optional<std::string> remembered(const DataFolder& folder) {
    const auto file = folder.which_store();
    std::ifstream in{file};
    if (!in.is_open() && !fs::exists(file)) return std::nullopt;
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    const bool is_ours = text.starts_with(file_kind) || text.starts_with(database_kind);
    if (!is_ours || text.back() != '\n')
        throw std::runtime_error{file.string() +
                                 " cannot be read: it says in one line which store the folder "
                                 "belongs to. Remove it, and name the store with --store"};
    text.pop_back();
    return text;
}
}  // namespace

std::string place_of_store(const std::string& store) {
    if (!is_address(store)) return whole_path(store).string();
    const auto address = address_of(store);
    return "postgresql://" + (is_plain(address.hosts) ? address.hosts : "(not shown)") + "/" +
           address.database;
}

bool is_mistyped_address(const std::string& store) {
    const auto has = [&store](std::string_view part) {
        return store.find(part) != std::string::npos;
    };
    if (store.starts_with("postgresql://") || store.starts_with("postgres://")) return false;
    return has("://") || has("password=") || (store.starts_with("postg") && has("@"));
}

bool holds_password(const std::string& text) {
    const auto begin = text.find("postgres");
    if (begin == std::string::npos || !is_address(text.substr(begin))) return false;
    const auto address = address_of(text.substr(begin));
    const auto colon = address.user_info.find(':');
    return (colon != std::string::npos && colon + 1 < address.user_info.size()) ||
           address.parameters.find("&password=") != std::string::npos ||
           address.parameters.find("&sslpassword=") != std::string::npos;
}

std::optional<std::string> why_not_its_store(const DataFolder& folder, const std::string& store) {
    const auto known = remembered(folder);
    const auto named = line_for(folder, store);
    if (!known || *known == named) return std::nullopt;
    return "the store of " + folder.path().string() + " is " + in_words(folder, *known) +
           ", and this would open " + in_words(folder, named) +
           ". Name the practice's store with --store or PPO_STORE; if the practice has really "
           "moved, remove " +
           folder.which_store().string();
}

void need_same_store(const DataFolder& folder, const std::string& store) {
    if (const auto why = why_not_its_store(folder, store)) throw std::runtime_error{*why};
}

void need_its_store(const DataFolder& folder, const std::string& store) {
    need_same_store(folder, store);
    const bool is_new = !is_address(store) && !fs::exists(store);
    if (!is_new || remembered(folder) || !fs::exists(folder.checkpoints())) return;
    throw std::runtime_error{folder.checkpoints().string() +
                             " tells of a store that was used, and there is no " + store +
                             ". Name the practice's store with --store or PPO_STORE; if a new one "
                             "is to begin, move that file away"};
}

bool belongs_to_database(const DataFolder& folder) {
    const auto known = remembered(folder);
    return known && known->starts_with(database_kind);
}

void remember_store(const DataFolder& folder, const std::string& store) {
    if (!remembered(folder)) remember_new_store(folder, store);
}

void remember_new_store(const DataFolder& folder, const std::string& store) {
    StagedFile staged{folder.which_store()};
    staged.write(line_for(folder, store) + "\n");
    staged.keep();
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "host/backup_commands.hpp"

#include "host/calls.hpp"
#include "host/console.hpp"
#include "host/restore_generation.hpp"
#include "host/staged_file.hpp"
#include "host/which_store.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <exception>
#include <fstream>
#include <functional>
#include <ostream>
#include <stdexcept>
#include <system_error>

namespace ppo_sim {
namespace {
namespace fs = std::filesystem;

constexpr std::string_view sqlite_begins{"SQLite format 3\0", 16};

int told(std::ostream& trouble, const std::function<void()>& act) {
    try {
        act();
        return 0;
    } catch (const std::exception& failure) {
        trouble << failure.what() << '\n';
        return 2;
    }
}

Settings settings_told(const DataFolder& folder, const BackupOptions& options) {
    return settings_of(folder, KeptChoices{folder, options, {}}.read(), options);
}

/// The process that has the file open; nothing if none has, as far as this one may look.
std::string who_uses(const fs::path& file) {
    struct stat wanted {};
    if (stat(file.c_str(), &wanted) != 0) return {};
    std::error_code closed;
    for (const auto& process : fs::directory_iterator{"/proc", closed}) {
        const auto name = process.path().filename().string();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        std::error_code denied;  // Of another user, or gone meanwhile.
        for (auto at = fs::directory_iterator{process.path() / "fd", denied};
             !denied && at != fs::directory_iterator{}; at.increment(denied)) {
            struct stat found {};
            if (stat(at->path().c_str(), &found) == 0 && found.st_ino == wanted.st_ino &&
                found.st_dev == wanted.st_dev)
                return name;
        }
    }
    return {};
}

void copy_into(StagedFile& staged, const fs::path& backup) {
    std::ifstream in{backup, std::ios::binary};
    if (!in.is_open()) throw std::runtime_error{backup.string() + " cannot be read"};
    std::array<char, 65'536> piece{};
    bool is_first = true;
    while (in.read(piece.data(), piece.size()), in.gcount() > 0) {
        const std::string_view got{piece.data(), static_cast<std::size_t>(in.gcount())};
        if (is_first && got.substr(0, sqlite_begins.size()) != sqlite_begins)
            throw std::runtime_error{backup.string() + " is no backup of a store"};
        is_first = false;
        staged.write(got);
    }
    if (in.bad()) throw std::runtime_error{backup.string() + " cannot be read to its end"};
    if (is_first) throw std::runtime_error{backup.string() + " is empty"};
}

/// A name beside the store that nothing has.
fs::path aside(const fs::path& store) {
    for (int number = 1;; ++number) {
        const fs::path name = store.string() + ".before-restore-" + std::to_string(number);
        if (!fs::exists(fs::symlink_status(name))) return name;
    }
}

/// Gives the old store a second name, and its journal the one beside that: the journal of one file
/// would be played back into another. Returns the name; empty if there was no store.
fs::path put_aside(const fs::path& store) {
    const auto name = aside(store);
    const bool is_there = fs::exists(store);
    if (is_there && link(store.c_str(), name.c_str()) != 0)
        throw std::runtime_error{store.string() + " cannot be put aside (" +
                                 std::generic_category().message(errno) + ")"};
    const fs::path journal = store.string() + "-journal";
    if (fs::exists(journal)) fs::rename(journal, name.string() + "-journal");
    return is_there ? name : fs::path{};
}

void say_raised(std::uint64_t generation, std::ostream& out) {
    out << "restore generation " << generation
        << ": the next start ends the links, sessions, waiting mails and batches of the backup\n";
}

/// A folder with a typing error in its name must not be one that was told.
void need_practice(const fs::path& data) {
    for (const auto* name : {"onboarding.sqlite.key", "patients.jsonl", "settings.json",
                             "onboarding.sqlite", "store-in-use", "audit-checkpoints"})
        if (fs::exists(data / name)) return;
    throw std::runtime_error{data.string() +
                             (fs::exists(data) ? " holds nothing of a practice" : " is not there") +
                             ": name the practice's folder with --data"};
}

void put_in_place(const BackupOptions& options, std::ostream& out) {
    const DataFolder folder{options.data};
    const auto settings = settings_told(folder, options);
    need_same_store(folder, settings.store);
    if (is_address(settings.store))
        throw std::runtime_error{
            "a store on a server is restored by pg_restore; then say so with ppo-sim restored"};
    const fs::path store = settings.store;
    if (const auto process = who_uses(store); !process.empty())
        throw std::runtime_error{store.string() + " is in use by process " + process +
                                 ": stop every process of the practice first"};
    StagedFile staged{store};
    copy_into(staged, options.file);
    // First the number: should the rest fail, links end that need not have, and none comes back.
    const auto generation = raise_generation(folder.restore_generation(), options.generation);
    const auto old = put_aside(store);
    staged.keep();
    if (!old.empty()) out << "the old store is " << old.string() << '\n';
    const auto keys = settings.key_file.empty() ? settings.store + ".key" : settings.key_file;
    if (!fs::exists(keys)) out << "the keys are missing: put them back as " << keys << '\n';
    say_raised(generation, out);
}
}  // namespace

Answer Instance::back_up(const std::string& path) {
    if (plugin_.store() == nullptr)
        return {PPO_MISUSE_UNKNOWN_ID, "misuse_unknown_id", "", "The plugin makes no backups.", 0};
    return ask(
        [&](ppo_error* error) { return plugin_.store()->back_up(handle_, borrow(path), error); });
}

int back_up(const BackupOptions& options, std::ostream& out, std::ostream& trouble) {
    return with_instance({options, Needs::Store, {}}, trouble,
                         [&](Instance& instance, const Choices&) {
                             need(instance.back_up(options.file));
                             out << options.file << " is whole; keep it apart from the keys\n";
                             return 0;
                         });
}

namespace {
ppo_result PPO_CALL tell_line(void* context, const char* data, std::size_t size) {
    try {
        (*static_cast<const std::function<void(std::string_view)>*>(context))({data, size});
        return PPO_OK;
    } catch (...) {  // Nothing may be thrown through C.
        return PPO_FAULT_HOST;
    }
}
}  // namespace

Answer Instance::move_store(const std::string& to,
                            const std::function<void(std::string_view)>& told) {
    if (plugin_.store() == nullptr)
        return {PPO_MISUSE_UNKNOWN_ID, "misuse_unknown_id", "", "The plugin moves no stores.", 0};
    auto line = told;
    const ppo_text_sink sink{&line, tell_line};
    return ask(
        [&](ppo_error* error) { return plugin_.store()->move(handle_, borrow(to), &sink, error); });
}

int move_store(const BackupOptions& options, std::ostream& out, std::ostream& trouble) {
    return with_instance(
        {options, Needs::Store, {}}, trouble, [&](Instance& instance, const Choices&) {
            need(instance.move_store(options.to,
                                     [&](std::string_view line) { out << line << std::endl; }));
            remember_new_store(DataFolder{options.data}, options.to);
            out << "moved, and every row compared; the old store is as it was. A process that "
                   "still runs goes on writing into it: end it, and start with the new one\n";
            return 0;
        });
}

int restore(const BackupOptions& options, std::ostream& out, std::ostream& trouble) {
    return told(trouble, [&] { put_in_place(options, out); });
}

int note_restored(const BackupOptions& options, std::ostream& out, std::ostream& trouble) {
    return told(trouble, [&] {
        need_practice(options.data);
        const DataFolder folder{options.data};
        // It may have been restored beside the old one, under another name.
        const bool is_named = !options.store.empty();
        const bool is_another = is_named && why_not_its_store(folder, options.store);
        say_raised(raise_generation(folder.restore_generation(), options.generation), out);
        if (is_named) remember_new_store(folder, options.store);
        if (!is_another) return;
        out << "the practice's store is " << place_of_store(options.store) << " from now on\n";
    });
}
}  // namespace ppo_sim

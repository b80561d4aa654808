// SPDX-License-Identifier: Apache-2.0
#include "validate/elf_file.hpp"
#include "validate/process_facts.hpp"
#include "validate/slot.hpp"

#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>

namespace ppo_validate {
namespace {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int most_milliseconds = 1000;  // Under a sanitizer everything takes longer.
#else
constexpr int most_milliseconds = 100;
#endif
constexpr int loads = 5;
constexpr int most_loads = 25;  // On a machine that has much else to do.

/// What a library exports that has no entry, so that whoever took a wrong one recognizes it.
std::string instead(const ElfFile& file) {
    if (file.exported.empty()) return ", and nothing else.";
    const std::size_t more = file.exported.size() - 1;
    return ", but " + clean(file.exported.front().name) +
           (more == 0 ? "." : " and " + std::to_string(more) + " more.");
}

void check_exports(const Target& target, Findings& findings) {
    const auto file = read_elf(target.plugin);
    const auto entry = std::find_if(
        file.exported.begin(), file.exported.end(),
        [](const ElfFile::Symbol& symbol) { return symbol.name == "ppo_plugin_entry"; });
    const bool has_entry = entry != file.exported.end();
    findings.figure("exported symbols", std::to_string(file.exported.size()));
    // First what is said once: of the symbols there may be more than are told.
    if (!has_entry) findings.fail("The library exports no ppo_plugin_entry" + instead(file));
    if (has_entry && !entry->is_function) findings.fail("ppo_plugin_entry is no function.");
    findings.expect(!file.has_text_relocations, "The library has text relocations.");
    findings.expect(!file.has_executable_stack, "The library asks for an executable stack.");
    for (const auto& symbol : file.exported) {
        if (has_entry && symbol.name != "ppo_plugin_entry")
            findings.fail("The library exports " + clean(symbol.name) + ".");
        if (symbol.is_unique)
            findings.fail(clean(symbol.name) + " is unique in a process, which keeps the library.");
    }
}

void check_needed(const Target& target, Findings& findings) {
    const auto file = read_elf(target.plugin);
    findings.at("dlopen with RTLD_NOW and RTLD_LOCAL");
    void* handle = dlopen(target.plugin.c_str(), RTLD_NOW | RTLD_LOCAL);
    const char* why = handle == nullptr ? dlerror() : nullptr;
    if (handle != nullptr) dlclose(handle);
    if (why != nullptr) findings.fail("The library cannot be loaded: " + clean(why));
    for (const auto& needed : file.needed) {
        if (why == nullptr) break;  // All are there, also where the library's own path led to them.
        if (dlopen(needed.c_str(), RTLD_LAZY | RTLD_LOCAL) == nullptr)
            findings.fail("It needs " + clean(needed) + ", which is not here.");
    }
    findings.figure("libraries needed", std::to_string(file.needed.size()));
}

/// How long loading and the entry take in a process that has loaded nothing yet; -1 if it failed.
double load_once(const Target& target) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) throw CannotGoOn{"no pipe can be made"};
    const pid_t process = fork();
    if (process == 0) {
        const auto begun = std::chrono::steady_clock::now();
        double taken = -1;
        try {
            const Library library{target.plugin};
            taken = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() -
                                                              begun)
                        .count();
        } catch (const CannotGoOn&) {
            taken = -1;
        }
        _exit(write(ends[1], &taken, sizeof taken) == sizeof taken ? 0 : 1);
    }
    close(ends[1]);
    double taken = -1;
    if (read(ends[0], &taken, sizeof taken) != sizeof taken) taken = -1;
    close(ends[0]);
    waitpid(process, nullptr, 0);
    return taken;
}

void check_load_time(const Target& target, Findings& findings) {
    double best = std::numeric_limits<double>::max();
    for (int i = 0; i < loads || (best >= most_milliseconds && i < most_loads); ++i) {
        const double taken = load_once(target);
        if (taken < 0) throw CannotGoOn{"The library could not be loaded in a fresh process."};
        best = std::min(best, taken);
    }
    findings.figure("milliseconds",
                    std::to_string(static_cast<int>(best * 10) / 10.0).substr(0, 5));
    if (best >= most_milliseconds)
        findings.fail("Loading took " + std::to_string(static_cast<int>(best)) + " ms, of " +
                      std::to_string(most_milliseconds) + ", at the best of " +
                      std::to_string(most_loads) + " times.");
}

void check_entry(const Target& target, Findings& findings) {
    findings.at("loading it, ppo_plugin_entry(1)");
    const Library library{target.plugin};
    const auto files = open_files();
    const auto threads = running_threads();
    for (const std::uint32_t major : {0U, 2U, std::numeric_limits<std::uint32_t>::max()}) {
        findings.at("ppo_plugin_entry(" + std::to_string(major) + ")");
        findings.expect(library.entry()(major) == nullptr,
                        "ppo_plugin_entry(" + std::to_string(major) + ") is not NULL.");
    }
    for (int i = 0; i < 3; ++i)
        findings.expect(library.entry()(PPO_ABI_MAJOR) == &library.core(),
                        "ppo_plugin_entry(1) answers another pointer each time.");
    findings.expect(open_files() == files, "ppo_plugin_entry has opened a file.");
    findings.expect(running_threads() == threads, "ppo_plugin_entry has started a thread.");
}

void check_table(const Target& target, Findings& findings) {
    const Library library{target.plugin};
    const auto& core = library.core();
    findings.expect(core.struct_size >= sizeof(ppo_plugin),
                    "struct_size of the core table is " + std::to_string(core.struct_size) + ".");
    findings.expect(core.abi_major == PPO_ABI_MAJOR,
                    "abi_major is " + std::to_string(core.abi_major) + ", not 1.");
    findings.expect(core.flags == 0, "flags of the core table are not 0.");
    const std::pair<const char*, ppo_text> texts[] = {
        {"name", core.name}, {"vendor", core.vendor}, {"version", core.version}};
    for (const auto& [what, text] : texts) {
        const bool good = text.data != nullptr && text.size > 0 && is_good_text(copy(text));
        if (!good) findings.fail(std::string{what} + " is empty or not UTF-8: " + clean(text));
    }
}

void check_query(const Target& target, Findings& findings) {
    const Library library{target.plugin};
    const auto& core = library.core();
    const char* known[] = {PPO_UI_1,    PPO_ONBOARDING_1, PPO_REPORT_1,   PPO_SELFSERVICE_1,
                           PPO_AUDIT_1, PPO_MAIL_1,       PPO_SECURITY_1, PPO_STORE_1};
    std::size_t offered = 0;
    for (const std::string id : known) {
        const void* table = core.query(borrow(id));
        findings.expect(core.query(borrow(id)) == table, id + " is another table each time.");
        if (table == nullptr) continue;
        ++offered;
        const std::string stem = id.substr(0, id.size() - 1);
        for (const auto& wrong :
             {stem, stem + "0", stem + "2", id + "0", id + " ", id + "x", " " + id,
              id + std::string(1, '\0'), id + "/1", "P" + id.substr(1)})
            findings.expect(core.query(borrow(wrong)) == nullptr,
                            "query(\"" + clean(wrong) + "\") is not NULL.");
    }
    findings.expect(core.query({nullptr, 0}) == nullptr, "query of no id is not NULL.");
    findings.expect(core.query({"", 0}) == nullptr, "query of an empty id is not NULL.");
    findings.expect(core.query({nullptr, 7}) == nullptr, "query(NULL, 7) is not NULL.");
    const std::string long_id = std::string{PPO_ONBOARDING_1} + std::string(65'536, '1');
    findings.expect(core.query(borrow(long_id)) == nullptr, "query of 64 KiB is not NULL.");
    findings.expect(offered > 0, "The plugin offers no interface at all.");
    findings.figure("interfaces", std::to_string(offered));
}
}  // namespace

void put_loading_checks(std::vector<Check>& all) {
    all.push_back({"loading.exports", "The library exports ppo_plugin_entry and nothing else.",
                   "Define ppo_plugin_entry as ppo/plugin.h declares it, and link with a version "
                   "script: global: ppo_plugin_entry; local: *.",
                   check_exports});
    all.push_back({"loading.needed", "It can be loaded: whatever it needs is there.",
                   "Install the library that is missing, or link it statically; -z defs makes the "
                   "linker name each symbol that is missing.",
                   check_needed});
    all.push_back({"loading.time", "Loading it and asking its entry takes less than 100 ms.",
                   "Do nothing in constructors of the library; begin in create.", check_load_time});
    all.push_back({"loading.entry",
                   "The entry answers the same table for major 1 and NULL for others, and does "
                   "nothing else.",
                   "Compare the major and return the address of a constant table.", check_entry});
    all.push_back({"loading.table", "The core table is whole, and says who made it.",
                   "Fill every member of ppo_plugin.", check_table});
    all.push_back({"loading.query", "query knows whole ids only, and answers the same each time.",
                   "Compare size and bytes of the id.", check_query});
}
}  // namespace ppo_validate

// SPDX-License-Identifier: Apache-2.0
#include "validate/practice.hpp"
#include "validate/process_facts.hpp"

#include <dlfcn.h>

#include <chrono>
#include <fstream>

namespace ppo_validate {
namespace {
// Growth that a thousand cycles may show: what the allocator and the kernel round up to. A leak of
// 1 KiB a cycle shows four times over in a thousand; of 3 KiB in the hundred that are the fewest.
constexpr std::size_t tolerance_kib = 256;
constexpr unsigned warm_up = 50;  // Until the libraries below have made what they make once.

void cycle(const Target& target, const GoodSettings& settings) {
    ModelHost host;  // Its own: one for all would grow with every line of the log.
    host.people = people(5);
    const Library library{target.plugin};
    ppo_instance* self = nullptr;
    auto error = fresh<ppo_error>();
    const auto made = library.core().create(&host.table, &settings.values, &self, &error);
    if (made != PPO_OK) throw CannotGoOn{told("create", made, error)};
    const auto worked = library.core().work(self, 0, nullptr);
    if (worked < 0) throw CannotGoOn{"work answered " + name_of(worked) + "."};
    library.core().shutdown(self, 0, nullptr);
    library.core().destroy(self);
}

bool is_still_mapped(const Target& target) {
    std::ifstream maps{"/proc/self/maps"};
    const std::string name = target.plugin.filename();
    for (std::string line; std::getline(maps, line);)
        if (line.find(name) != std::string::npos) return true;
    return false;
}

void check_cycles(const Target& target, Findings& findings) {
    const GoodSettings settings{target.folder};
    for (unsigned i = 0; i < warm_up; ++i) {
        findings.at("cycle " + std::to_string(i + 1));
        cycle(target, settings);
    }
    const auto files = open_files();
    const auto threads = running_threads();
    const auto before = memory_kib();
    const auto begun = std::chrono::steady_clock::now();
    for (unsigned i = warm_up; i < target.cycles; ++i) {
        if (i % 64 == 0) findings.at("cycle " + std::to_string(i + 1));
        cycle(target, settings);
    }
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() -
                                                            begun;
    const auto after = memory_kib();
    const std::size_t grown = after > before ? after - before : 0;
    findings.figure("cycles", std::to_string(target.cycles));
    findings.figure("milliseconds a cycle",
                    std::to_string(taken.count() / (target.cycles - warm_up)).substr(0, 5));
    findings.figure("KiB after " + std::to_string(warm_up) + " cycles", std::to_string(before));
    findings.figure("KiB grown", std::to_string(grown));
    findings.figure("still mapped after dlclose", is_still_mapped(target) ? "yes" : "no");
    findings.expect(open_files() == files, std::to_string(open_files()) +
                                               " files are open after the cycles, " +
                                               std::to_string(files) + " were before.");
    findings.expect(running_threads() == threads, std::to_string(running_threads()) +
                                                      " threads run after the cycles, " +
                                                      std::to_string(threads) + " did before.");
    if (grown > tolerance_kib)
        findings.fail("Memory has grown by " + std::to_string(grown) + " KiB in " +
                      std::to_string(target.cycles - warm_up) + " cycles; " +
                      std::to_string(tolerance_kib) + " are no leak.");
}
}  // namespace

void put_unload_checks(std::vector<Check>& all) {
    all.push_back({"life.unload",
                   "After any number of loads, uses and unloads memory, open files and threads are "
                   "as before.",
                   "End in destroy what create began. What stays for the life of a process must be "
                   "made once only: link with -z nodelete if libraries below forget it.",
                   check_cycles});
}
}  // namespace ppo_validate

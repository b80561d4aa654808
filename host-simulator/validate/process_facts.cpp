// SPDX-License-Identifier: Apache-2.0
#include "validate/process_facts.hpp"

#include <malloc.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// Debian's compiler comes without the header that declares it.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

namespace ppo_validate {
namespace {
std::size_t entries_of(const char* folder) {
    const std::filesystem::directory_iterator entries{folder};
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}
}  // namespace

std::size_t open_files() { return entries_of("/proc/self/fd"); }

std::size_t running_threads() {
#ifdef __SANITIZE_THREAD__
    // It has a thread of its own from the first one that the process makes: so it always counts.
    std::thread{[] {}}.join();
#endif
    return entries_of("/proc/self/task");
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// A sanitizer keeps what was given back, but knows what was not.
std::size_t memory_kib() { return __sanitizer_get_current_allocated_bytes() / 1024; }
#else
std::size_t memory_kib() {
    malloc_trim(0);  // What was given back and kept for later is no growth.
    std::ifstream file{"/proc/self/smaps_rollup"};
    std::size_t sum = 0;
    for (std::string word; file >> word;) {
        // Pages of files count for whoever else has them mapped: they say nothing about this
        // process.
        if (word != "Anonymous:" && word != "Swap:") continue;
        std::size_t kib = 0;
        file >> kib;
        sum += kib;
    }
    return sum;
}
#endif
}  // namespace ppo_validate

// SPDX-License-Identifier: Apache-2.0
// A host that has loaded nothing but itself: says in one line how long dlopen with entry and create
// take, in ms, and how much memory both add, in KiB. Usage: ppo-bench-fresh PLUGIN FOLDER
#include "ppo/ppo.h"

#include <dlfcn.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <string>

namespace {
double now_ms() {
    using namespace std::chrono;
    return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}

long resident_kib() {
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    long size = 0;
    long resident = 0;
    if (file == nullptr || std::fscanf(file, "%ld %ld", &size, &resident) != 2) return 0;
    std::fclose(file);
    return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

void log_nothing(void*, std::int32_t, const char*, std::size_t) {}
ppo_time now(void*) { return 1'772'452'800'000; }
const void* no_interface(void*, const char*, std::size_t) { return nullptr; }
ppo_text text(const std::string& value) { return {value.data(), value.size()}; }

int run(const char* plugin_path, const std::string& folder) {
    const long before = resident_kib();
    const double start = now_ms();
    void* library = ::dlopen(plugin_path, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return 1;
    const auto entry = reinterpret_cast<ppo_plugin_entry_function>(
        ::dlsym(library, "ppo_plugin_entry"));
    const auto* plugin = entry(PPO_ABI_MAJOR);
    const double loaded = now_ms();
    ppo_host host{};
    host = {sizeof host, PPO_ABI_MAJOR, PPO_ABI_MINOR, 0, nullptr, log_nothing, now, no_interface};
    const std::string store = folder + "/store.sqlite";
    const std::string transport = "folder:" + folder + "/mail";
    ppo_settings settings{};
    settings.struct_size = sizeof settings;
    settings.store = text(store);
    settings.practice_name = {"Bench", 5};
    settings.practice_phone = {"555-0100", 8};
    settings.portal_url = {"https://portal.example/r", 24};
    settings.mail_transport = text(transport);
    settings.mail_sender = {"portal@practice.example", 23};
    ppo_instance* instance = nullptr;
    if (plugin->create(&host, &settings, &instance, nullptr) != PPO_OK) return 1;
    const double created = now_ms();
    std::printf("%f %f %ld\n", loaded - start, created - loaded, resident_kib() - before);
    plugin->destroy(instance);
    return 0;
}
}  // namespace

int main(int argc, char** argv) { return argc == 3 ? run(argv[1], argv[2]) : 2; }

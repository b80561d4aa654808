// SPDX-License-Identifier: Apache-2.0
#include "torture/findings.hpp"

#include "torture/instance.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cstdlib>

namespace ppo_torture {
namespace {
constexpr std::uint64_t most_findings = 1000;
std::atomic<std::uint64_t> finding_count{0};

/// Whole lines, also from several processes at once. What cannot be written is lost: the log has
/// it.
void append_to_report(const std::string& line) {
    const char* file = std::getenv("PPO_TORTURE_REPORT");
    if (file == nullptr || *file == '\0') return;
    const int descriptor = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) return;
    const auto written = write(descriptor, line.data(), line.size());
    static_cast<void>(written);
    close(descriptor);
}
}  // namespace

std::array<std::atomic<std::uint64_t>, slot_count>& calls_of_slots() {
    static std::array<std::atomic<std::uint64_t>, slot_count> calls{};
    return calls;
}

void found(const Instance* instance, const char* code, Slot slot, const std::string& sentence) {
    if (finding_count.fetch_add(1) >= most_findings) return;
    const std::string where = name_of(slot);
    if (instance != nullptr)
        instance->host.log(PPO_LOG_HOST_MISUSE,
                           std::string{code} + " at " + where + ": " + sentence);
    // Code, slot and sentence are this library's own words: nothing in them needs escaping.
    append_to_report(std::string{"{\"finding\": \""} + code + "\", \"slot\": \"" + where +
                     "\", \"sentence\": \"" + sentence + "\"}\n");
}

void write_summary() {
    std::string line = "{\"calls\": {";
    const char* comma = "";
    for (std::size_t i = 0; i < slot_count; ++i) {
        line += std::string{comma} + "\"" + name_of(static_cast<Slot>(i)) +
                "\": " + std::to_string(calls_of_slots()[i].load());
        comma = ", ";
    }
    append_to_report(line + "}, \"findings\": " + std::to_string(finding_count.load()) + "}\n");
}
}  // namespace ppo_torture

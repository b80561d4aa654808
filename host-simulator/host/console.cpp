// SPDX-License-Identifier: Apache-2.0
#include "host/console.hpp"

#include "host/directory_events.hpp"
#include "host/host_services.hpp"
#include "host/which_store.hpp"

#include <exception>
#include <ostream>
#include <stdexcept>

namespace ppo_sim {
namespace {
void need_file(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file))
        throw std::runtime_error{"there is no " + file.string() + ": name the folder with --data"};
}

using Use = std::function<int(Instance&, PatientDirectory&, const Choices&)>;

int open_and_use(const ConsoleOptions& options, std::ostream& trouble, const Use& use) {
    const StoreOptions& told = options.told;
    const bool needs_store = options.needs == Needs::Store || options.needs == Needs::Both;
    const bool needs_charts = options.needs == Needs::Charts || options.needs == Needs::Both;
    if (needs_store && !is_address(told.store))
        need_file(told.store.empty() ? told.data / "onboarding.sqlite"
                                     : std::filesystem::path{told.store});
    if (needs_charts) need_file(told.data / "patients.jsonl");
    const DataFolder folder{told.data};
    const Choices choices = KeptChoices{folder, told, options.choices}.read();
    Settings settings = settings_of(folder, choices, told);
    settings.no_first_sync = true;  // What was merged meanwhile is told before.
    need_its_store(folder, settings.store);

    const Plugin plugin{find_plugin(told.plugin)};
    PatientDirectory directory{folder.patients()};
    Mailbox mailbox;
    Clock clock = Clock::real();
    HostServices services{directory, mailbox, clock};
    const CheckpointFile checkpoints{folder.checkpoints()};
    services.on_checkpoint([&](const Checkpoint& given) { checkpoints.append(given); });
    services.on_log([&trouble](int level, const std::string& text) {
        if (level >= PPO_LOG_WARNING) trouble << text + "\n";
    });
    Instance instance{plugin, services.table(), settings};
    remember_store(folder, settings.store);
    if (options.needs == Needs::Charts) {
        std::uint64_t read = 0;
        tell_of_merges(instance, directory);
        need(instance.sync_directory(read));
    }
    return use(instance, directory, choices);
}

int or_say_why_not(const ConsoleOptions& options, std::ostream& trouble, const Use& use) {
    try {
        return open_and_use(options, trouble, use);
    } catch (const std::exception& failure) {
        trouble << failure.what() << '\n';
        return 2;
    }
}
}  // namespace

Staff operator_at_console() {
    return {"console", "Console", PPO_MAY_ONBOARD | PPO_MAY_READ_AUDIT, "ppo-sim"};
}

int with_instance(const ConsoleOptions& options, std::ostream& trouble,
                  const std::function<int(Instance&, const Choices&)>& use) {
    return or_say_why_not(options, trouble,
                          [&](Instance& instance, PatientDirectory&, const Choices& choices) {
                              return use(instance, choices);
                          });
}

int with_charts(const ConsoleOptions& options, std::ostream& trouble,
                const std::function<int(Instance&, PatientDirectory&)>& use) {
    return or_say_why_not(options, trouble,
                          [&](Instance& instance, PatientDirectory& directory, const Choices&) {
                              return use(instance, directory);
                          });
}

void need(const Answer& answer) {
    if (!answer.good()) throw std::runtime_error{answer.message + " [" + answer.code + "]"};
}
}  // namespace ppo_sim

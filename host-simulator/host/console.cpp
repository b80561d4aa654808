// SPDX-License-Identifier: Apache-2.0
#include "host/console.hpp"

#include "host/host_services.hpp"

#include <exception>
#include <ostream>
#include <stdexcept>

namespace ppo_sim {
namespace {
void need_file(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file))
        throw std::runtime_error{"there is no " + file.string() + ": name the folder with --data"};
}

int open_and_use(const ConsoleOptions& options, std::ostream& trouble,
                 const std::function<int(Instance&, const Choices&)>& use) {
    if (options.needs != Needs::Charts) need_file(options.data / "onboarding.sqlite");
    if (options.needs != Needs::Store) need_file(options.data / "patients.jsonl");
    const DataFolder folder{options.data};
    Choices choices = read_choices(folder.chosen());
    for (const auto& [name, value] : options.choices) choices[name] = value;
    Settings settings = settings_of(folder, choices);
    settings.no_first_sync = options.needs != Needs::Charts;

    const Plugin plugin{find_plugin(options.plugin)};
    PatientDirectory directory{folder.patients()};
    Mailbox mailbox;
    Clock clock = Clock::real();
    HostServices services{directory, mailbox, clock};
    const CheckpointFile checkpoints{folder.checkpoints()};
    services.on_checkpoint([&](const Checkpoint& told) { checkpoints.append(told); });
    services.on_log([&trouble](int level, const std::string& text) {
        if (level >= PPO_LOG_WARNING) trouble << text + "\n";
    });
    Instance instance{plugin, services.table(), settings};
    return use(instance, choices);
}
}  // namespace

Staff operator_at_console() {
    return {"console", "Console", PPO_MAY_ONBOARD | PPO_MAY_READ_AUDIT, "ppo-sim"};
}

int with_instance(const ConsoleOptions& options, std::ostream& trouble,
                  const std::function<int(Instance&, const Choices&)>& use) {
    try {
        return open_and_use(options, trouble, use);
    } catch (const std::exception& failure) {
        trouble << failure.what() << '\n';
        return 2;
    }
}

void need(const Answer& answer) {
    if (!answer.good()) throw std::runtime_error{answer.message + " [" + answer.code + "]"};
}
}  // namespace ppo_sim

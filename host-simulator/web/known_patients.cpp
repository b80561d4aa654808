// SPDX-License-Identifier: Apache-2.0
#include "web/known_patients.hpp"

#include "host/console.hpp"
#include "host/host_services.hpp"
#include "host/start_error.hpp"
#include "host/which_store.hpp"

#include <filesystem>
#include <stdexcept>

namespace ppo_sim {
namespace {
/// Asked without a directory and without background work: an empty directory must be told to
/// nobody, or mails that wait would lose their patients.
std::uint64_t known_patients(const Plugin& plugin, const Settings& settings) {
    PatientDirectory nobody;
    Mailbox unused;
    Clock clock = Clock::real();
    HostServices services{nobody, unused, clock};
    services.hide_directory();
    const Instance instance{plugin, services.table(), settings};
    Counts counts{};
    need(instance.count_report(operator_at_console(), {}, counts));
    return counts.patients;
}
}  // namespace

void need_charts_of_known_patients(const Plugin& plugin, const Settings& base,
                                   const KeptChoices& kept) {
    const auto charts = kept.folder().patients();
    if (std::filesystem::exists(charts) && std::filesystem::file_size(charts) > 0) return;
    Settings settings = base;
    settings.own_thread = false;
    if (!ppo_sim::apply(kept.read(), settings).empty()) return;
    need_its_store(kept.folder(), settings.store);
    std::uint64_t known = 0;
    try {
        known = known_patients(plugin, settings);
    } catch (const StartError&) {
        return;  // It is told again, with what to do, when the plugin starts for good.
    }
    if (known > 0)
        throw std::runtime_error{"there is no " + charts.string() +
                                 " with charts, but the store knows patients of the practice (" +
                                 std::to_string(known) + "): put the charts back or import them"};
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "web/serve.hpp"

#include "host/directory_events.hpp"
#include "host/host_services.hpp"
#include "host/plugin_holder.hpp"
#include "host/service_manager.hpp"
#include "host/signals.hpp"
#include "host/which_store.hpp"
#include "web/background.hpp"
#include "web/complaints.hpp"
#include "web/http_server.hpp"
#include "web/known_patients.hpp"
#include "web/site.hpp"

#include <Poco/Exception.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

namespace ppo_sim {
namespace {
constexpr std::chrono::seconds between_looks{1};
constexpr std::chrono::seconds soon{5};

Settings base_settings(const DataFolder& folder, const ServeOptions& options, const Duties& duties,
                       std::uint16_t port) {
    Settings settings = folder.settings(options);
    settings.own_thread = duties.works_beside_pages;
    settings.no_first_sync = true;  // Pages are there while a large directory is read.
    settings.portal_url = "http://127.0.0.1:" +
                          std::to_string(duties.patient_pages ? port : usual_portal_port) + "/r";
    return settings;
}

/// What the command line says, above what the settings page has kept.
Choices said_in(const ServeOptions& options) {
    Choices choices;
    const auto put = [&choices](const char* name, const std::string& value) {
        if (!value.empty()) choices[name] = value;
    };
    put("mail_transport", options.mail);
    put("practice_name", options.practice_name);
    put("practice_phone", options.practice_phone);
    put("portal_url", options.portal_url);
    put("bounces", options.bounces);
    return choices;
}

Practice practice_of(const RunningPlugin& running, const std::string& plugin_title,
                     const DataFolder& folder) {
    const auto& settings = running.settings;
    const std::string& transport = settings.mail_transport;
    const bool into_folder = transport.starts_with("folder:");
    return {settings.practice_name,
            settings.practice_phone,
            plugin_title,
            into_folder ? transport.substr(std::string_view{"folder:"}.size()) : "",
            into_folder ? "" : transport,
            bounces_of(running.choices, folder)};
}

Answer tell(const PluginHolder& holder, const PatientDirectory& directory,
            const DirectoryEvent& event) {
    Answer answer = tell_plugin(holder.current()->instance, directory, event);
    if (!answer.good())
        std::cerr << "The plugin did not take a changed chart: " << answer.code << '\n';
    return answer;
}

/// The host's side of a process: charts, checkpoints, log.
struct HostSide {
    HostSide(const DataFolder& folder, const Duties& duties) : checkpoints{folder.checkpoints()} {
        // A worker beside charts asks them again before it mails; elsewhere it must not seem to
        // have any, or nobody would be a patient any more.
        const bool has_charts = duties.keeps_charts || (duties.looks_into_charts &&
                                                        std::filesystem::exists(folder.patients()));
        directory = has_charts ? std::make_unique<PatientDirectory>(folder.patients())
                               : std::make_unique<PatientDirectory>();
        services = std::make_unique<HostServices>(*directory, unused_mailbox, clock);
        if (!has_charts) services->hide_directory();
        services->on_checkpoint([this](const Checkpoint& told) { checkpoints.append(told); });
        services->on_log([this](int level, const std::string& text) {
            if (level >= PPO_LOG_WARNING) complaints.say(text);
        });
    }

    Complaints complaints{std::cerr};
    CheckpointFile checkpoints;
    Mailbox unused_mailbox{};
    Clock clock = Clock::real();
    std::unique_ptr<PatientDirectory> directory{};
    std::unique_ptr<HostServices> services{};
};

void start_pages(PageServer& server, const Duties& duties, PluginHolder& holder, HostSide& host,
                 SiteMemory& memory, const std::string& plugin_title, const DataFolder& folder) {
    server.start([&, plugin_title](const Request& request) {
        const auto running = holder.current();
        Site site{.duties = duties,
                  .plugin = holder,
                  .instance = running->instance,
                  .choices = running->choices,
                  .directory = *host.directory,
                  .practice = practice_of(*running, plugin_title, folder),
                  .staff_sessions = memory.staff_sessions,
                  .portal_sessions = memory.portal_sessions,
                  .navigation = memory.navigation,
                  .mail_token = memory.mail_token,
                  .link_sessions = memory.link_sessions};
        return answer(site, request);
    });
}

void say_what_began(const ServeOptions& options, const Duties& duties, std::uint16_t port,
                    const std::string& patients, const std::string& store) {
    if (duties.has_pages())
        std::cout << "Serving http://" << options.bind << ":" << port << "/" << patients;
    else
        std::cout << "Working";
    std::cout << " on the store " << place_of_store(store) << ". Stop with Ctrl-C." << std::endl;
}

void serve_until_signal(const ServeOptions& options) {
    const HeldSignals signals;
    const Duties duties = duties_of(options.role);
    std::optional<PageServer> server;
    if (duties.has_pages()) server.emplace(options.bind, options.port);
    const std::uint16_t port = server ? server->port() : 0;
    const DataFolder folder{options.data};
    HostSide host{folder, duties};
    SiteMemory memory;
    const Plugin plugin{find_plugin(options.plugin)};
    const Settings base = base_settings(folder, options, duties, port);
    const KeptChoices kept{folder, options, said_in(options)};
    if (duties.keeps_charts) need_charts_of_known_patients(plugin, base, kept);
    PluginHolder holder{plugin, host.services->table(), base, kept};
    holder.on_replaced([&memory] { memory.close_views(); });
    std::optional<DirectoryReader> reader;
    std::optional<BounceWatch> bounces;
    std::optional<Hl7Watch> hl7;
    std::optional<WorkLoop> work;
    if (server) start_pages(*server, duties, holder, host, memory, plugin.title(), folder);
    std::string patients;
    if (duties.keeps_charts) {
        host.directory->listen([&](const DirectoryEvent& event) {
            static_cast<void>(tell(holder, *host.directory, event));
        });
        reader.emplace(holder, *host.services, *host.directory);
        bounces.emplace(holder, folder);
        if (!options.hl7.empty())
            hl7.emplace(options.hl7, folder, *host.directory, [&](const DirectoryEvent& event) {
                return tell_plugin(holder.current()->instance, *host.directory, event);
            });
        const bool is_read = reader->has_ended_within(soon);  // A small practice is there at once.
        patients = " (" + std::to_string(host.directory->size()) +
                   (is_read ? " patients)" : " patients; they are being read)");
    }
    if (duties.works) work.emplace(holder, host.complaints);
    say_what_began(options, duties, port, patients, holder.current()->settings.store);
    tell_service_manager("READY=1");
    SettingsWatch settings{holder};
    while (!signals.came_within(between_looks)) {
        settings.look();
        host.complaints.forget_old();
        if (bounces) bounces->look();
        // A chart that changes while the directory is read could be read as it was before.
        if (hl7 && reader->has_ended_within(std::chrono::seconds{0})) hl7->look();
    }
    tell_service_manager("STOPPING=1");
    holder.stop();  // First: a request that waits for a mail server must not keep us.
    work.reset();
    if (server) server->stop();
    memory.close_views();
    host.directory->listen({});
}
}  // namespace

int serve(const ServeOptions& options) {
    const std::string what = duties_of(options.role).has_pages() ? "Cannot serve" : "Cannot work";
    try {
        serve_until_signal(options);
        return 0;
    } catch (const Poco::Exception& fault) {
        std::cerr << what << " at " << options.bind << ":" << options.port << ": "
                  << fault.displayText() << '\n';
    } catch (const std::exception& fault) {
        std::cerr << what << ": " << fault.what() << '\n';
    }
    return 1;
}
}  // namespace ppo_sim

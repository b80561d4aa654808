// SPDX-License-Identifier: Apache-2.0
#include "web/serve.hpp"

#include "host/bounce_intake.hpp"
#include "host/host_services.hpp"
#include "host/plugin_holder.hpp"
#include "host/signals.hpp"
#include "web/http_server.hpp"
#include "web/site.hpp"

#include <Poco/Exception.h>

#include <filesystem>
#include <future>
#include <iostream>
#include <utility>

namespace ppo_sim {
namespace {
constexpr std::chrono::seconds between_looks{2};
constexpr std::chrono::seconds soon{5};

Settings base_settings(const DataFolder& folder, std::uint16_t port) {
    Settings settings = folder.settings();
    settings.own_thread = true;
    settings.no_first_sync = true;  // Pages are there while a large directory is read.
    settings.portal_url = "http://127.0.0.1:" + std::to_string(port) + "/r";
    return settings;
}

/// What the settings page has kept, and above it what the command line says.
Choices choices_of(const ServeOptions& options, const DataFolder& folder) {
    Choices choices = read_choices(folder.chosen());
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

std::string bounces_of(const Choices& choices, const DataFolder& folder) {
    const auto chosen = choices.find("bounces");
    return chosen == choices.end() || chosen->second.empty() ? folder.bounces().string()
                                                             : chosen->second;
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

void tell_plugin(Instance& instance, const PatientDirectory& directory,
                 const DirectoryEvent& event) {
    Answer answer;
    switch (event.kind) {
    case DirectoryEvent::Kind::Changed:
        if (const auto patient = directory.find(event.patient_id))
            answer = instance.patient_changed(*patient);
        break;
    case DirectoryEvent::Kind::Removed: answer = instance.patient_removed(event.patient_id); break;
    case DirectoryEvent::Kind::Merged:
        answer = instance.patient_merged(event.patient_id, event.surviving_id);
        break;
    }
    if (!answer.good())
        std::cerr << "The plugin did not take a changed chart: " << answer.code << '\n';
}

/// Gives the mails that came back to the plugin, now and then.
class BounceWatch {
public:
    BounceWatch(const PluginHolder& holder, const DataFolder& folder)
        : holder_{holder}, folder_{folder} {}

    void look() {
        try {
            const auto running = holder_.current();
            const auto intake = take_bounces(
                Maildir{bounces_of(running->choices, folder_)}, [&](const std::string& report) {
                    return running->instance.take_delivery_report(report);
                });
            // What is left stays so for a while: it is said once.
            const bool again = intake.set_aside == 0 && intake.left == left_;
            if (!again) tell(intake, std::cerr);
            left_ = intake.left;
            broken_ = false;
        } catch (const std::filesystem::filesystem_error& fault) {
            if (!std::exchange(broken_, true))
                std::cerr << "Bounces cannot be read: " << fault.code().message() << '\n';
        }
    }

private:
    const PluginHolder& holder_;
    const DataFolder& folder_;
    std::uint64_t left_ = 0;
    bool broken_ = false;
};

/// Lets the plugin read the directory while pages are served already.
class DirectoryReader {
public:
    DirectoryReader(const PluginHolder& holder, HostServices& services) : services_{services} {
        const auto running = holder.current();
        ended_ = std::async(std::launch::async, [running] {
            std::uint64_t read = 0;
            const auto answer = running->instance.sync_directory(read);
            if (!answer.good())
                std::cerr << "The directory was not read to its end: " << answer.code << '\n';
        });
    }
    ~DirectoryReader() {
        services_.end_directory();
        ended_.wait();
    }
    DirectoryReader(const DirectoryReader&) = delete;
    DirectoryReader& operator=(const DirectoryReader&) = delete;

    [[nodiscard]] bool has_ended_within(std::chrono::seconds time) const {
        return ended_.wait_for(time) == std::future_status::ready;
    }

private:
    HostServices& services_;
    std::future<void> ended_{};
};

void serve_until_signal(const ServeOptions& options) {
    const HeldSignals signals;
    PageServer server{options.bind, options.port};
    const DataFolder folder{options.data};
    PatientDirectory directory{folder.patients()};
    Mailbox unused_mailbox;
    Clock clock = Clock::real();
    SiteMemory memory;
    HostServices services{directory, unused_mailbox, clock};
    const CheckpointFile checkpoints{folder.checkpoints()};
    services.on_checkpoint([&](const Checkpoint& told) { checkpoints.append(told); });
    services.on_log([](int level, const std::string& text) {
        if (level >= PPO_LOG_WARNING) std::cerr << text + "\n";
    });
    services.on_end_sessions([&memory](const std::string& patient_id) {
        memory.portal_sessions.end_of_patient(patient_id);
    });
    const Plugin plugin{find_plugin(options.plugin)};
    PluginHolder holder{plugin, services.table(), base_settings(folder, server.port()),
                        folder.chosen(), choices_of(options, folder)};
    directory.listen([&](const DirectoryEvent& event) {
        tell_plugin(holder.current()->instance, directory, event);
    });
    server.start([&](const Request& request) {
        const auto running = holder.current();
        Site site{.plugin = holder,
                  .instance = running->instance,
                  .choices = running->choices,
                  .directory = directory,
                  .practice = practice_of(*running, plugin.title(), folder),
                  .staff_sessions = memory.staff_sessions,
                  .portal_sessions = memory.portal_sessions,
                  .navigation = memory.navigation,
                  .mail_token = memory.mail_token,
                  .link_sessions = memory.link_sessions};
        return answer(site, request);
    });
    const DirectoryReader reader{holder, services};
    const bool is_read = reader.has_ended_within(
        soon);  // So that a small practice is there at once.
    std::cout << "Serving http://" << options.bind << ":" << server.port() << "/ ("
              << directory.size() << (is_read ? " patients" : " patients; they are being read")
              << "). Stop with Ctrl-C." << std::endl;
    BounceWatch bounces{holder, folder};
    while (!signals.came_within(between_looks)) bounces.look();
    holder.stop();  // First: a request that waits for a mail server must not keep us.
    server.stop();
    directory.listen({});
}
}  // namespace

int serve(const ServeOptions& options) {
    try {
        serve_until_signal(options);
        return 0;
    } catch (const Poco::Exception& fault) {
        std::cerr << "Cannot serve at " << options.bind << ":" << options.port << ": "
                  << fault.displayText() << '\n';
    } catch (const std::exception& fault) {
        std::cerr << "Cannot serve: " << fault.what() << '\n';
    }
    return 1;
}
}  // namespace ppo_sim

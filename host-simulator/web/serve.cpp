// SPDX-License-Identifier: Apache-2.0
#include "web/serve.hpp"

#include "host/host_services.hpp"
#include "host/plugin.hpp"
#include "host/settings.hpp"
#include "web/http_server.hpp"
#include "web/site.hpp"

#include <Poco/Exception.h>

#include <pthread.h>
#include <csignal>
#include <iostream>

namespace ppo_sim {
namespace {
/// SIGINT and SIGTERM wait until somebody asks for them; threads made after this inherit it.
sigset_t hold_back_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

Settings settings_of(const ServeOptions& options, const DataFolder& folder, std::uint16_t port) {
    Settings settings = folder.settings();
    settings.own_thread = true;
    settings.practice_name = options.practice_name;
    settings.practice_phone = options.practice_phone;
    settings.portal_url = options.portal_url.empty()
                              ? "http://127.0.0.1:" + std::to_string(port) + "/r"
                              : options.portal_url;
    if (!options.mail.empty()) settings.mail_transport = options.mail;
    return settings;
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

void serve_until_signal(const ServeOptions& options) {
    const sigset_t signals = hold_back_signals();
    PageServer server{options.bind, options.port};
    const DataFolder folder{options.data};
    PatientDirectory directory{folder.patients()};
    Mailbox unused_mailbox;
    Clock clock = Clock::real();
    HostServices services{directory, unused_mailbox, clock};
    Site* running = nullptr;
    services.on_log([](int level, const std::string& text) {
        if (level >= PPO_LOG_WARNING) std::cerr << text + "\n";
    });
    services.on_end_sessions([&running](const std::string& patient_id) {
        if (running != nullptr) running->portal_sessions.end_of_patient(patient_id);
    });
    const Plugin plugin{find_plugin(options.plugin)};
    Instance instance{plugin, services.table(), settings_of(options, folder, server.port())};
    Site site{.instance = instance,
              .directory = directory,
              .practice = {options.practice_name, options.practice_phone, plugin.title(),
                           folder.mail(), options.mail}};
    running = &site;
    directory.listen([&](const DirectoryEvent& event) { tell_plugin(instance, directory, event); });
    server.start([&site](const Request& request) { return answer(site, request); });
    std::cout << "Serving http://" << options.bind << ":" << server.port() << "/ ("
              << directory.size() << " patients). Stop with Ctrl-C." << std::endl;
    int signal = 0;
    sigwait(&signals, &signal);
    server.stop();
    directory.listen({});
    static_cast<void>(instance.shutdown(0));
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

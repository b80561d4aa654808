// SPDX-License-Identifier: Apache-2.0
#include "hl7/hl7_command.hpp"

#include "hl7/drop_folder.hpp"
#include "host/console.hpp"
#include "host/directory_events.hpp"
#include "host/host_services.hpp"
#include "host/signals.hpp"

#include <Poco/JSON/Object.h>

#include <limits>
#include <ostream>

namespace ppo_sim {
namespace {
constexpr std::chrono::seconds between_looks{1};
constexpr std::size_t files_between_signals = 20;

void print(const Hl7Pass& pass, std::ostream& out) {
    Poco::JSON::Object line{Poco::JSON_PRESERVE_KEY_ORDER};
    line.set("files_done", pass.done);
    line.set("files_refused", pass.refused);
    line.set("files_incomplete", pass.incomplete);
    line.set("accepted", pass.accepted);
    line.set("repeated", pass.repeated);
    line.set("not_accepted", pass.not_accepted);
    line.stringify(out);
    out << std::endl;
}

/// One pass over what is there, or until a signal comes.
Hl7Pass take_all(const Hl7Folder& folder, Hl7Receiver& receiver, const Clock& clock, bool watch,
                 const HeldSignals& signals, std::ostream& trouble) {
    Hl7Pass all{};
    Hl7Pass told{};
    for (;;) {
        const Hl7Pass pass = folder.take(
            receiver, [&] { return clock.now(); }, files_between_signals);
        all += pass;
        if (pass.has_news(std::exchange(told, pass))) tell(pass, trouble);
        const bool more = pass.done + pass.refused == files_between_signals;
        const bool ends = !watch && !more;
        if (ends || signals.came_within(more ? std::chrono::seconds{0} : between_looks)) return all;
    }
}
}  // namespace

int take_hl7(const Hl7Options& options, std::ostream& out, std::ostream& trouble) {
    const HeldSignals signals;
    if (!std::filesystem::is_directory(options.folder)) {
        trouble << "there is no such folder of messages\n";
        return 2;
    }
    const StoreOptions& told = options;
    const ConsoleOptions console{told, Needs::Nothing, {}};
    return with_charts(console, trouble, [&](Instance& instance, PatientDirectory& directory) {
        const Hl7Folder folder{options.folder};
        Hl7Journal journal{DataFolder{options.data}.hl7_journal()};
        tell_of_merges(instance, directory);
        Hl7Receiver receiver{directory, journal, [&](const DirectoryEvent& event) {
                                 return tell_plugin(instance, directory, event);
                             }};
        const Hl7Pass pass = take_all(folder, receiver, Clock::real(), options.watch, signals,
                                      trouble);
        print(pass, out);
        if (pass.busy || !pass.left_because.empty()) return 3;
        return pass.not_accepted + pass.refused > 0 ? 1 : 0;
    });
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hl7/drop_folder.hpp"
#include "host/host_services.hpp"
#include "host/plugin_holder.hpp"
#include "web/complaints.hpp"

#include <condition_variable>
#include <future>
#include <mutex>
#include <string>

namespace ppo_sim {
// What a process does beside its pages. Trouble is said on standard error, once as long as it
// lasts.

/// Where reports of returned mails are taken from.
[[nodiscard]] std::string bounces_of(const Choices& choices, const DataFolder& folder);

/// Gives the mails that came back to the plugin, now and then.
class BounceWatch {
public:
    BounceWatch(const PluginHolder& holder, const DataFolder& folder)
        : holder_{holder}, folder_{folder} {}

    void look();

private:
    const PluginHolder& holder_;
    const DataFolder& folder_;
    std::uint64_t left_ = 0;
    bool broken_ = false;
};

/// Takes the HL7 messages of a folder over, now and then.
class Hl7Watch {
public:
    Hl7Watch(const std::filesystem::path& folder, const DataFolder& data,
             PatientDirectory& directory, TellOfChart tell);

    void look();

private:
    Hl7Folder folder_;
    Hl7Journal journal_;
    Hl7Receiver receiver_;
    Hl7Pass told_{};
    std::string said_{};
};

/// Lets settings that were saved in another process be in use here too.
class SettingsWatch {
public:
    explicit SettingsWatch(PluginHolder& holder) : holder_{holder} {}

    void look();

private:
    PluginHolder& holder_;
    std::string said_{};
};

/// Lets the plugin read the directory while pages are served already.
class DirectoryReader {
public:
    DirectoryReader(const PluginHolder& holder, HostServices& services,
                    const PatientDirectory& directory);
    ~DirectoryReader();
    DirectoryReader(const DirectoryReader&) = delete;
    DirectoryReader& operator=(const DirectoryReader&) = delete;

    [[nodiscard]] bool has_ended_within(std::chrono::seconds time) const;

private:
    HostServices& services_;
    std::future<void> ended_{};
};

/// Does the plugin's background work on a thread of its own, as long as this object lives. Stop the
/// holder first, so that a turn does not go on waiting for a mail server.
class WorkLoop {
public:
    WorkLoop(const PluginHolder& holder, Complaints& complaints);
    ~WorkLoop();
    WorkLoop(const WorkLoop&) = delete;
    WorkLoop& operator=(const WorkLoop&) = delete;

private:
    void run();
    void tell(const Answer& answer);
    [[nodiscard]] bool ends_within(std::chrono::milliseconds wait);

    const PluginHolder& holder_;
    Complaints& complaints_;
    std::string failed_with_{};  // What the last turn ended with; empty if it was good.
    std::mutex lock_{};
    std::condition_variable ending_{};
    bool ends_ = false;
    std::future<void> ended_{};
};
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "web/background.hpp"

#include "host/bounce_intake.hpp"
#include "host/directory_events.hpp"

#include <filesystem>
#include <iostream>
#include <utility>

namespace ppo_sim {
namespace {
constexpr std::uint32_t budget_ms = 500;
constexpr std::chrono::milliseconds look_again{250};
constexpr std::chrono::seconds after_a_fault{1};
constexpr std::size_t files_at_a_look = 20;  // A signal or a change of settings waits no longer.
}  // namespace

std::string bounces_of(const Choices& choices, const DataFolder& folder) {
    const auto chosen = choices.find("bounces");
    return chosen == choices.end() || chosen->second.empty() ? folder.bounces().string()
                                                             : chosen->second;
}

void BounceWatch::look() {
    try {
        const auto running = holder_.current();
        const auto intake = take_bounces(Maildir{bounces_of(running->choices, folder_)},
                                         [&](const std::string& report) {
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

Hl7Watch::Hl7Watch(const std::filesystem::path& folder, const DataFolder& data,
                   PatientDirectory& directory, TellOfChart tell)
    : folder_{folder},
      journal_{data.hl7_journal()},
      receiver_{directory, journal_, std::move(tell)} {}

void Hl7Watch::look() {
    try {
        const Hl7Pass pass = folder_.take(
            receiver_, [] { return Clock::real().now(); }, files_at_a_look);
        // What is left stays so for a while: it is said once.
        if (pass.has_news(std::exchange(told_, pass))) tell(pass, std::cerr);
        said_.clear();
    } catch (const std::exception& fault) {
        if (std::exchange(said_, fault.what()) != fault.what()) std::cerr << "HL7: " + said_ + "\n";
    }
}

void SettingsWatch::look() {
    try {
        if (holder_.follow()) std::cout << "The settings that were saved are in use." << std::endl;
    } catch (const std::exception& fault) {
        if (std::exchange(said_, fault.what()) != fault.what()) std::cerr << said_ + "\n";
    }
}

DirectoryReader::DirectoryReader(const PluginHolder& holder, HostServices& services,
                                 const PatientDirectory& directory)
    : services_{services} {
    const auto running = holder.current();
    ended_ = std::async(std::launch::async, [running, &directory] {
        try {
            tell_of_merges(running->instance, directory);
        } catch (const std::exception& fault) {
            std::cerr << "The directory was not read: " << fault.what() << '\n';
            return;
        }
        std::uint64_t read = 0;
        const auto answer = running->instance.sync_directory(read);
        if (!answer.good())
            std::cerr << "The directory was not read to its end: " << answer.code << '\n';
    });
}

DirectoryReader::~DirectoryReader() {
    services_.end_directory();
    ended_.wait();
}

bool DirectoryReader::has_ended_within(std::chrono::seconds time) const {
    return ended_.wait_for(time) == std::future_status::ready;
}

WorkLoop::WorkLoop(const PluginHolder& holder, Complaints& complaints)
    : holder_{holder}, complaints_{complaints} {
    ended_ = std::async(std::launch::async, [this] { run(); });
}

WorkLoop::~WorkLoop() {
    {
        const std::lock_guard lock{lock_};
        ends_ = true;
    }
    ending_.notify_one();
    ended_.wait();
}

bool WorkLoop::ends_within(std::chrono::milliseconds wait) {
    std::unique_lock lock{lock_};
    return ending_.wait_for(lock, wait, [this] { return ends_; });
}

void WorkLoop::run() {
    std::chrono::milliseconds wait{0};
    while (!ends_within(wait)) {
        const Answer answer = holder_.current()->instance.work(budget_ms);
        tell(answer);
        wait = answer.result == PPO_MORE ? std::chrono::milliseconds{0}
               : answer.good()           ? look_again
                                         : after_a_fault;
    }
}

void WorkLoop::tell(const Answer& answer) {
    // An instance that was shut down works no more: this loop, or its settings, are about to end.
    if (answer.result == PPO_MISUSE_STATE) return;
    if (!answer.good()) {
        failed_with_ = answer.message;
        complaints_.say(answer.message);  // The plugin's log may have said so in the same words.
    } else if (!failed_with_.empty()) {
        complaints_.works_again(failed_with_, "The background work goes on again.");
        failed_with_.clear();
    }
}
}  // namespace ppo_sim

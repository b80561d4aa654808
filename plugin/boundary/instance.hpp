// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/checkpoints.hpp"
#include "boundary/directory_reading.hpp"
#include "boundary/handles.hpp"
#include "boundary/host.hpp"
#include "boundary/refused_callers.hpp"
#include "boundary/settings.hpp"
#include "domain/result.hpp"
#include "mail/outbox_worker.hpp"
#include "ppo/plugin.h"
#include "store/database.hpp"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

namespace ppo {
/// What `create` builds and every slot works with. Owns the plugin's one thread, if the settings
/// ask for it.
class Instance : public std::enable_shared_from_this<Instance> {
public:
    /// Opens everything; reads the directory unless told not to. Throws Misuse, StoreFault,
    /// HostFault.
    Instance(const ppo_host* host, const ppo_settings* settings);
    ~Instance();
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    [[nodiscard]] const Practice& practice() const { return settings_.practice; }
    [[nodiscard]] Database& database() { return database_; }
    [[nodiscard]] PasswordHasher& hasher() { return hasher_; }
    [[nodiscard]] HashCost hash_cost() const { return settings_.cost; }
    [[nodiscard]] const Host& host() const { return host_; }
    [[nodiscard]] Transport& transport() { return *transport_; }
    [[nodiscard]] Checkpoints& checkpoints() { return checkpoints_; }
    [[nodiscard]] RefusedCallers& refused_callers() { return refused_callers_; }
    [[nodiscard]] UnixTime now() const { return host_.now(); }
    [[nodiscard]] bool is_shut_down() const { return stopping_; }
    [[nodiscard]] bool has_own_thread() const { return settings_.own_thread; }
    void log(std::int32_t level, std::string_view text) const noexcept;

    /// Reads one patient again from the host, if it has a directory. Refused: UnknownPatient, if
    /// the host has none; ChartUnreadable, if the chart cannot be. Throws HostFault for a directory
    /// that is down.
    Result<Done> freshen(const std::string& patient_id);

    /// Reads the whole directory; returns how many patients were taken. Throws Misuse
    /// (PPO_MISUSE_STATE) without one, or while it is being read.
    std::uint64_t sync_directory();
    [[nodiscard]] const DirectoryReading& directory_reading() const { return directory_reading_; }

    /// Works for about `budget`; true if more is due now.
    bool work(std::chrono::milliseconds budget);

    /// There is something new to do: the own thread looks at once instead of within a second.
    void wake();

    void shutdown();

private:
    void end_sessions(const std::vector<std::string>& patient_ids) const;
    std::uint64_t read_directory();
    bool work_once(bool may_ask_host, std::chrono::steady_clock::time_point until);
    [[nodiscard]] std::set<std::string> freshen_all(const std::vector<std::string>& patient_ids);
    void run_thread();

    Host host_;
    Settings settings_;
    std::unique_ptr<Transport> transport_;
    Database database_;
    Checkpoints checkpoints_{database_, host_};
    RefusedCallers refused_callers_{database_};
    PasswordHasher hasher_;
    OutboxWorker worker_;
    DirectoryReading directory_reading_{};
    std::atomic<bool> stopping_{false};
    std::mutex waking_{};
    std::condition_variable woken_{};
    bool is_awake_ = false;
    std::thread thread_{};
};

/// Every live instance of this process.
[[nodiscard]] Handles<Instance, ppo_instance>& instances();
}  // namespace ppo

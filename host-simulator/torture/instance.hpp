// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "torture/host_side.hpp"
#include "torture/modes.hpp"
#include "torture/own_thread.hpp"
#include "torture/slots.hpp"

#include <ppo/ppo.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace ppo_torture {
/// One of the invented practice, or of the host's charts.
struct Person {
    std::string id{};
    std::string first{};
    std::string last{};
    std::string email{};
    std::string username{};
    std::string password{};
    bool enabled = false;
    bool open_chart = true;
    bool invited = false;
    bool signed_in = false;
    bool mail_me = true;
    std::uint32_t consent = PPO_CONSENT_NONE;
    std::uint64_t epoch = 1;

    [[nodiscard]] std::uint32_t status() const;
};

struct Entry {
    ppo_time at = 0;
    std::uint32_t actor = PPO_ACTOR_STAFF;
    std::string action{};
    std::string patient_id{};
};

struct Batch {
    std::string id{};
    std::uint32_t state = PPO_BATCH_HELD_BACK;
    std::vector<std::string> patients{};
};

/// What the practice has; guarded by `lock`, which is never held while the host runs.
struct Practice {
    std::mutex lock{};
    std::map<std::string, Person> people{};
    std::vector<Entry> record{};
    std::vector<Batch> batches{};
    std::map<std::string, std::string> saved_views{};  // By staff id and name.
    std::vector<std::string> to_mail{};                // Ids of those invited since.
    std::string subject = "Your patient portal";       // Of every mail.

    /// Invents people, the same for the same seed; the first one may sign in as "torture" with the
    /// password "torture-torture".
    void invent(std::uint64_t seed);
    void take(const Chart& chart);
    /// The one of this store, for as long as the process lives: made new, it has nobody yet.
    [[nodiscard]] static std::shared_ptr<Practice> of_store(const std::string& store,
                                                            std::uint64_t seed);
    void note(ppo_time at, std::uint32_t actor, const std::string& action,
              const std::string& patient_id);
};

/// One instance. It outlives its end, so that a call with its handle can be told from a call with
/// any other pointer.
struct Instance {
    Modes modes{};
    HostSide host{};
    std::shared_ptr<Practice> practice{};
    std::string practice_name{};
    std::string practice_phone{};
    std::string portal_url{};
    bool own_thread = false;

    /// From now on every call is refused.
    void end_calls();
    /// Whether a call that comes now may have been on its way, on another thread, when `shutdown`
    /// came: nobody can keep such a call from being late by a moment.
    [[nodiscard]] bool may_be_on_its_way() const;

    void start_thread();
    /// Twice is fine.
    void stop_thread();

    std::atomic<bool> shut_down{false};
    std::atomic<bool> ended{false};
    std::atomic<std::uint32_t> inside{0};  // Calls that run now.
    std::atomic<std::uint32_t> work_left{0};
    std::atomic<std::uint64_t> turn{0};
    std::array<std::atomic<std::uint64_t>, slot_count> calls{};

private:
    std::atomic<std::int64_t> ended_calls_at_ms_{0};
    std::atomic<std::thread::id> ended_calls_on_{};
    std::mutex thread_lock_{};
    std::unique_ptr<OwnThread> thread_{};
};

/// One view, likewise.
struct View {
    std::shared_ptr<Instance> instance{};
    std::string view_id{};
    std::string patient_id{};
    std::uint64_t turn = 0;  // Its modes, which stay the same while it is open.
    std::uint64_t revision = 1;
    std::map<std::string, std::string> edited{};
    bool wants_to_close = false;
    bool has_dialog = false;
    std::atomic<bool> busy{false};
    std::atomic<bool> ended{false};
};

/// Every handle that was ever given out.
class Handles {
public:
    /// The one of this process. Its end tells of instances that were never destroyed.
    [[nodiscard]] static Handles& all();
    ~Handles();

    ppo_instance* add(std::shared_ptr<Instance> instance);
    ppo_view* add(std::shared_ptr<View> view);
    /// Null for a pointer that never was a handle.
    [[nodiscard]] std::shared_ptr<Instance> find(const ppo_instance* handle) const;
    [[nodiscard]] std::shared_ptr<View> find(const ppo_view* handle) const;
    /// How many views of the instance are open.
    [[nodiscard]] std::size_t open_views(const Instance& instance) const;
    void end_views(const Instance& instance);

private:
    mutable std::mutex lock_{};
    std::map<const void*, std::shared_ptr<Instance>> instances_{};
    std::map<const void*, std::shared_ptr<View>> views_{};
};
}  // namespace ppo_torture

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "generate/people.hpp"
#include "ppo/ppo.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <string>

namespace ppo_bench {
/// Every bench takes place on this day, Monday, 2 March 2026, at noon.
inline constexpr ppo_time bench_noon = 1'772'452'800'000;
inline constexpr std::chrono::sys_days bench_day = std::chrono::year{2026} / 3 / 2;

/// What a bench does not leave as usual.
struct Wishes {
    std::string store{};      // A file in the folder.
    std::string transport{};  // Mails are files in the folder.
    /// Time goes on from noon since this moment of the wall's clock (ms since 1970), the same in
    /// every process; 0 = it stands still.
    ppo_time since = 0;
};

/// A host with as many made-up patients as wanted, and the plugin with one instance on a store of
/// its own.
class BenchHost {
public:
    BenchHost(const std::string& plugin_path, const std::string& folder,
              const ppo_sim::People& people, const Wishes& wishes = {});
    ~BenchHost();
    BenchHost(const BenchHost&) = delete;
    BenchHost& operator=(const BenchHost&) = delete;

    [[nodiscard]] const ppo_plugin& plugin() const { return *plugin_; }
    [[nodiscard]] ppo_instance* instance() const { return instance_; }
    [[nodiscard]] const ppo_caller& caller() const { return caller_; }
    [[nodiscard]] const ppo_sim::People& people() const { return people_; }
    [[nodiscard]] const std::string& store() const { return store_; }

    template <class Slots>
    [[nodiscard]] const Slots& table(const char* id) const {
        return *static_cast<const Slots*>(plugin_->query({id, std::strlen(id)}));
    }
    [[nodiscard]] const ppo_onboarding_1& onboarding() const {
        return table<ppo_onboarding_1>(PPO_ONBOARDING_1);
    }
    [[nodiscard]] const ppo_report_1& report() const { return table<ppo_report_1>(PPO_REPORT_1); }

    /// The instance ends and begins anew on the same store.
    void end_instance();
    void start_instance();

    /// Background work, until nothing is due.
    void work() const;
    /// Background work for about a second; whether more is due.
    [[nodiscard]] bool work_a_second() const;

    /// From now on every hundredth patient's next appointment is a day later than before.
    void move_appointments() { ++moved_days_; }

    /// The key that the store is written with.
    static constexpr const char* key_id = "bench";
    static std::array<std::uint8_t, 32> key();

private:
    ppo_result put(std::uint64_t place, const ppo_patient_sink& sink) const;
    static ppo_result each_patient(void* context, const ppo_patient_sink* sink, ppo_error* error);
    static ppo_result get_patient(void* context, const char* id, std::size_t size,
                                  const ppo_patient_sink* sink, ppo_error* error);
    static const void* host_query(void* context, const char* id, std::size_t size);
    static ppo_time now(void* context);

    ppo_sim::People people_;
    std::string folder_;
    std::string store_;
    std::string transport_;
    ppo_time since_;
    void* library_ = nullptr;
    const ppo_plugin* plugin_ = nullptr;
    ppo_instance* instance_ = nullptr;
    ppo_host_directory_1 directory_{};
    ppo_host_secrets_1 secrets_{};
    ppo_host host_{};
    ppo_caller caller_{};
    int moved_days_ = 0;
};

[[nodiscard]] inline ppo_text text(const std::string& value) {
    return {value.data(), value.size()};
}

/// Throws std::runtime_error unless the slot answered PPO_OK.
void must(ppo_result result, const char* what);
}  // namespace ppo_bench

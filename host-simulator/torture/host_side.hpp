// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "torture/slots.hpp"

#include <ppo/ppo.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ppo_torture {
struct Instance;

/// A chart as the host told it; only what this practice uses.
struct Chart {
    std::string id{};
    std::string first{};
    std::string last{};
    std::string email{};
    std::uint32_t status = PPO_CHART_ACTIVE;
    bool access_granted = false;
};

/// The host's functions, with an eye on what they answer.
class HostSide {
public:
    HostSide() = default;

    /// Notes what the host lacks and asks for its interfaces. `create` only.
    void meet(const ppo_host* host, const Instance& instance);

    void log(std::int32_t level, const std::string& line) const;
    [[nodiscard]] ppo_time now(const Instance& instance) const;
    /// Answers how many charts were taken, or -1 if the host has no directory or failed.
    /// `stop_at`: 0 = never; else the sink answers PPO_STOPPED at this one.
    std::int64_t each_chart(const Instance& instance, std::uint64_t stop_at,
                            const std::function<void(const Chart&)>& take) const;
    /// Whether the host has a chart with this id.
    bool find_chart(const Instance& instance, const std::string& id, Chart& out) const;
    void refresh(const std::string& patient_id) const;
    void end_sessions(const std::string& patient_id) const;
    void checkpoint(const Instance& instance, std::uint64_t sequence, ppo_time at,
                    const std::string& mac) const;
    ppo_result send_mail(const Instance& instance, const std::string& message_id,
                         const std::string& recipient, const std::string& message) const;
    /// Asks for interfaces that nobody has. `create` only.
    void ask_for_nonsense() const;

private:
    const ppo_host* host_ = nullptr;
    const ppo_host_directory_1* directory_ = nullptr;
    const ppo_host_mail_1* mail_ = nullptr;
    const ppo_host_ui_1* ui_ = nullptr;
    const ppo_host_sessions_1* sessions_ = nullptr;
    const ppo_host_audit_1* audit_ = nullptr;
};
}  // namespace ppo_torture

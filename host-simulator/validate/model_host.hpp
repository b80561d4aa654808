// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ppo/host.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ppo_validate {
struct Person {
    std::string id{};
    std::string first_name{};
    std::string last_name{};
    std::string birth_date = "1980-02-29";
    std::string email{};
    std::string postal_code = "01234";
    std::uint32_t chart_status = PPO_CHART_ACTIVE;
};
[[nodiscard]] ppo_patient to_abi(const Person& person);

/// A host that keeps the contract, until it is told what to do wrong. Any thread may call it.
class ModelHost {
public:
    ModelHost();
    ModelHost(const ModelHost&) = delete;
    ModelHost& operator=(const ModelHost&) = delete;

    /// For `create`. Filled; a check may change it before.
    ppo_host table{};
    std::set<std::string> offered{PPO_HOST_DIRECTORY_1, PPO_HOST_MAIL_1, PPO_HOST_UI_1,
                                  PPO_HOST_SESSIONS_1, PPO_HOST_AUDIT_1};
    std::vector<Person> people{};
    std::atomic<ppo_time> now{1'767'225'600'000};  // 2026-01-01.
    std::function<ppo_time()> clock{};             // In place of `now`.

    // What a function answers in place of doing its work.
    std::optional<ppo_result> get_patient_answers{};
    std::optional<ppo_result> each_patient_answers{};
    std::optional<ppo_result> each_key_answers{};
    std::optional<ppo_result> send_mail_answers{};
    std::optional<ppo_result> checkpoint_answers{};
    // What the directory does in place of its work.
    std::function<ppo_result(const ppo_patient_sink&)> each_patient_does{};
    std::function<ppo_result(std::string_view, const ppo_patient_sink&)> get_patient_does{};

    [[nodiscard]] std::vector<std::string> log_lines() const;
    [[nodiscard]] std::vector<std::string> mails() const;
    /// What broke the contract in calls to this host, as sentences.
    [[nodiscard]] std::vector<std::string> complaints() const;
    /// How often the plugin has called a function that checks of callbacks spoil.
    std::atomic<int> spoilt_calls{0};

    // The host interfaces, as `query` gives them.
    ppo_host_directory_1 directory{};
    ppo_host_secrets_1 secrets{};
    ppo_host_mail_1 mail{};
    ppo_host_ui_1 ui{};
    ppo_host_sessions_1 sessions{};
    ppo_host_audit_1 audit{};

private:
    friend struct HostFunctions;
    void complain(const std::string& sentence);
    mutable std::mutex mutex_{};
    std::vector<std::string> log_lines_{};
    std::vector<std::string> mails_{};
    std::vector<std::string> complaints_{};
};
}  // namespace ppo_validate

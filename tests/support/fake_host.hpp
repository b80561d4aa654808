// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/patient.hpp"
#include "ppo/ppo.h"
#include "store/keyring.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ppo {
/// A host in memory. It offers every interface and behaves well, until a test tells a part of it
/// not to. Functions of the host may run on any thread; what they collect is read under a lock.
class FakeHost {
public:
    FakeHost();
    FakeHost(const FakeHost&) = delete;
    FakeHost& operator=(const FakeHost&) = delete;

    /// What `create` is given. A test may break it and the interfaces below.
    ppo_host table{};
    ppo_host_directory_1 directory{};
    ppo_host_secrets_1 secrets{};
    ppo_host_mail_1 mail{};
    ppo_host_ui_1 ui{};
    ppo_host_sessions_1 sessions{};
    ppo_host_audit_1 audit{};

    std::atomic<ppo_time> time;         // What the clock tells.
    std::vector<std::string> absent{};  // Interfaces that `query` does not know.
    std::vector<std::string> asked_for() const;

    // The directory.
    std::vector<Patient> patients{};
    std::optional<ppo_result> directory_answers{};  // Instead of giving patients.
    std::optional<Patient> gives_instead{};         // To get_patient, whoever was meant.
    std::function<void(ppo_patient&)> spoils{};     // Changes each patient before it is given.
    /// What the sink said, in order.
    [[nodiscard]] std::vector<ppo_result> put_answers() const;

    // The keys: id and bytes as they are.
    std::vector<std::pair<std::string, std::string>> root_keys{{"fake-1", std::string(32, '\x2a')}};
    std::optional<ppo_result> secrets_answer{};

    // The mail transport.
    struct Mail {
        std::string message_id{};
        std::string sender{};
        std::string recipient{};
        std::string message{};
    };
    ppo_result mail_answers = PPO_OK;
    std::string mail_reason{};
    [[nodiscard]] std::vector<Mail> mails() const;

    // The checkpoints of the record.
    struct Checkpoint {
        std::uint64_t sequence = 0;
        ppo_time at = 0;
        std::string mac{};
    };
    ppo_result checkpoint_answers = PPO_OK;
    [[nodiscard]] std::vector<Checkpoint> checkpoints() const;

    /// Runs inside every function that may call back in: directory, mail, ui, sessions, audit.
    std::function<void()> meanwhile{};

    [[nodiscard]] std::vector<std::string> refreshed() const;
    [[nodiscard]] std::vector<std::string> ended_sessions() const;
    [[nodiscard]] std::vector<std::pair<int, std::string>> log_lines() const;
    /// Every log line, one after the other: what a test searches for what must not be there.
    [[nodiscard]] std::string whole_log() const;

private:
    friend struct FakeHostCalls;
    mutable std::mutex mutex_{};
    std::vector<std::string> asked_for_{};
    std::vector<ppo_result> put_answers_{};
    std::vector<Mail> mails_{};
    std::vector<std::string> refreshed_{};
    std::vector<std::string> ended_sessions_{};
    std::vector<Checkpoint> checkpoints_{};
    std::vector<std::pair<int, std::string>> log_lines_{};
};

/// A patient as a host gives one; borrows from `patient` and `tags`.
[[nodiscard]] ppo_patient as_given(const Patient& patient, std::vector<ppo_text>& tags);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/patient.hpp"
#include "domain/unix_time.hpp"
#include "mail/transport.hpp"
#include "ppo/host.h"
#include "store/keyring.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// The host's tables as C++. Calls a host function only where its thread tag allows; never inside a
/// transaction.
class Host {
public:
    /// Throws Misuse if a required function is missing or a table is too short.
    explicit Host(const ppo_host* host);

    void log(std::int32_t level, std::string_view text) const;

    /// Throws HostFault (PPO_FAULT_CLOCK) for a time before 2020 or after 2100, such as 0.
    [[nodiscard]] UnixTime now() const;

    [[nodiscard]] bool has_directory() const { return directory_ != nullptr; }
    [[nodiscard]] bool has_mail() const { return mail_ != nullptr; }

    /// The patient as the chart is now; nothing if the host has none. Throws HostFault; as
    /// UnusableChart if the host did give the chart, but it cannot be.
    [[nodiscard]] std::optional<Patient> find_patient(const std::string& patient_id) const;

    /// Gives every patient of the directory to `take`. Those who cannot be used are counted and
    /// left out; who they are, as far as that can be read, is told to `leave`. Throws HostFault.
    struct DirectoryRead {
        std::uint64_t taken = 0;
        std::uint64_t left_out = 0;
    };
    DirectoryRead each_patient(const std::function<void(Patient)>& take,
                               const std::function<void(const std::string&)>& leave) const;

    /// The host's root keys; empty if it has no secrets interface. Throws HostFault.
    [[nodiscard]] std::vector<RootKey> keys() const;

    /// A transport that hands mails to the host.
    [[nodiscard]] std::unique_ptr<Transport> mail_transport() const;

    void refresh(std::string_view patient_id) const;
    void end_sessions(std::string_view patient_id) const;

    [[nodiscard]] bool keeps_checkpoints() const { return audit_ != nullptr; }
    /// False if the host did not keep it.
    [[nodiscard]] bool checkpoint(std::int64_t sequence, std::string_view mac, UnixTime at) const;

private:
    ppo_host host_{};
    const ppo_host_directory_1* directory_ = nullptr;
    const ppo_host_secrets_1* secrets_ = nullptr;
    const ppo_host_mail_1* mail_ = nullptr;
    const ppo_host_ui_1* ui_ = nullptr;
    const ppo_host_sessions_1* sessions_ = nullptr;
    const ppo_host_audit_1* audit_ = nullptr;
};
}  // namespace ppo

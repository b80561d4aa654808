// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/checkpoint_file.hpp"
#include "host/mailbox.hpp"
#include "host/patient_directory.hpp"

#include <ppo/ppo.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace ppo_sim {
/// The time that the plugin sees: the real one, or one that only moves when it is told to.
class Clock {
public:
    [[nodiscard]] static Clock real() { return Clock{PPO_TIME_NONE}; }
    [[nodiscard]] static Clock standing_at(ppo_time start) { return Clock{start}; }
    Clock(const Clock& other) : virtual_now_{other.virtual_now_.load()} {}
    Clock& operator=(const Clock&) = delete;

    [[nodiscard]] ppo_time now() const;
    /// Moves a virtual clock forward; a real one does not move.
    void advance(std::int64_t milliseconds);

private:
    explicit Clock(ppo_time start) : virtual_now_{start} {}
    std::atomic<ppo_time> virtual_now_;
};

/// Everything that the plugin may ask of this host: log, time, patients, mail, screen, sessions,
/// checkpoints.
/// Lives longer than the instance that it is given to, and stays where it is.
class HostServices {
public:
    using Log = std::function<void(int level, const std::string& text)>;
    using ForPatient = std::function<void(const std::string& patient_id)>;

    HostServices(PatientDirectory& directory, Mailbox& mailbox, Clock& clock);
    HostServices(const HostServices&) = delete;
    HostServices& operator=(const HostServices&) = delete;

    // Set these before an instance is created. The plugin's own thread may call the log, so it must
    // be thread-safe.
    void on_log(Log log) { log_ = std::move(log); }
    void on_refresh(ForPatient refresh) {
        refresh_ = std::move(refresh);
    }  // Empty id: all patients.
    void on_end_sessions(ForPatient end_sessions) { end_sessions_ = std::move(end_sessions); }

    /// Keeps a checkpoint of the record, or throws. Without it this host offers to keep none.
    using Keep = std::function<void(const Checkpoint& checkpoint)>;
    void on_checkpoint(Keep keep) { keep_ = std::move(keep); }

    /// This host offers no directory: it has no charts.
    void hide_directory() { has_directory_ = false; }
    /// Breaks off whoever reads the whole directory, now and later: this host is about to end.
    void end_directory() { directory_ends_ = true; }

    [[nodiscard]] const ppo_host& table() const { return host_; }

private:
    friend struct HostCalls;

    PatientDirectory& directory_;
    Mailbox& mailbox_;
    Clock& clock_;
    Log log_{};
    ForPatient refresh_{};
    ForPatient end_sessions_{};
    Keep keep_{};
    bool has_directory_ = true;
    std::atomic<bool> directory_ends_{false};
    ppo_host host_{};
    ppo_host_directory_1 directory_table_{};
    ppo_host_mail_1 mail_table_{};
    ppo_host_ui_1 ui_table_{};
    ppo_host_sessions_1 sessions_table_{};
    ppo_host_audit_1 audit_table_{};
};

/// Fills the contract's struct from a patient and calls `use` with it; the struct is valid during
/// that call.
void with_abi_patient(const Patient& patient, const std::function<void(const ppo_patient&)>& use);
}  // namespace ppo_sim

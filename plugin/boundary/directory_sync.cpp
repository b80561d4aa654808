// SPDX-License-Identifier: Apache-2.0
#include "boundary/instance.hpp"
#include "boundary/misuse.hpp"
#include "onboarding/patients.hpp"
#include "store/fault.hpp"
#include "store/patient_table.hpp"
#include "store/report_indexes.hpp"

namespace ppo {
namespace {
constexpr std::size_t batch_size = 5000;

/// A whole directory on its way into the store, batch by batch.
class DirectoryIntake {
public:
    DirectoryIntake(Instance& instance, DirectoryReading& progress)
        : instance_{instance}, progress_{progress} {
        Reading reading{instance.database()};
        is_first_ = has_no_patients(reading);
    }
    ~DirectoryIntake() = default;
    DirectoryIntake(const DirectoryIntake&) = delete;
    DirectoryIntake& operator=(const DirectoryIntake&) = delete;

    void take(Patient patient) {
        if (!is_first_) seen_.add(patient.id);
        batch_.push_back(std::move(patient));
        if (batch_.size() == batch_size) store_batch();
    }

    /// A chart that cannot be used has not gone: the patient stays as he was.
    void leave(const std::string& patient_id) {
        if (!is_first_) seen_.add(patient_id);
    }

    [[nodiscard]] bool is_first() const { return is_first_; }

    /// What has come so far is stored. The sessions that must end are given back: not sooner, since
    /// the host was in the middle of its own patients.
    std::vector<std::string> store_the_rest() {
        store_batch();
        make_indexes();
        return std::move(closed_);
    }

    /// After the store broke: what it took is no news to the next reading.
    std::vector<std::string> give_up() {
        try {
            make_indexes();
        } catch (const StoreFault&) {  // Opening the store makes them, once it can be used again.
        }
        return std::move(closed_);
    }

    std::vector<std::string> remove_the_gone() {
        if (is_first_) return {};
        seen_.sort();
        return remove_all_but(instance_.database(), seen_, instance_.now());
    }

private:
    void store_batch() {
        if (is_first_ && !without_indexes_ && batch_.size() == batch_size) {
            drop_report_indexes(instance_.database());
            without_indexes_ = true;
        }
        const auto closed = take_patients(instance_.database(), batch_, instance_.now());
        closed_.insert(closed_.end(), closed.begin(), closed.end());
        progress_.taken += batch_.size();
        batch_.clear();
    }

    void make_indexes() {
        if (without_indexes_) make_report_indexes_again(instance_.database());
        without_indexes_ = false;
    }

    Instance& instance_;
    DirectoryReading& progress_;
    bool is_first_ = false;
    bool without_indexes_ = false;
    std::vector<Patient> batch_{};
    std::vector<std::string> closed_{};
    PatientsSeen seen_{};
};
}  // namespace

std::uint64_t Instance::read_directory() {
    DirectoryIntake intake{*this, directory_reading_};
    Host::DirectoryRead read;
    try {
        read = host_.each_patient([&](Patient patient) { intake.take(std::move(patient)); },
                                  [&](const std::string& id) { intake.leave(id); });
        end_sessions(intake.store_the_rest());
    } catch (const HostFault&) {  // Half a directory is better than none, and nobody is removed.
        end_sessions(intake.store_the_rest());
        throw;
    } catch (const std::exception&) {
        end_sessions(intake.give_up());
        throw;
    }
    // A practice that has lost every patient overnight is a directory that has lost its way.
    const bool is_believed = read.taken > 0 || intake.is_first();
    const auto removed = is_believed ? intake.remove_the_gone() : std::vector<std::string>{};
    end_sessions(removed);
    directory_reading_.left_out = read.left_out;
    directory_reading_.gone = removed.size();
    log(read.left_out > 0 ? PPO_LOG_WARNING : PPO_LOG_INFO,
        "Directory read: " + std::to_string(read.taken) + " patients taken, " +
            std::to_string(read.left_out) + " left out because they cannot be used, " +
            std::to_string(removed.size()) + " gone.");
    if (!is_believed)
        log(PPO_LOG_WARNING, "A directory without a patient is not believed: nobody was removed.");
    return read.taken;
}

std::uint64_t Instance::sync_directory() {
    if (!host_.has_directory())
        throw Misuse{PPO_MISUSE_STATE, "ppo.host.directory/1",
                     "The host has no directory to read."};
    if (!directory_reading_.begin(now()))
        throw Misuse{PPO_MISUSE_STATE, "sync_directory", "The directory is being read already."};
    try {
        const auto taken = read_directory();
        directory_reading_.end(now(), DirectoryReading::State::Read);
        return taken;
    } catch (...) {
        directory_reading_.end(now(), DirectoryReading::State::BrokeOff);
        throw;
    }
}
}  // namespace ppo

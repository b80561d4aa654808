// SPDX-License-Identifier: Apache-2.0
#include "boundary/instance.hpp"

#include "boundary/keys.hpp"
#include "boundary/misuse.hpp"
#include "invitations/after_restore.hpp"
#include "invitations/batch.hpp"
#include "invitations/compose_mail.hpp"
#include "invitations/reminders.hpp"
#include "onboarding/patients.hpp"
#include "selfservice/request.hpp"
#include "selfservice/tries.hpp"
#include "store/fault.hpp"
#include "store/search_index.hpp"

#include <unistd.h>

namespace ppo {
namespace {
constexpr std::chrono::seconds look_again{1};  // Other processes queue mails too.
constexpr std::chrono::seconds own_turn{5};    // Requests of patients wait no longer than this.

/// Before anything else is done with the store: nothing that a backup had open may be used.
void heed_restore(Database& database, std::int64_t generation, UnixTime now) {
    const auto known = settle_restore(database, generation, now);
    if (known > generation)
        throw Misuse{PPO_MISUSE_SETTING, "restore_generation",
                     "The setting restore_generation is " + std::to_string(generation) +
                         ", but the store knows " + std::to_string(known) +
                         ": it was restored more often than the host says."};
}

/// A worker takes over what the dead ones of its practice left. No practice's prefix begins
/// another's: an id holds no tilde.
std::string journal_prefix(const Settings& settings) {
    if (settings.practice_id.empty()) return settings.local_prefix;
    return settings.local_prefix + "~" + settings.practice_id + "~";
}
}  // namespace

Handles<Instance, ppo_instance>& instances() {
    // What a host has not ended ends when the process does, or when the library leaves. Not so in a
    // child that the host made: the thread and the locks are its parent's, and to wait for them
    // would be for ever.
    struct EndWhereItBegan {
        pid_t process = ::getpid();
        void operator()(const Handles<Instance, ppo_instance>* all) const {
            if (::getpid() == process) delete all;
        }
    };
    static const std::unique_ptr<Handles<Instance, ppo_instance>, EndWhereItBegan> all{
        new Handles<Instance, ppo_instance>};
    return *all;
}

Instance::Instance(const ppo_host* host, const ppo_settings* settings)
    : host_{host},
      settings_{to_settings(settings)},
      transport_{to_transport(*settings, host_)},
      database_{settings_.store, keys_for(host_, settings_), settings_.practice_id},
      hasher_{settings_.cost},
      worker_{database_,
              *transport_,
              [this](const QueuedMail& mail, UnixTime now) {
                  return compose_mail(database_, practice(), mail, now);
              },
              settings_.practice,
              journal_prefix(settings_),
              [this](std::string_view sentence) { log(PPO_LOG_WARNING, sentence); }} {
    // A host without a clock is found out here, not in the first call.
    heed_restore(database_, settings_.restore_generation, now());
    static_cast<void>(drop_stale_requests(database_, now()));
    if (settings_.first_sync && host_.has_directory()) sync_directory();
    checkpoints_.offer_if_due();
    if (settings_.own_thread) thread_ = std::thread{[this] { run_thread(); }};
}

Instance::~Instance() { shutdown(); }

void Instance::log(std::int32_t level, std::string_view text) const noexcept {
    host_.log(level, text);
}

void Instance::end_sessions(const std::vector<std::string>& patient_ids) const {
    for (const auto& patient_id : patient_ids) host_.end_sessions(patient_id);
}

Result<Done> Instance::freshen(const std::string& patient_id) {
    if (!host_.has_directory()) return Done{};
    std::optional<Patient> patient;
    try {
        patient = host_.find_patient(patient_id);
    } catch (const UnusableChart&) {
        return Refusal::ChartUnreadable;
    }
    const auto at = now();
    if (!patient) {
        if (remove_patient(database_, patient_id, at)) host_.end_sessions(patient_id);
        return Refusal::UnknownPatient;
    }
    if (take_patient(database_, *patient, at).sessions_end) host_.end_sessions(patient_id);
    return Done{};
}

std::set<std::string> Instance::freshen_all(const std::vector<std::string>& patient_ids) {
    std::set<std::string> unreadable;
    if (!host_.has_directory()) return unreadable;
    std::vector<Patient> found;
    for (const auto& patient_id : patient_ids) {
        try {
            if (auto patient = host_.find_patient(patient_id))
                found.push_back(*std::move(patient));
            else if (remove_patient(database_, patient_id, now()))
                host_.end_sessions(patient_id);
        } catch (const UnusableChart&) {
            unreadable.insert(patient_id);
        } catch (const HostFault&) {
            unreadable.insert(patient_id);
            // One chart may be in trouble; when none can be read, the directory is down.
            if (unreadable.size() == patient_ids.size()) throw;
        }
    }
    end_sessions(take_patients(database_, found, now()));
    return unreadable;
}

bool Instance::work_once(bool may_ask_host, std::chrono::steady_clock::time_point until) {
    const auto refresh = [this, may_ask_host](const std::string& patient_id) -> bool {
        return !may_ask_host || static_cast<bool>(freshen(patient_id));
    };
    const auto refresh_all = [this, may_ask_host](const std::vector<std::string>& ids) {
        return may_ask_host ? freshen_all(ids) : std::set<std::string>{};
    };
    const auto at = now();
    bool queued = false;
    try {
        if (answer_request(database_, practice(), refresh, at)) return true;
        queued = advance_batches(database_, practice(), refresh_all, at) ||
                 queue_reminders(database_, practice(), refresh_all, at) ||
                 forget_old_tries(database_, at) || extend_search_index(database_);
    } catch (const HostFault&) {
        if (worker_.send_group(at, until, refresh_all))
            return true;  // Mails that were just queued do not wait for a directory that fails.
        throw;
    }
    return worker_.send_group(at, until, refresh_all) || queued;
}

bool Instance::work(std::chrono::milliseconds budget) {
    if (settings_.own_thread)
        throw Misuse{PPO_MISUSE_STATE, "work", "This instance works on its own thread."};
    const auto until = std::chrono::steady_clock::now() + budget;
    do {
        if (stopping_ || !work_once(true, until)) return false;
    } while (std::chrono::steady_clock::now() < until);
    return true;
}

void Instance::wake() {
    {
        const std::lock_guard lock{waking_};
        is_awake_ = true;
    }
    woken_.notify_one();
}

void Instance::run_thread() {
    while (!stopping_) {
        bool more = false;
        try {
            more = work_once(false, std::chrono::steady_clock::now() + own_turn);
        } catch (const StoreFault& fault) {
            log(PPO_LOG_ERROR, std::string{"Background work: "} + fault.what());
        } catch (const std::exception&) {
            log(PPO_LOG_ERROR, "Background work failed; it is tried again.");
        }
        if (more) continue;
        std::unique_lock lock{waking_};
        woken_.wait_for(lock, look_again, [this] { return is_awake_ || stopping_; });
        is_awake_ = false;
    }
}

void Instance::shutdown() {
    if (stopping_.exchange(true)) return;
    worker_.stop();  // Before the transport gives up: that is no trouble of the mail server.
    transport_->interrupt();
    wake();
    if (thread_.joinable()) thread_.join();
    checkpoints_.offer_the_rest();
}
}  // namespace ppo

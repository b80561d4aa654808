// SPDX-License-Identifier: Apache-2.0
#include "host/host_services.hpp"

#include "host/answer.hpp"
#include "host/dates.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <string_view>

namespace ppo_sim {
namespace {
void explain(ppo_error* error, ppo_result result, const char* code, const std::string& message) {
    if (error == nullptr) return;
    error->result = result;
    std::strncpy(error->code, code, sizeof error->code - 1);
    std::strncpy(error->message, message.c_str(), sizeof error->message - 1);
}

std::string copy(const char* data, std::size_t size) {
    return data == nullptr ? std::string{} : std::string{data, size};
}
}  // namespace

ppo_time Clock::now() const {
    const ppo_time standing = virtual_now_.load();
    if (standing != PPO_TIME_NONE) return standing;
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

void Clock::advance(std::int64_t milliseconds) {
    if (virtual_now_.load() != PPO_TIME_NONE) virtual_now_ += milliseconds;
}

void with_abi_patient(const Patient& patient, const std::function<void(const ppo_patient&)>& use) {
    std::vector<ppo_text> tags;
    for (const auto& tag : patient.tags) tags.push_back(borrow(tag));
    ppo_patient out{};
    out.struct_size = sizeof out;
    out.chart_status = patient.chart_status;
    if (patient.access_granted) out.flags |= PPO_PATIENT_ACCESS_GRANTED;
    if (patient.opted_out) out.flags |= PPO_PATIENT_OPTED_OUT;
    out.id = borrow(patient.id);
    out.first_name = borrow(patient.first);
    out.last_name = borrow(patient.last);
    // The contract knows days only: what is less is not on file, and asks and matches nothing.
    if (has_day(patient.birth_date)) out.birth_date = borrow(patient.birth_date);
    out.email = borrow(patient.email);
    out.postal_code = borrow(patient.postal_code);
    out.language = borrow(patient.language);
    out.provider = borrow(patient.provider);
    out.tags = tags.empty() ? nullptr : tags.data();
    out.tag_count = tags.size();
    out.next_appointment = patient.next_appointment;
    out.last_appointment = patient.last_appointment;
    use(out);
}

/// The host's side of the contract. Nothing may be thrown into the plugin, so each function answers
/// what fails.
struct HostCalls {
    static HostServices& self(void* context) { return *static_cast<HostServices*>(context); }

    static void PPO_CALL log(void* context, int32_t level, const char* text, size_t size) {
        try {
            if (self(context).log_) self(context).log_(level, one_line(copy(text, size)));
        } catch (...) {
            // A line that cannot be written is lost; there is nobody to tell.
        }
    }

    static ppo_time PPO_CALL now(void* context) { return self(context).clock_.now(); }

    static const void* PPO_CALL query(void* context, const char* id, size_t size) {
        const HostServices& host = self(context);
        const std::string_view wanted{id, size};
        if (wanted == PPO_HOST_DIRECTORY_1 && host.has_directory_) return &host.directory_table_;
        if (wanted == PPO_HOST_MAIL_1) return &host.mail_table_;
        if (wanted == PPO_HOST_UI_1) return &host.ui_table_;
        if (wanted == PPO_HOST_SESSIONS_1) return &host.sessions_table_;
        if (wanted == PPO_HOST_AUDIT_1 && host.keep_) return &host.audit_table_;
        return nullptr;
    }

    static ppo_result PPO_CALL get_patient(void* context, const char* id, size_t size,
                                           const ppo_patient_sink* sink, ppo_error* error) {
        try {
            const auto patient = self(context).directory_.find(copy(id, size));
            // Without any chart, nobody can tell whose are gone and whose are in another folder.
            if (!patient && self(context).directory_.size() == 0) return PPO_FAULT_HOST;
            if (!patient) {
                explain(error, PPO_REFUSED_UNKNOWN_PATIENT, "refused_unknown_patient",
                        "There is no chart with this number.");
                return PPO_REFUSED_UNKNOWN_PATIENT;
            }
            ppo_result taken = 0;
            with_abi_patient(
                *patient, [&](const ppo_patient& out) { taken = sink->put(sink->context, &out); });
            return taken > 0 ? PPO_OK : taken;
        } catch (...) {
            return PPO_FAULT_HOST;
        }
    }

    static ppo_result PPO_CALL each_patient(void* context, const ppo_patient_sink* sink,
                                            ppo_error*) {
        try {
            bool stopped = false;
            const auto& broken_off = self(context).directory_ends_;
            self(context).directory_.each([&](const Patient& patient) {
                with_abi_patient(patient, [&](const ppo_patient& out) {
                    stopped = sink->put(sink->context, &out) == PPO_STOPPED;
                });
                return !stopped && !broken_off;
            });
            if (broken_off) return PPO_FAULT_HOST;
            return stopped ? PPO_STOPPED : PPO_OK;
        } catch (...) {
            return PPO_FAULT_HOST;
        }
    }

    static ppo_result PPO_CALL send_mail(void* context, const ppo_mail* mail, ppo_error* error) {
        try {
            const Letter letter{ppo_sim::copy(mail->message_id), ppo_sim::copy(mail->sender),
                                ppo_sim::copy(mail->recipient), ppo_sim::copy(mail->message),
                                self(context).clock_.now()};
            std::string reason;
            const ppo_result taken = self(context).mailbox_.take(letter, reason);
            if (taken != PPO_OK) explain(error, taken, "refused_mail", reason);
            return taken;
        } catch (...) {
            return PPO_FAULT_HOST;
        }
    }

    static void PPO_CALL refresh(void* context, const char* patient_id, size_t size) {
        tell(self(context).refresh_, patient_id, size);
    }

    static void PPO_CALL end_sessions(void* context, const char* patient_id, size_t size) {
        tell(self(context).end_sessions_, patient_id, size);
    }

    static ppo_result PPO_CALL checkpoint(void* context, const ppo_checkpoint* given,
                                          ppo_error* error) {
        try {
            self(context).keep_({given->sequence, given->at, ppo_sim::copy(given->mac)});
            return PPO_OK;
        } catch (const std::exception& failure) {
            explain(error, PPO_FAULT_HOST, "fault_host", failure.what());
            return PPO_FAULT_HOST;
        }
    }

    static void tell(const HostServices::ForPatient& listener, const char* id, size_t size) {
        try {
            if (listener) listener(copy(id, size));
        } catch (...) {
            // The plugin is only told that we know; what failed on our side is not its business.
        }
    }
};

HostServices::HostServices(PatientDirectory& directory, Mailbox& mailbox, Clock& clock)
    : directory_{directory}, mailbox_{mailbox}, clock_{clock} {
    host_.struct_size = sizeof host_;
    host_.abi_major = PPO_ABI_MAJOR;
    host_.abi_minor = PPO_ABI_MINOR;
    host_.context = this;
    host_.log = &HostCalls::log;
    host_.now = &HostCalls::now;
    host_.query = &HostCalls::query;
    directory_table_ = {sizeof directory_table_, 0, &HostCalls::get_patient,
                        &HostCalls::each_patient};
    mail_table_ = {sizeof mail_table_, 0, &HostCalls::send_mail};
    ui_table_ = {sizeof ui_table_, 0, &HostCalls::refresh};
    audit_table_ = {sizeof audit_table_, 0, &HostCalls::checkpoint};
    sessions_table_ = {sizeof sessions_table_, 0, &HostCalls::end_sessions};
}
}  // namespace ppo_sim

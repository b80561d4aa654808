// SPDX-License-Identifier: Apache-2.0
#include "support/fake_host.hpp"

#include "boundary/convert.hpp"
#include "support/temp_store.hpp"

#include <algorithm>
#include <cstring>

namespace ppo {
namespace {
FakeHost& host_of(void* context) { return *static_cast<FakeHost*>(context); }

void run_meanwhile(FakeHost& host) {
    if (host.meanwhile) host.meanwhile();
}
}  // namespace

/// The functions behind the tables.
struct FakeHostCalls {
    static void PPO_CALL log(void* context, std::int32_t level, const char* text,
                             std::size_t size) {
        auto& host = host_of(context);
        const std::lock_guard lock{host.mutex_};
        host.log_lines_.emplace_back(level, std::string{text, size});
    }
    static ppo_time PPO_CALL now(void* context) { return host_of(context).time; }
    static const void* PPO_CALL query(void* context, const char* id, std::size_t size) {
        auto& host = host_of(context);
        const std::string wanted{id, size};
        {
            const std::lock_guard lock{host.mutex_};
            host.asked_for_.push_back(wanted);
        }
        const std::map<std::string, const void*> interfaces{
            {PPO_HOST_DIRECTORY_1, &host.directory}, {PPO_HOST_SECRETS_1, &host.secrets},
            {PPO_HOST_MAIL_1, &host.mail},           {PPO_HOST_UI_1, &host.ui},
            {PPO_HOST_SESSIONS_1, &host.sessions},   {PPO_HOST_AUDIT_1, &host.audit}};
        const bool absent = std::count(host.absent.begin(), host.absent.end(), wanted) > 0;
        const auto found = interfaces.find(wanted);
        return absent || found == interfaces.end() ? nullptr : found->second;
    }
    static ppo_result give(FakeHost& host, const Patient& patient, const ppo_patient_sink* sink) {
        std::vector<ppo_text> tags;
        auto given = as_given(patient, tags);
        if (host.spoils) host.spoils(given);
        const auto answer = sink->put(sink->context, &given);
        const std::lock_guard lock{host.mutex_};
        host.put_answers_.push_back(answer);
        return answer;
    }
    static ppo_result PPO_CALL get_patient(void* context, const char* id, std::size_t size,
                                           const ppo_patient_sink* sink, ppo_error*) {
        auto& host = host_of(context);
        run_meanwhile(host);
        if (host.directory_answers) return *host.directory_answers;
        if (host.gives_instead) {
            static_cast<void>(give(host, *host.gives_instead, sink));
            return PPO_OK;
        }
        const std::string wanted{id, size};
        for (const auto& patient : host.patients)
            if (patient.id == wanted) {
                static_cast<void>(give(host, patient, sink));
                return PPO_OK;
            }
        return PPO_REFUSED_UNKNOWN_PATIENT;
    }
    static ppo_result PPO_CALL each_patient(void* context, const ppo_patient_sink* sink,
                                            ppo_error*) {
        auto& host = host_of(context);
        run_meanwhile(host);
        for (const auto& patient : host.patients)
            if (give(host, patient, sink) == PPO_STOPPED) return PPO_STOPPED;
        return host.directory_answers.value_or(PPO_OK);
    }
    static ppo_result PPO_CALL each_key(void* context, const ppo_key_sink* sink, ppo_error*) {
        auto& host = host_of(context);
        if (host.secrets_answer) return *host.secrets_answer;
        for (const auto& [id, bytes] : host.root_keys)
            static_cast<void>(sink->put(sink->context, id.data(), id.size(),
                                        reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                        bytes.size()));
        return PPO_OK;
    }
    static ppo_result PPO_CALL send_mail(void* context, const ppo_mail* mail, ppo_error* error) {
        auto& host = host_of(context);
        run_meanwhile(host);
        const auto copy = [](ppo_text text) { return std::string{text.data, text.size}; };
        {
            const std::lock_guard lock{host.mutex_};
            host.mails_.push_back({copy(mail->message_id), copy(mail->sender),
                                   copy(mail->recipient), copy(mail->message)});
        }
        std::strncpy(error->message, host.mail_reason.c_str(), sizeof error->message - 1);
        return host.mail_answers;
    }
    static void PPO_CALL refresh(void* context, const char* patient_id, std::size_t size) {
        auto& host = host_of(context);
        run_meanwhile(host);
        const std::lock_guard lock{host.mutex_};
        host.refreshed_.emplace_back(patient_id, size);
    }
    static void PPO_CALL end_sessions(void* context, const char* patient_id, std::size_t size) {
        auto& host = host_of(context);
        run_meanwhile(host);
        const std::lock_guard lock{host.mutex_};
        host.ended_sessions_.emplace_back(patient_id, size);
    }
    static ppo_result PPO_CALL checkpoint(void* context, const ppo_checkpoint* told, ppo_error*) {
        auto& host = host_of(context);
        run_meanwhile(host);
        const std::lock_guard lock{host.mutex_};
        host.checkpoints_.push_back(
            {told->sequence, told->at, std::string{told->mac.data, told->mac.size}});
        return host.checkpoint_answers;
    }
};

FakeHost::FakeHost() : time{to_milliseconds(noon)} {
    using Calls = FakeHostCalls;
    table = {sizeof table, PPO_ABI_MAJOR, PPO_ABI_MINOR, 0,
             this,         Calls::log,    Calls::now,    Calls::query};
    directory = {sizeof directory, 0, Calls::get_patient, Calls::each_patient};
    secrets = {sizeof secrets, 0, Calls::each_key};
    mail = {sizeof mail, 0, Calls::send_mail};
    ui = {sizeof ui, 0, Calls::refresh};
    sessions = {sizeof sessions, 0, Calls::end_sessions};
    audit = {sizeof audit, 0, Calls::checkpoint};
}

std::vector<std::string> FakeHost::asked_for() const {
    const std::lock_guard lock{mutex_};
    return asked_for_;
}

std::vector<ppo_result> FakeHost::put_answers() const {
    const std::lock_guard lock{mutex_};
    return put_answers_;
}

std::vector<FakeHost::Mail> FakeHost::mails() const {
    const std::lock_guard lock{mutex_};
    return mails_;
}

std::vector<std::string> FakeHost::refreshed() const {
    const std::lock_guard lock{mutex_};
    return refreshed_;
}

std::vector<std::string> FakeHost::ended_sessions() const {
    const std::lock_guard lock{mutex_};
    return ended_sessions_;
}

std::vector<FakeHost::Checkpoint> FakeHost::checkpoints() const {
    const std::lock_guard lock{mutex_};
    return checkpoints_;
}

std::vector<std::pair<int, std::string>> FakeHost::log_lines() const {
    const std::lock_guard lock{mutex_};
    return log_lines_;
}

std::string FakeHost::whole_log() const {
    std::string whole;
    for (const auto& [level, text] : log_lines()) whole += text + "\n";
    return whole;
}

ppo_patient as_given(const Patient& patient, std::vector<ppo_text>& tags) {
    for (const auto& tag : patient.tags) tags.push_back(to_text(tag));
    ppo_patient given{};
    given.struct_size = sizeof given;
    given.chart_status = static_cast<std::uint32_t>(patient.chart_status);
    given.flags = (patient.access_granted ? std::uint32_t{PPO_PATIENT_ACCESS_GRANTED} : 0U) |
                  (patient.opted_out ? std::uint32_t{PPO_PATIENT_OPTED_OUT} : 0U);
    given.id = to_text(patient.id);
    given.first_name = to_text(patient.first_name);
    given.last_name = to_text(patient.last_name);
    given.birth_date = to_text(patient.birth_date);
    given.email = to_text(patient.email);
    given.postal_code = to_text(patient.postal_code);
    given.language = to_text(patient.language);
    given.provider = to_text(patient.provider);
    given.tags = tags.empty() ? nullptr : tags.data();
    given.tag_count = tags.size();
    given.next_appointment = to_time(patient.next_appointment);
    given.last_appointment = to_time(patient.last_appointment);
    return given;
}
}  // namespace ppo

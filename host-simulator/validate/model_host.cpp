// SPDX-License-Identifier: Apache-2.0
#include "validate/model_host.hpp"

#include "validate/library.hpp"

#include <array>

namespace ppo_validate {
ppo_patient to_abi(const Person& person) {
    auto patient = fresh<ppo_patient>();
    patient.chart_status = person.chart_status;
    patient.id = borrow(person.id);
    patient.first_name = borrow(person.first_name);
    patient.last_name = borrow(person.last_name);
    patient.birth_date = borrow(person.birth_date);
    patient.email = borrow(person.email);
    patient.postal_code = borrow(person.postal_code);
    patient.next_appointment = PPO_TIME_NONE;
    patient.last_appointment = PPO_TIME_NONE;
    return patient;
}

/// The functions behind the tables.
struct HostFunctions {
    static ModelHost& self(void* context) { return *static_cast<ModelHost*>(context); }

    static void PPO_CALL log(void* context, int32_t level, const char* text, size_t size) {
        ModelHost& host = self(context);
        const std::string line = copy({text, size});
        if (size > 512) host.complain("A log line has " + std::to_string(size) + " bytes of 512.");
        if (!is_good_text(line)) host.complain("A log line is not UTF-8: " + clean(line));
        if (level < PPO_LOG_DEBUG || level > PPO_LOG_HOST_MISUSE)
            host.complain("A log line has the level " + std::to_string(level) + ".");
        const std::lock_guard lock{host.mutex_};
        host.log_lines_.push_back(line);
    }

    static ppo_time PPO_CALL now(void* context) {
        return self(context).clock ? self(context).clock() : self(context).now.load();
    }

    static const void* PPO_CALL query(void* context, const char* id, size_t size) {
        ModelHost& host = self(context);
        const std::string wanted = copy({id, size});
        if (host.offered.count(wanted) == 0) return nullptr;
        if (wanted == PPO_HOST_DIRECTORY_1) return &host.directory;
        if (wanted == PPO_HOST_SECRETS_1) return &host.secrets;
        if (wanted == PPO_HOST_MAIL_1) return &host.mail;
        if (wanted == PPO_HOST_UI_1) return &host.ui;
        if (wanted == PPO_HOST_SESSIONS_1) return &host.sessions;
        if (wanted == PPO_HOST_AUDIT_1) return &host.audit;
        return nullptr;
    }

    /// Counts the call, and says what to answer in place of doing the work.
    static std::optional<ppo_result> spoilt(void* context, const std::optional<ppo_result>& with) {
        if (with) ++self(context).spoilt_calls;
        return with;
    }

    static ppo_result PPO_CALL get_patient(void* context, const char* id, size_t size,
                                           const ppo_patient_sink* sink, ppo_error*) {
        ModelHost& host = self(context);
        if (const auto answer = spoilt(context, host.get_patient_answers)) return *answer;
        const std::string wanted = copy({id, size});
        if (host.get_patient_does) return host.get_patient_does(wanted, *sink);
        for (const auto& person : host.people) {
            if (person.id != wanted) continue;
            const auto patient = to_abi(person);
            const ppo_result taken = sink->put(sink->context, &patient);
            return taken > 0 ? PPO_OK : taken;
        }
        return PPO_REFUSED_UNKNOWN_PATIENT;
    }

    static ppo_result PPO_CALL each_patient(void* context, const ppo_patient_sink* sink,
                                            ppo_error*) {
        ModelHost& host = self(context);
        if (const auto answer = spoilt(context, host.each_patient_answers)) return *answer;
        if (host.each_patient_does) return host.each_patient_does(*sink);
        for (const auto& person : host.people) {
            const auto patient = to_abi(person);
            if (sink->put(sink->context, &patient) == PPO_STOPPED) return PPO_STOPPED;
        }
        return PPO_OK;
    }

    static ppo_result PPO_CALL each_key(void* context, const ppo_key_sink* sink, ppo_error*) {
        if (const auto answer = spoilt(context, self(context).each_key_answers)) return *answer;
        std::array<std::uint8_t, 32> key{};
        for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(7 * i + 1);
        return sink->put(sink->context, "first", 5, key.data(), key.size());
    }

    static ppo_result PPO_CALL send_mail(void* context, const ppo_mail* mail, ppo_error*) {
        ModelHost& host = self(context);
        if (const auto answer = spoilt(context, host.send_mail_answers)) return *answer;
        if (mail == nullptr || mail->struct_size < sizeof(ppo_mail))
            return host.complain("send_mail got no mail, or one that is too short."), PPO_OK;
        for (const auto part : {mail->message_id, mail->sender, mail->recipient, mail->message})
            if (part.data == nullptr || part.size == 0 || !is_good_text(copy(part)))
                host.complain("A part of a mail is empty or not UTF-8: " + clean(part));
        const std::lock_guard lock{host.mutex_};
        host.mails_.push_back(copy(mail->message));
        return PPO_OK;
    }

    static void PPO_CALL told(void* context, const char* id, size_t size) {
        if (!is_good_text(copy({id, size})))
            self(context).complain("A patient id for the host is not UTF-8.");
    }

    static ppo_result PPO_CALL checkpoint(void* context, const ppo_checkpoint* given, ppo_error*) {
        ModelHost& host = self(context);
        if (const auto answer = spoilt(context, host.checkpoint_answers)) return *answer;
        if (given == nullptr || given->sequence == 0 || given->mac.size == 0)
            host.complain("A checkpoint has no number or no mac.");
        return PPO_OK;
    }
};

ModelHost::ModelHost() {
    table = fresh<ppo_host>();
    table.abi_major = PPO_ABI_MAJOR;
    table.abi_minor = PPO_ABI_MINOR;
    table.context = this;
    table.log = &HostFunctions::log;
    table.now = &HostFunctions::now;
    table.query = &HostFunctions::query;
    directory = fresh<ppo_host_directory_1>();
    directory.get_patient = &HostFunctions::get_patient;
    directory.each_patient = &HostFunctions::each_patient;
    secrets = fresh<ppo_host_secrets_1>();
    secrets.each_key = &HostFunctions::each_key;
    mail = fresh<ppo_host_mail_1>();
    mail.send_mail = &HostFunctions::send_mail;
    ui = fresh<ppo_host_ui_1>();
    ui.refresh = &HostFunctions::told;
    sessions = fresh<ppo_host_sessions_1>();
    sessions.end_sessions = &HostFunctions::told;
    audit = fresh<ppo_host_audit_1>();
    audit.checkpoint = &HostFunctions::checkpoint;
}

std::vector<std::string> ModelHost::log_lines() const {
    const std::lock_guard lock{mutex_};
    return log_lines_;
}

std::vector<std::string> ModelHost::mails() const {
    const std::lock_guard lock{mutex_};
    return mails_;
}

std::vector<std::string> ModelHost::complaints() const {
    const std::lock_guard lock{mutex_};
    return complaints_;
}

void ModelHost::complain(const std::string& sentence) {
    const std::lock_guard lock{mutex_};
    complaints_.push_back(sentence);
}
}  // namespace ppo_validate

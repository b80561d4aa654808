// SPDX-License-Identifier: Apache-2.0
#include "torture/host_side.hpp"

#include "torture/findings.hpp"
#include "torture/instance.hpp"

#include <cstring>
#include <set>

namespace ppo_torture {
namespace {
constexpr ppo_time year_2020 = 1577836800000;
constexpr ppo_time year_2100 = 4102444800000;

template <typename Table>
const Table* ask(const ppo_host& host, const char* id) {
    return static_cast<const Table*>(host.query(host.context, id, std::strlen(id)));
}

ppo_error empty_error() {
    ppo_error error{};
    error.struct_size = sizeof error;
    return error;
}

std::string copy(ppo_text text) {
    return text.data == nullptr ? std::string{} : std::string{text.data, text.size};
}

/// What takes charts, and sees how the host gives them.
struct ChartSink {
    const Instance& instance;
    const std::function<void(const Chart&)>& take;
    std::uint64_t stop_at = 0;
    std::uint64_t taken = 0;
    bool stopped = false;
    std::set<std::string> ids{};

    static ppo_result PPO_CALL put(void* context, const ppo_patient* patient) {
        return static_cast<ChartSink*>(context)->one(patient);
    }

    void complain(const char* code, const char* sentence) const {
        found(&instance, code, Slot::ppo_onboarding_1_sync_directory, sentence);
    }

    ppo_result one(const ppo_patient* patient) {
        if (stopped) {
            complain("put_after_stopped", "the host gave a patient after the sink had said stop");
            return PPO_STOPPED;
        }
        if (patient == nullptr || !PPO_HAS(ppo_patient, patient, last_appointment)) {
            complain("struct_size", "a patient has no struct_size, or one too small for 1.0");
            return PPO_MISUSE_STRUCT_SIZE;
        }
        Chart chart{copy(patient->id),        copy(patient->first_name),
                    copy(patient->last_name), copy(patient->email),
                    patient->chart_status,    (patient->flags & PPO_PATIENT_ACCESS_GRANTED) != 0};
        if (chart.id.empty() || chart.id.size() > 64) {
            complain("patient_id", "a patient has no id, or one of more than 64 bytes");
            return PPO_MISUSE_TEXT_EMPTY;
        }
        if (!ids.insert(chart.id).second)
            complain("patient_twice", "the host gave a patient twice in one reading");
        ++taken;
        take(chart);
        stopped = stop_at != 0 && taken == stop_at;
        return stopped ? PPO_STOPPED : PPO_OK;
    }
};
}  // namespace

void HostSide::meet(const ppo_host* host, const Instance& instance) {
    host_ = host;
    directory_ = ask<ppo_host_directory_1>(*host, PPO_HOST_DIRECTORY_1);
    mail_ = ask<ppo_host_mail_1>(*host, PPO_HOST_MAIL_1);
    ui_ = ask<ppo_host_ui_1>(*host, PPO_HOST_UI_1);
    sessions_ = ask<ppo_host_sessions_1>(*host, PPO_HOST_SESSIONS_1);
    audit_ = ask<ppo_host_audit_1>(*host, PPO_HOST_AUDIT_1);
    const bool short_table = (directory_ != nullptr &&
                              !PPO_HAS(ppo_host_directory_1, directory_, each_patient)) ||
                             (mail_ != nullptr && !PPO_HAS(ppo_host_mail_1, mail_, send_mail)) ||
                             (ui_ != nullptr && !PPO_HAS(ppo_host_ui_1, ui_, refresh)) ||
                             (sessions_ != nullptr &&
                              !PPO_HAS(ppo_host_sessions_1, sessions_, end_sessions)) ||
                             (audit_ != nullptr && !PPO_HAS(ppo_host_audit_1, audit_, checkpoint));
    if (!short_table) return;
    found(&instance, "struct_size", Slot::ppo_plugin_create,
          "a table of the host has no struct_size, or one too small for 1.0");
    directory_ = nullptr;
    mail_ = nullptr;
    ui_ = nullptr;
    sessions_ = nullptr;
    audit_ = nullptr;
}

void HostSide::log(std::int32_t level, const std::string& line) const {
    constexpr std::size_t most = 512;
    if (host_ != nullptr)
        host_->log(host_->context, level, line.data(), std::min(line.size(), most));
}

ppo_time HostSide::now(const Instance& instance) const {
    const ppo_time now = host_->now(host_->context);
    if (now < year_2020 || now > year_2100)
        found(&instance, "host_clock", Slot::ppo_plugin_work,
              "the host's clock answered a time before 2020 or after 2100");
    return now;
}

std::int64_t HostSide::each_chart(const Instance& instance, std::uint64_t stop_at,
                                  const std::function<void(const Chart&)>& take) const {
    if (directory_ == nullptr) return -1;
    ChartSink taking{instance, take, stop_at};
    const ppo_patient_sink sink{&taking, &ChartSink::put};
    ppo_error error = empty_error();
    const ppo_result result = directory_->each_patient(host_->context, &sink, &error);
    if (result == 0) taking.complain("host_answered_zero", "each_patient answered 0");
    if (taking.stopped && result != PPO_STOPPED)
        taking.complain("stop_not_told", "each_patient did not answer PPO_STOPPED when stopped");
    return result > 0 ? static_cast<std::int64_t>(taking.taken) : -1;
}

bool HostSide::find_chart(const Instance& instance, const std::string& id, Chart& out) const {
    if (directory_ == nullptr) return false;
    const std::function<void(const Chart&)> take = [&out](const Chart& chart) { out = chart; };
    ChartSink taking{instance, take};
    const ppo_patient_sink sink{&taking, &ChartSink::put};
    ppo_error error = empty_error();
    const ppo_result result = directory_->get_patient(host_->context, id.data(), id.size(), &sink,
                                                      &error);
    if (result == 0) taking.complain("host_answered_zero", "get_patient answered 0");
    if (result > 0 && taking.taken != 1)
        taking.complain("patient_not_put", "get_patient answered PPO_OK and put not one patient");
    if (taking.taken > 0 && out.id != id)
        taking.complain("wrong_patient", "get_patient put another patient than was asked for");
    return result > 0 && taking.taken > 0;
}

void HostSide::refresh(const std::string& patient_id) const {
    if (ui_ != nullptr) ui_->refresh(host_->context, patient_id.data(), patient_id.size());
}

void HostSide::end_sessions(const std::string& patient_id) const {
    if (sessions_ != nullptr)
        sessions_->end_sessions(host_->context, patient_id.data(), patient_id.size());
}

void HostSide::checkpoint(const Instance& instance, std::uint64_t sequence, ppo_time at,
                          const std::string& mac) const {
    if (audit_ == nullptr) return;
    const ppo_checkpoint told{sequence, at, {mac.data(), mac.size()}};
    ppo_error error = empty_error();
    if (audit_->checkpoint(host_->context, &told, &error) == 0)
        found(&instance, "host_answered_zero", Slot::ppo_audit_1_verify, "checkpoint answered 0");
}

ppo_result HostSide::send_mail(const Instance& instance, const std::string& message_id,
                               const std::string& recipient, const std::string& message) const {
    if (mail_ == nullptr) return PPO_REFUSED_MAIL_DEFERRED;
    ppo_mail mail{};
    mail.struct_size = sizeof mail;
    mail.message_id = {message_id.data(), message_id.size()};
    mail.sender = {"torture@practice.example", 24};
    mail.recipient = {recipient.data(), recipient.size()};
    mail.message = {message.data(), message.size()};
    ppo_error error = empty_error();
    const ppo_result result = mail_->send_mail(host_->context, &mail, &error);
    if (result == 0)
        found(&instance, "host_answered_zero", Slot::ppo_plugin_work, "send_mail answered 0");
    return result;
}

void HostSide::ask_for_nonsense() const {
    for (const std::string& id :
         {std::string{}, std::string{"ppo.host.directory/2"}, std::string{"ppo.host.directory/1 "},
          std::string(4096, 'x'), std::string{"ppo.host.directory/1\0", 21}})
        static_cast<void>(host_->query(host_->context, id.data(), id.size()));
}
}  // namespace ppo_torture

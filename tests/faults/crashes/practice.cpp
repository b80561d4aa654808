// SPDX-License-Identifier: Apache-2.0
#include "practice.hpp"

#include <dlfcn.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace ppo_faults {
namespace {
/// 2026-11-20T12:00:00Z.
constexpr const char* noon = "1795176000000";

void log(void*, std::int32_t level, const char* text, std::size_t size) {
    if (level >= PPO_LOG_WARNING)
        std::fprintf(stderr, "plugin: %.*s\n", static_cast<int>(size), text);
}

std::vector<Chart> read_charts(const std::string& path) {
    std::ifstream file{path};
    if (!file) throw std::runtime_error{"there is no file of patients"};
    std::vector<Chart> charts;
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields{line};
        Chart chart;
        for (auto* field :
             {&chart.id, &chart.first_name, &chart.last_name, &chart.language, &chart.email})
            std::getline(fields, *field, '\t');
        charts.push_back(chart);
    }
    return charts;
}

ppo_result put(const Chart& chart, const ppo_patient_sink& sink) {
    ppo_patient patient{};
    patient.struct_size = sizeof patient;
    patient.chart_status = PPO_CHART_ACTIVE;
    patient.flags = PPO_PATIENT_ACCESS_GRANTED;
    patient.id = text(chart.id);
    patient.first_name = text(chart.first_name);
    patient.last_name = text(chart.last_name);
    patient.birth_date = {birth_date, std::strlen(birth_date)};
    patient.email = text(chart.email);
    patient.postal_code = {postal_code, std::strlen(postal_code)};
    patient.language = text(chart.language);
    patient.next_appointment = PPO_TIME_NONE;
    patient.last_appointment = PPO_TIME_NONE;
    return sink.put(sink.context, &patient);
}
}  // namespace

ppo_text text(const std::string& value) { return {value.data(), value.size()}; }

std::string copy_of(ppo_text value) {
    return value.data == nullptr ? std::string{} : std::string{value.data, value.size};
}

ppo_error fresh_error() {
    ppo_error error{};
    error.struct_size = sizeof error;
    return error;
}

void must(ppo_result result, const ppo_error& error, const char* what) {
    if (result != PPO_OK)
        throw std::runtime_error{std::string{what} + ": " + error.code + ": " + error.message};
}

Arguments::Arguments(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        const auto sign = argument.find('=');
        if (commands_.empty() && sign != std::string::npos)
            values_[argument.substr(0, sign)] = argument.substr(sign + 1);
        else
            commands_.push_back(argument);
    }
}

const std::string& Arguments::text(const std::string& name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) throw std::runtime_error{"missing: " + name + "=..."};
    return found->second;
}

std::string Arguments::text_or(const std::string& name, const std::string& other) const {
    const auto found = values_.find(name);
    return found == values_.end() ? other : found->second;
}

std::uint32_t Arguments::number_or(const std::string& name, std::uint32_t other) const {
    const auto found = values_.find(name);
    return found == values_.end() ? other : static_cast<std::uint32_t>(std::stoul(found->second));
}

ppo_time Practice::now(void* context) {
    const auto& self = *static_cast<Practice*>(context);
    const auto on_the_wall = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    return self.clock_runs_ ? self.time_ + self.speed_ * (on_the_wall.count() - self.since_)
                            : self.time_;
}

ppo_result Practice::each_patient(void* context, const ppo_patient_sink* sink, ppo_error*) {
    for (const auto& chart : static_cast<Practice*>(context)->charts_)
        if (const auto result = put(chart, *sink); result != PPO_OK) return result;
    return PPO_OK;
}

ppo_result Practice::get_patient(void* context, const char* id, std::size_t size,
                                 const ppo_patient_sink* sink, ppo_error*) {
    const auto& self = *static_cast<Practice*>(context);
    const auto place = self.places_.find(std::string{id, size});
    if (place == self.places_.end()) return PPO_REFUSED_UNKNOWN_PATIENT;
    return put(self.charts_[place->second], *sink);
}

const void* Practice::host_query(void* context, const char* id, std::size_t size) {
    const bool asks_directory = std::string_view{id, size} == PPO_HOST_DIRECTORY_1;
    return asks_directory ? &static_cast<Practice*>(context)->directory_ : nullptr;
}

Practice::Practice(const Arguments& arguments)
    : charts_{read_charts(arguments.text("patients"))},
      begin_{std::stoll(arguments.text_or("now", noon))},
      time_{begin_},
      since_{std::stoll(arguments.text_or("since", "0"))},
      speed_{arguments.number_or("speed", 1)} {
    for (std::size_t i = 0; i < charts_.size(); ++i) places_[charts_[i].id] = i;
    load(arguments.text("plugin"));
    create(arguments);
}

void Practice::load(const std::string& plugin_path) {
    library_ = ::dlopen(plugin_path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library_ == nullptr) throw std::runtime_error{::dlerror()};
    const auto entry = reinterpret_cast<ppo_plugin_entry_function>(
        ::dlsym(library_, "ppo_plugin_entry"));
    plugin_ = entry(PPO_ABI_MAJOR);
}

void Practice::create(const Arguments& arguments) {
    directory_ = {sizeof directory_, 0, get_patient, each_patient};
    host_ = {sizeof host_, PPO_ABI_MAJOR, PPO_ABI_MINOR, 0, this, log, now, host_query};
    caller_ = {
        sizeof caller_,
        PPO_MAY_ONBOARD | PPO_MAY_SET_PASSWORD | PPO_MAY_READ_AUDIT | PPO_MAY_CHANGE_SETTINGS,
        {"nurse-1", 7},
        {},
        {}};
    visitor_ = {sizeof visitor_, 0, {"203.0.113.7", 11}, {}, {}};
    const std::string transport = arguments.text("transport");
    const std::string state_folder = arguments.text_or("state", "");
    const std::string user = arguments.text_or("user", "");
    const std::string password = arguments.text_or("password", "");
    const std::string authorities = arguments.text_or("authorities", "");
    ppo_settings settings{};
    settings.struct_size = sizeof settings;
    settings.flags = PPO_SETTING_NO_FIRST_SYNC;
    if (arguments.number_or("reminders", 0) == 0) settings.flags |= PPO_SETTING_NO_REMINDERS;
    settings.password_memory_kib = 19456;
    settings.password_passes = 2;
    settings.store = text(arguments.text("store"));
    settings.state_folder = text(state_folder);
    settings.practice_name = {"Elm Practice", 12};
    settings.practice_phone = {"(555) 010-0199", 14};
    settings.portal_url = {"https://portal.practice.example/link", 36};
    settings.mail_transport = text(transport);
    settings.mail_user = text(user);
    settings.mail_password = text(password);
    settings.mail_authorities = text(authorities);
    settings.mail_sender = {"portal@practice.example", 23};
    settings.mail_reply_to = {"desk@practice.example", 21};
    settings.mail_connections = arguments.number_or("connections", 1);
    settings.mails_per_minute = arguments.number_or("mails_per_minute", 60'000);
    settings.restore_generation = arguments.number_or("restore_generation", 0);
    settings.mails_per_day = arguments.number_or("mails_per_day", 10'000'000);
    auto error = fresh_error();
    must(plugin_->create(&host_, &settings, &instance_, &error), error, "create");
}

const void* Practice::query(const char* id) const { return plugin_->query({id, std::strlen(id)}); }

bool Practice::work_a_little() {
    auto error = fresh_error();
    const auto result = plugin_->work(instance_, 200, &error);
    if (result != PPO_MORE) must(result, error, "work");
    return result == PPO_MORE;
}

void Practice::work() {
    while (work_a_little()) continue;
}

Practice::~Practice() {
    if (instance_ != nullptr) plugin_->destroy(instance_);
    ::dlclose(library_);
}
}  // namespace ppo_faults

// SPDX-License-Identifier: Apache-2.0
#include "host.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace ppo_bench {
namespace {
constexpr const char* surnames[] = {"Weber",   "Garcia", "O'Brien", "Nguyen", "Müller", "Smith",
                                    "Johnson", "Okafor", "Silva",   "Novak",  "Haddad", "Kim"};
constexpr const char* first_names[] = {"Anna", "José", "Maeve", "Minh", "Jürgen",
                                       "Mary", "Omar", "Ada",   "Rui",  "Eva"};

void log_nothing(void*, std::int32_t, const char*, std::size_t) {}

ppo_time now(void*) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

ppo_result put(std::uint64_t number, const ppo_patient_sink& sink) {
    const auto id = patient_id(number);
    const std::string first = first_names[number % std::size(first_names)];
    const std::string last = surnames[number / 7 % std::size(surnames)] +
                             std::to_string(number % 997);
    const std::string email = "person" + std::to_string(number) + "@example.test";
    ppo_patient patient{};
    patient.struct_size = sizeof patient;
    patient.chart_status = PPO_CHART_ACTIVE;
    patient.id = text(id);
    patient.first_name = text(first);
    patient.last_name = text(last);
    patient.birth_date = {"1980-02-28", 10};
    patient.email = text(email);
    patient.postal_code = {"02139", 5};
    patient.next_appointment = PPO_TIME_NONE;
    patient.last_appointment = PPO_TIME_NONE;
    return sink.put(sink.context, &patient);
}

void must(ppo_result result, const ppo_error& error, const char* what) {
    if (result != PPO_OK)
        throw std::runtime_error{std::string{what} + ": " + error.code + ": " + error.message};
}
}  // namespace

ppo_text text(const std::string& value) { return {value.data(), value.size()}; }

std::string patient_id(std::uint64_t number) {
    char id[24];
    std::snprintf(id, sizeof id, "P%08llu", static_cast<unsigned long long>(number));
    return id;
}

long resident_kib() {
    std::ifstream file{"/proc/self/statm"};
    long size = 0;
    long resident = 0;
    file >> size >> resident;
    return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

double milliseconds_now() {
    using namespace std::chrono;
    return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}

ppo_result BenchHost::each_patient(void* context, const ppo_patient_sink* sink, ppo_error*) {
    const auto& host = *static_cast<const BenchHost*>(context);
    for (std::uint64_t i = 0; i < host.patients_; ++i)
        if (const auto result = put(i, *sink); result != PPO_OK) return result;
    return PPO_OK;
}

ppo_result BenchHost::get_patient(void*, const char* id, std::size_t size,
                                  const ppo_patient_sink* sink, ppo_error*) {
    return put(std::strtoull(std::string{id + 1, size - 1}.c_str(), nullptr, 10), *sink);
}

const void* BenchHost::host_query(void* context, const char* id, std::size_t size) {
    const bool asks_directory = std::string_view{id, size} == PPO_HOST_DIRECTORY_1;
    return asks_directory ? &static_cast<const BenchHost*>(context)->directory_ : nullptr;
}

BenchHost::BenchHost(const std::string& plugin_path, const std::string& folder,
                     std::uint64_t patients)
    : patients_{patients} {
    resident_before_kib_ = resident_kib();
    const double start = milliseconds_now();
    library_ = ::dlopen(plugin_path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library_ == nullptr) throw std::runtime_error{::dlerror()};
    const auto entry = reinterpret_cast<ppo_plugin_entry_function>(
        ::dlsym(library_, "ppo_plugin_entry"));
    plugin_ = entry(PPO_ABI_MAJOR);
    load_milliseconds_ = milliseconds_now() - start;

    directory_ = {sizeof directory_, 0, get_patient, each_patient};
    host_ = {sizeof host_, PPO_ABI_MAJOR, PPO_ABI_MINOR, 0, this, log_nothing, now, host_query};
    caller_ = {sizeof caller_, PPO_MAY_ONBOARD, {"bench", 5}, {}, {}};
    const std::string store = folder + "/bench.sqlite";
    const std::string transport = "folder:" + folder + "/mail";
    ppo_settings settings{};
    settings.struct_size = sizeof settings;
    settings.flags = PPO_SETTING_NO_FIRST_SYNC;
    settings.password_memory_kib = 19456;
    settings.password_passes = 2;
    settings.cool_down_seconds = 1;
    settings.store = text(store);
    settings.practice_name = {"Bench", 5};
    settings.practice_phone = {"555-0100", 8};
    settings.portal_url = {"https://portal.example/r", 24};
    settings.mail_transport = text(transport);
    settings.mail_sender = {"portal@practice.example", 23};
    ppo_error error{};
    error.struct_size = sizeof error;
    const double before = milliseconds_now();
    must(plugin_->create(&host_, &settings, &instance_, &error), error, "create");
    create_milliseconds_ = milliseconds_now() - before;
}

const void* BenchHost::query(const char* id) const { return plugin_->query({id, std::strlen(id)}); }

void BenchHost::end_instance() {
    plugin_->destroy(instance_);
    instance_ = nullptr;
}

BenchHost::~BenchHost() {
    if (instance_ != nullptr) plugin_->destroy(instance_);
    ::dlclose(library_);
}
}  // namespace ppo_bench

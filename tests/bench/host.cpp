// SPDX-License-Identifier: Apache-2.0
#include "host.hpp"

#include <dlfcn.h>

#include <chrono>
#include <stdexcept>
#include <vector>

namespace ppo_bench {
namespace {
void log_nothing(void*, std::int32_t, const char*, std::size_t) {}

ppo_result each_key(void*, const ppo_key_sink* sink, ppo_error*) {
    const auto key = BenchHost::key();
    return sink->put(sink->context, BenchHost::key_id, std::strlen(BenchHost::key_id), key.data(),
                     key.size());
}

void must_say(ppo_result result, const ppo_error& error, const char* what) {
    if (result != PPO_OK)
        throw std::runtime_error{std::string{what} + ": " + error.code + ": " + error.message};
}
}  // namespace

void must(ppo_result result, const char* what) {
    if (result != PPO_OK)
        throw std::runtime_error{std::string{what} + " answered " + std::to_string(result)};
}

std::array<std::uint8_t, 32> BenchHost::key() {
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(7);
    return bytes;
}

ppo_result BenchHost::put(std::uint64_t place, const ppo_patient_sink& sink) const {
    constexpr ppo_time a_day = 86'400'000;
    const auto patient = people_.at(place);
    std::vector<ppo_text> tags;
    for (const auto& tag : patient.tags) tags.push_back(text(tag));
    ppo_patient out{};
    out.struct_size = sizeof out;
    out.chart_status = patient.chart_status;
    out.flags = (patient.access_granted ? static_cast<std::uint32_t>(PPO_PATIENT_ACCESS_GRANTED)
                                        : 0U) |
                (patient.opted_out ? static_cast<std::uint32_t>(PPO_PATIENT_OPTED_OUT) : 0U);
    out.id = text(patient.id);
    out.first_name = text(patient.first);
    out.last_name = text(patient.last);
    out.birth_date = text(patient.birth_date);
    out.email = text(patient.email);
    out.postal_code = text(patient.postal_code);
    out.language = text(patient.language);
    out.provider = text(patient.provider);
    out.tags = tags.data();
    out.tag_count = tags.size();
    out.next_appointment = patient.next_appointment;
    out.last_appointment = patient.last_appointment;
    if (moved_days_ > 0 && place % 100 == 0)
        out.next_appointment = bench_noon +
                               (static_cast<ppo_time>(place % 300) + moved_days_) * a_day;
    return sink.put(sink.context, &out);
}

ppo_result BenchHost::each_patient(void* context, const ppo_patient_sink* sink, ppo_error*) {
    const auto& host = *static_cast<const BenchHost*>(context);
    for (std::uint64_t i = 0; i < host.people_.count(); ++i)
        if (const auto result = host.put(i, *sink); result != PPO_OK) return result;
    return PPO_OK;
}

ppo_result BenchHost::get_patient(void* context, const char* id, std::size_t size,
                                  const ppo_patient_sink* sink, ppo_error*) {
    const auto& host = *static_cast<const BenchHost*>(context);
    const auto place = ppo_sim::People::place_of({id, size});
    if (place >= host.people_.count()) return PPO_REFUSED_UNKNOWN_PATIENT;
    return host.put(place, *sink);
}

const void* BenchHost::host_query(void* context, const char* id, std::size_t size) {
    const auto& host = *static_cast<const BenchHost*>(context);
    const std::string_view wanted{id, size};
    if (wanted == PPO_HOST_DIRECTORY_1) return &host.directory_;
    return wanted == PPO_HOST_SECRETS_1 ? &host.secrets_ : nullptr;
}

ppo_time BenchHost::now(void* context) {
    using namespace std::chrono;
    const auto since = static_cast<const BenchHost*>(context)->since_;
    if (since == 0) return bench_noon;
    const auto wall = duration_cast<milliseconds>(system_clock::now().time_since_epoch());
    return bench_noon + wall.count() - since;
}

BenchHost::BenchHost(const std::string& plugin_path, const std::string& folder,
                     const ppo_sim::People& people, const Wishes& wishes)
    : people_{people},
      folder_{folder},
      store_{wishes.store.empty() ? folder + "/bench.sqlite" : wishes.store},
      transport_{wishes.transport.empty() ? "folder:" + folder + "/mail" : wishes.transport},
      since_{wishes.since} {
    library_ = ::dlopen(plugin_path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library_ == nullptr) throw std::runtime_error{::dlerror()};
    const auto entry = reinterpret_cast<ppo_plugin_entry_function>(
        ::dlsym(library_, "ppo_plugin_entry"));
    plugin_ = entry(PPO_ABI_MAJOR);
    directory_ = {sizeof directory_, 0, get_patient, each_patient};
    secrets_ = {sizeof secrets_, 0, each_key};
    host_ = {sizeof host_, PPO_ABI_MAJOR, PPO_ABI_MINOR, 0, this, log_nothing, now, host_query};
    caller_ = {sizeof caller_, PPO_MAY_ONBOARD, {"bench", 5}, {}, {}};
    start_instance();
}

void BenchHost::start_instance() {
    ppo_settings settings{};
    settings.struct_size = sizeof settings;
    settings.flags = PPO_SETTING_NO_FIRST_SYNC;
    settings.password_memory_kib = 19456;
    settings.password_passes = 2;
    settings.store = text(store_);
    settings.practice_name = {"Bench", 5};
    settings.practice_phone = {"555-0100", 8};
    settings.portal_url = {"https://portal.example/r", 24};
    settings.mail_transport = text(transport_);
    settings.mail_sender = {"portal@practice.example", 23};
    settings.state_folder = text(folder_);
    settings.mails_per_minute = 60'000;
    settings.mails_per_day = 10'000'000;
    settings.hold_back_seconds = 1;
    ppo_error error{};
    error.struct_size = sizeof error;
    must_say(plugin_->create(&host_, &settings, &instance_, &error), error, "create");
}

void BenchHost::work() const {
    while (work_a_second()) continue;
}

bool BenchHost::work_a_second() const {
    ppo_error error{};
    error.struct_size = sizeof error;
    const auto result = plugin_->work(instance_, 1000, &error);
    if (result != PPO_MORE) must_say(result, error, "work");
    return result == PPO_MORE;
}

void BenchHost::end_instance() {
    plugin_->destroy(instance_);
    instance_ = nullptr;
}

BenchHost::~BenchHost() {
    if (instance_ != nullptr) plugin_->destroy(instance_);
    ::dlclose(library_);
}
}  // namespace ppo_bench

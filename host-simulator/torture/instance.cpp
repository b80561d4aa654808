// SPDX-License-Identifier: Apache-2.0
#include "torture/instance.hpp"

#include "torture/findings.hpp"
#include "torture/words.hpp"

#include <algorithm>
#include <chrono>

namespace ppo_torture {
namespace {
constexpr std::size_t invented_people = 24;
constexpr std::array<const char*, 6> first_names{"Ada", "Bao", "Chidi", "Dora", "Ezra", "Fatma"};
constexpr std::array<const char*, 6> last_names{"Novak",   "O'Brien", "Nunez-Gomez",
                                                "Mueller", "Szabo",   "van den Berg"};

std::int64_t steady_ms() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}
}  // namespace

std::uint32_t Person::status() const {
    if (!enabled || !open_chart) return PPO_STATUS_NOT_ENABLED;
    if (signed_in) return PPO_STATUS_SIGNED_IN;
    return invited ? PPO_STATUS_INVITED : PPO_STATUS_NOT_INVITED;
}

void Practice::invent(std::uint64_t seed) {
    Dice dice{seed};
    for (std::size_t i = 1; i <= invented_people; ++i) {
        Person person;
        person.id = "T-" + std::to_string(1000 + i);
        person.first = first_names.at(dice.below(first_names.size()));
        person.last = last_names.at(dice.below(last_names.size()));
        person.email = "t" + std::to_string(i) + "@patients.example";
        person.enabled = dice.below(2) == 0;
        person.invited = dice.below(2) == 0;
        person.signed_in = person.invited && dice.below(2) == 0;
        people.emplace(person.id, person);
    }
    Person& known = people.begin()->second;
    known.enabled = true;
    known.username = "torture";
    known.password = "torture-torture";
}

void Practice::take(const Chart& chart) {
    Person& person = people[chart.id];
    if (person.id.empty()) person.enabled = chart.access_granted;
    person.id = chart.id;
    person.first = chart.first;
    person.last = chart.last;
    person.email = chart.email;
    person.open_chart = chart.status == PPO_CHART_ACTIVE || chart.status == PPO_CHART_PROSPECTIVE;
}

std::shared_ptr<Practice> Practice::of_store(const std::string& store, std::uint64_t seed) {
    static std::mutex lock;
    static std::map<std::string, std::shared_ptr<Practice>> practices;
    const std::lock_guard guard{lock};
    auto& practice = practices[store];
    if (!practice) {
        practice = std::make_shared<Practice>();
        practice->invent(seed);
    }
    return practice;
}

void Practice::note(ppo_time at, std::uint32_t actor, const std::string& action,
                    const std::string& patient_id) {
    constexpr std::size_t most = 10000;
    if (record.size() < most) record.push_back({at, actor, action, patient_id});
}

void Instance::end_calls() {
    if (shut_down) return;
    ended_calls_at_ms_ = steady_ms();
    ended_calls_on_ = std::this_thread::get_id();
    shut_down = true;
}

bool Instance::may_be_on_its_way() const {
    constexpr std::int64_t moment_ms = 1000;
    return ended_calls_on_.load() != std::this_thread::get_id() &&
           steady_ms() - ended_calls_at_ms_ < moment_ms;
}

void Instance::start_thread() {
    const std::lock_guard guard{thread_lock_};
    thread_ = std::make_unique<OwnThread>(*this);
}

void Instance::stop_thread() {
    const std::lock_guard guard{thread_lock_};
    thread_.reset();
}

Handles& Handles::all() {
    static Handles handles;
    return handles;
}

Handles::~Handles() {
    for (const auto& [pointer, instance] : instances_) {
        if (!instance->ended)
            found(nullptr, "never_destroyed", Slot::ppo_plugin_destroy,
                  "an instance was alive when the library came to its end");
    }
    if (!instances_.empty()) write_summary();
}

ppo_instance* Handles::add(std::shared_ptr<Instance> instance) {
    auto* const handle = reinterpret_cast<ppo_instance*>(instance.get());
    const std::lock_guard guard{lock_};
    instances_.emplace(handle, std::move(instance));
    return handle;
}

ppo_view* Handles::add(std::shared_ptr<View> view) {
    auto* const handle = reinterpret_cast<ppo_view*>(view.get());
    const std::lock_guard guard{lock_};
    views_.emplace(handle, std::move(view));
    return handle;
}

std::shared_ptr<Instance> Handles::find(const ppo_instance* handle) const {
    const std::lock_guard guard{lock_};
    const auto found = instances_.find(handle);
    return found == instances_.end() ? nullptr : found->second;
}

std::shared_ptr<View> Handles::find(const ppo_view* handle) const {
    const std::lock_guard guard{lock_};
    const auto found = views_.find(handle);
    return found == views_.end() ? nullptr : found->second;
}

std::size_t Handles::open_views(const Instance& instance) const {
    const std::lock_guard guard{lock_};
    return static_cast<std::size_t>(
        std::count_if(views_.begin(), views_.end(), [&](const auto& each) {
            return each.second->instance.get() == &instance && !each.second->ended;
        }));
}

void Handles::end_views(const Instance& instance) {
    const std::lock_guard guard{lock_};
    for (auto& [pointer, view] : views_)
        if (view->instance.get() == &instance) view->ended = true;
}
}  // namespace ppo_torture

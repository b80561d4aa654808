// SPDX-License-Identifier: Apache-2.0
#include "validate/abuse.hpp"
#include "validate/view_model.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <random>
#include <thread>

namespace ppo_validate {
namespace {
constexpr unsigned threads = 8;
constexpr int rounds = 2;

/// What the threads find, told once they have joined: Findings are one thread's.
class Shared {
public:
    void tell(const std::string& sentence) {
        const std::lock_guard lock{mutex_};
        if (sentences_.size() < 20) sentences_.push_back(sentence);
    }
    void report(Findings& findings) const {
        for (const auto& sentence : sentences_) findings.fail(sentence);
    }
    std::atomic<std::uint64_t> calls{0};

private:
    std::mutex mutex_{};
    std::vector<std::string> sentences_{};
};

template <class Work>
void side_by_side(Work work) {
    std::vector<std::thread> running;
    for (unsigned number = 0; number < threads; ++number) running.emplace_back(work, number);
    for (auto& one : running) one.join();
}

bool is_alone(const Slot& slot) {
    const auto kind = slot.arguments.front().kind;
    return slot.ends_something || !slot.may_run_beside_others || kind == Kind::View;
}

void hammer(Practice& practice, unsigned number, Shared& shared) {
    Stage stage{practice};
    auto slots = all_slots();
    std::mt19937_64 random{practice.target.seed + number};
    for (int round = 0; round < rounds; ++round) {
        std::shuffle(slots.begin(), slots.end(), random);
        for (const auto& slot : slots) {
            const void* table = slot.table_of(practice.library);
            if (table == nullptr || !slot.is_there(table) || is_alone(slot)) continue;
            const auto result = slot.call(table, stage.good_call(slot));
            ++shared.calls;
            if (!is_defined(result) || result == PPO_FAULT_INTERNAL || is_misuse(result))
                if (result != PPO_MISUSE_STATE && result != PPO_MISUSE_UNKNOWN_ID)
                    shared.tell(slot.name + " answered " + name_of(result) +
                                " beside calls of other threads.");
            if (stage.error != nullptr) {
                const std::string flaw = flaw_in_error(result, *stage.error);
                if (!flaw.empty()) shared.tell(slot.name + ": " + flaw + ".");
            }
            for (const auto& problem : stage.probe.problems)
                shared.tell(slot.name + ": " + problem + ".");
            stage.clear(false);
        }
    }
}

void check_free_slots(const Target& target, Findings& findings) {
    Practice practice{target, findings};
    practice.prepare();
    Shared shared;
    findings.at("every [free] slot from 8 threads beside each other");
    side_by_side([&](unsigned number) { hammer(practice, number, shared); });
    shared.report(findings);
    practice.report_complaints();
    findings.figure("calls", std::to_string(shared.calls));
}

void use_view(Practice& practice, const Contribution& where, unsigned number, Shared& shared) {
    for (int time = 0; time < 3; ++time) {
        const std::string patient = "P00" + std::to_string(number + 1);
        ppo_view* view = open_view(practice, where, patient);
        for (int round = 0; round < 4; ++round) {
            const auto model = render(practice, view);
            if (!model.flaw.empty()) shared.tell(where.view_id + ": " + model.flaw);
            for (std::size_t i = 0; i < std::min<std::size_t>(4, model.fields.size()); ++i) {
                const std::string value = "v" + std::to_string(round);
                const auto result = practice.ui->edit(view, borrow(model.fields[i]), borrow(value),
                                                      nullptr);
                if (!is_defined(result) || is_fault(result))
                    shared.tell("edit of " + where.view_id + " answered " + name_of(result) +
                                " beside other views.");
                ++shared.calls;
            }
            ++shared.calls;
        }
        practice.ui->close(view);
    }
}

void check_views(const Target& target, Findings& findings) {
    Practice practice{target, findings};
    practice.prepare();
    const auto all = contributions(practice);
    Shared shared;
    findings.at("views of 8 threads beside each other");
    side_by_side([&](unsigned number) {
        try {
            for (const auto& where : all) use_view(practice, where, number, shared);
        } catch (const std::exception& failure) {
            shared.tell(failure.what());
        }
    });
    shared.report(findings);
    findings.figure("calls", std::to_string(shared.calls));
}

void check_instances(const Target& target, Findings& findings) {
    const Library library{target.plugin};
    Shared shared;
    findings.at("create and destroy in 8 threads beside each other");
    side_by_side([&](unsigned number) {
        const auto folder = target.folder / std::to_string(number);
        std::filesystem::create_directory(folder);
        ModelHost host;
        host.people = people(3);
        const GoodSettings settings{folder};
        for (int time = 0; time < 3; ++time) {
            ppo_instance* self = nullptr;
            auto error = fresh<ppo_error>();
            const auto made = library.core().create(&host.table, &settings.values, &self, &error);
            if (made != PPO_OK) shared.tell(told("create beside others", made, error));
            library.core().work(self, 0, nullptr);
            library.core().destroy(self);
            ++shared.calls;
        }
    });
    shared.report(findings);
}
}  // namespace

void put_thread_checks(std::vector<Check>& all) {
    const char* mend = "Guard what threads share; run your library under a thread sanitizer.";
    all.push_back({"threads.free", "Slots that are [free] run beside each other from 8 threads.",
                   mend, check_free_slots});
    all.push_back({"threads.views", "Different views run beside each other from 8 threads.", mend,
                   check_views});
    all.push_back({"threads.instances", "Instances are made and ended beside each other.", mend,
                   check_instances});
}
}  // namespace ppo_validate

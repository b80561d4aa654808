// SPDX-License-Identifier: Apache-2.0
#include "host.hpp"
#include "raw_store.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <vector>

namespace ppo_bench {
namespace {
constexpr int rounds = 9;

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// Microseconds of one call: the median over rounds of `times` calls each.
double measure(int times, const std::function<void(int)>& call) {
    std::vector<double> figures;
    int number = 0;
    for (int round = 0; round < rounds; ++round) {
        const double start = milliseconds_now();
        for (int i = 0; i < times; ++i) call(number++);
        figures.push_back((milliseconds_now() - start) * 1000 / times);
    }
    return median(figures);
}

void print(const char* work, double plugin_us, double raw_us) {
    if (raw_us > 0)
        std::printf("  %-44s %12.2f us   raw %12.2f us   ratio %6.2f\n", work, plugin_us, raw_us,
                    plugin_us / raw_us);
    else
        std::printf("  %-44s %12.3f us\n", work, plugin_us);
}

void must(ppo_result result, const char* what) {
    if (result != PPO_OK)
        throw std::runtime_error{std::string{what} + " answered " + std::to_string(result)};
}

ppo_result take_verdict(void* context, const ppo_username_verdict* verdict) {
    *static_cast<ppo_result*>(context) = verdict->verdict;
    return PPO_OK;
}

ppo_result stop_at_once(void*, const ppo_contribution*) { return PPO_STOPPED; }

ppo_result take_rows(void* context, const ppo_rows* rows) {
    *static_cast<std::uint64_t*>(context) += rows->row_count;
    return PPO_OK;
}

struct Figures {
    double sync_per_second = 0;
    double query = 0;
    double empty = 0;
    double toggle = 0;
    double invite = 0;
    double username = 0;
    double page = 0;
    double count = 0;
    long memory_kib = 0;
};

Figures measure_plugin(BenchHost& host, std::uint64_t patients) {
    const auto& onboarding = host.table<ppo_onboarding_1>(PPO_ONBOARDING_1);
    const auto& report = host.table<ppo_report_1>(PPO_REPORT_1);
    auto* self = host.instance();
    Figures figures;
    const double start = milliseconds_now();
    must(onboarding.sync_directory(self, nullptr, nullptr), "sync_directory");
    figures.sync_per_second = static_cast<double>(patients) / (milliseconds_now() - start) * 1000;
    const auto& ui = host.table<ppo_ui_1>(PPO_UI_1);
    const ppo_contribution_sink nothing{nullptr, stop_at_once};
    figures.query = measure(20'000, [&](int) {
        static_cast<void>(host.plugin().query({"ppo.none/1", 10}));
    });
    figures.empty = measure(20'000, [&](int) {
        static_cast<void>(ui.contributions(self, {nullptr, 0}, &nothing, nullptr));
    });
    const int few = static_cast<int>(std::min<std::uint64_t>(patients / (2 * rounds), 40));
    figures.toggle = measure(few, [&](int i) {
        const auto id = patient_id(static_cast<std::uint64_t>(i));
        must(onboarding.set_access(self, &host.caller(), text(id), 1, nullptr, nullptr),
             "set_access");
    });
    figures.invite = measure(few, [&](int i) {
        const auto id = patient_id(static_cast<std::uint64_t>(i));
        must(onboarding.send_invitation(self, &host.caller(), text(id), nullptr, nullptr),
             "send_invitation");
    });
    const std::string anna = patient_id(1);
    figures.username = measure(2'000, [&](int i) {
        const std::string typed = "anna.weber" + std::to_string(i);
        ppo_result verdict = 0;
        const ppo_username_verdict_sink sink{&verdict, take_verdict};
        must(onboarding.check_username(self, &host.caller(), text(anna), text(typed), &sink,
                                       nullptr),
             "check");
    });
    figures.page = measure(100, [&](int) {
        std::uint64_t rows = 0;
        const ppo_rows_sink sink{&rows, take_rows};
        ppo_report_query query{};
        query.struct_size = sizeof query;
        query.limit = 100;
        must(report.read(self, &host.caller(), &query, &sink, nullptr), "read");
    });
    figures.count = measure(10, [&](int) {
        ppo_report_query query{};
        query.struct_size = sizeof query;
        ppo_report_counts counts{};
        counts.struct_size = sizeof counts;
        must(report.count(self, &host.caller(), &query, &counts, nullptr), "count");
    });
    figures.memory_kib = resident_kib() - host.resident_before_kib();
    return figures;
}

void run(const std::string& plugin, std::uint64_t patients) {
    char folder[] = "/tmp/ppo-bench-XXXXXX";
    if (::mkdtemp(folder) == nullptr) throw std::runtime_error{"no temporary folder"};
    BenchHost host{plugin, folder, patients};
    const Figures figures = measure_plugin(host, patients);
    host.end_instance();
    std::printf("%llu patients\n", static_cast<unsigned long long>(patients));
    std::printf(
        "  dlopen and entry %.1f ms, create on a new store %.1f ms, memory over the host %.1f "
        "MiB\n",
        host.load_milliseconds(), host.create_milliseconds(),
        static_cast<double>(figures.memory_kib) / 1024);
    std::printf("  directory sync %.0f patients/s\n", figures.sync_per_second);
    {
        RawStore raw{std::string{folder} + "/bench.sqlite"};
        const int few = static_cast<int>(std::min<std::uint64_t>(patients / (2 * rounds), 40));
        const auto id = [&](int i) {
            return patient_id(patients - 1 - static_cast<std::uint64_t>(i));
        };
        print("query for an unknown interface", figures.query, 0);
        print("a call with handle and guard that does nothing", figures.empty, 0);
        print("toggle one patient, committed", figures.toggle,
              measure(few, [&](int i) { raw.toggle(id(i), true); }));
        print("invite one patient (queued), committed", figures.invite,
              measure(few, [&](int i) { raw.invite(id(i)); }));
        print("username check", figures.username, measure(2'000, [&](int i) {
                  static_cast<void>(raw.is_taken("anna.weber" + std::to_string(i)));
              }));
        print("report page of 100 rows", figures.page,
              measure(100, [&](int) { static_cast<void>(raw.page("", "")); }));
        print("counts of the whole board", figures.count,
              measure(10, [&](int) { static_cast<void>(raw.count_by_status()); }));
    }
    std::filesystem::remove_all(folder);
}
}  // namespace
}  // namespace ppo_bench

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: ppo-bench PLUGIN.so PATIENTS...\n");
        return 2;
    }
    try {
        for (int i = 2; i < argc; ++i) ppo_bench::run(argv[1], std::strtoull(argv[i], nullptr, 10));
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "ppo-bench: %s\n", failure.what());
        return 1;
    }
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
// What is asked all the time: nothing at all, counts, a username; and what loading costs.
#include "benches.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

namespace ppo_bench {
namespace {
ppo_result stop_at_once(void*, const ppo_contribution*) { return PPO_STOPPED; }

std::string first_line_of(const std::string& command) {
    std::FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error{"no process for the fresh host"};
    char line[256] = "";
    const bool has_line = std::fgets(line, sizeof line, pipe) != nullptr;
    if (::pclose(pipe) != 0 || !has_line) throw std::runtime_error{"the fresh host failed"};
    return line;
}
}  // namespace

void measure_empty_calls(const Stage& stage) {
    const auto& ui = stage.host.table<ppo_ui_1>(PPO_UI_1);
    const ppo_contribution_sink nothing{nullptr, stop_at_once};
    const auto took = compare({[&] {
                                   static_cast<void>(stage.host.plugin().query({"ppo.none/1", 10}));
                               },
                               [&] {
                                   static_cast<void>(ui.contributions(
                                       stage.host.instance(), {nullptr, 0}, &nothing, nullptr));
                               }});
    stage.table.figure("query for an unknown interface", took[0] * 1000, "ns", {50, 10});
    stage.table.figure("call with handle and guard that does nothing", took[1] * 1000, "ns",
                       {50, 10});
}

void measure_fresh(const Table& table, const std::string& fresh_program, const std::string& plugin,
                   const std::string& folder, int rounds) {
    struct Fresh {
        std::vector<double> load{};
        std::vector<double> create{};
        std::vector<double> mib{};
    };
    // Each on a new store once, and on the same store again.
    Fresh fresh;
    Fresh again;
    for (int i = 0; i < rounds; ++i) {
        const auto own = folder + "/fresh" + std::to_string(i);
        std::filesystem::create_directory(own);
        for (auto* one : {&fresh, &again}) {
            double load = 0;
            double create = 0;
            double kib = 0;
            const auto line = first_line_of("'" + fresh_program + "' '" + plugin + "' '" + own +
                                            "'");
            if (std::sscanf(line.c_str(), "%lf %lf %lf", &load, &create, &kib) != 3)
                throw std::runtime_error{"the fresh host says something else"};
            one->load.push_back(load);
            one->create.push_back(create);
            one->mib.push_back(kib / 1024);
        }
    }
    const double load = part_of(again.load, 0.5);
    table.figure("dlopen and entry", load, "ms", {});
    table.figure("dlopen and create, on a store that is there", load + part_of(again.create, 0.5),
                 "ms", {100, 50});
    table.figure("dlopen and create, on a new store", load + part_of(fresh.create, 0.5), "ms",
                 {100, 50});
    table.figure("memory over the host after both", part_of(again.mib, 0.5), "MiB", {{}, 16});
}

void measure_counts(const Stage& stage) {
    const auto& host = stage.host;
    const std::string big = stage.raw.text(
        "SELECT provider FROM patient WHERE provider <> '' GROUP BY provider ORDER BY COUNT(*) "
        "DESC LIMIT 1");
    for (const auto& filter : report_filters(big, big)) {
        static const std::array<std::string, 7> wanted{
            "everybody",        "green",         "mark link expired", "access", "tag many have",
            "provider of many", "gray or orange"};
        if (std::find(wanted.begin(), wanted.end(), filter.name) == wanted.end()) continue;
        const auto query = filter.query(PPO_SORT_NAME, false, 0);
        ppo_report_counts counts{};
        counts.struct_size = sizeof counts;
        auto* grouped = stage.raw.prepared(
            "SELECT status, marks, COUNT(*) FROM patient WHERE in_directory = 1" +
            (filter.sql.empty() ? "" : " AND " + filter.sql) + " GROUP BY status, marks");
        const auto took = compare({[&] {
                                       must(host.report().count(host.instance(), &host.caller(),
                                                                &query, &counts, nullptr),
                                            "count");
                                   },
                                   [&] { stage.raw.take_rows(grouped); }},
                                  5);
        const bool is_whole = filter.sql.empty();
        stage.table.figure("counts: " + filter.name + " (raw: GROUP BY)", took[0], "us",
                           is_whole ? Asked{1000, 15} : Asked{}, took[1]);
    }
}
}  // namespace ppo_bench

// SPDX-License-Identifier: Apache-2.0
// Access for one and for ten thousand, and what the kept counts cost.
#include "benches.hpp"

#include <algorithm>
#include <stdexcept>

namespace ppo_bench {
namespace {
void set_access(const BenchHost& host, const std::string& id, bool enabled) {
    must(host.onboarding().set_access(host.instance(), &host.caller(), text(id), enabled ? 1 : 0,
                                      nullptr, nullptr),
         "set_access");
}

/// Access for all of them at once.
void set_access_of_many(const BenchHost& host, const std::vector<std::string>& ids, bool enabled) {
    std::vector<ppo_text> texts;
    for (const auto& id : ids) texts.push_back(text(id));
    ppo_batch_selection selection{};
    selection.struct_size = sizeof selection;
    selection.patient_ids = texts.data();
    selection.patient_id_count = texts.size();
    must(host.onboarding().set_access_of_many(host.instance(), &host.caller(), &selection,
                                              enabled ? 1 : 0, 0, nullptr, nullptr),
         "set_access_of_many");
}

/// Patients without access, spread over the whole practice.
std::vector<std::string> people_without(RawStore& store, std::uint64_t patients, std::size_t many) {
    std::vector<std::string> ids;
    const std::uint64_t step = std::max<std::uint64_t>(1, patients / (many * 3));
    auto* statement = store.prepared(
        "SELECT access_enabled FROM patient WHERE patient_id = $1 AND in_directory = 1");
    for (std::uint64_t place = 0; place < patients && ids.size() < many; place += step) {
        const auto id = ppo_sim::People::id_at(place);
        sqlite3_bind_text(statement, 1, id.data(), static_cast<int>(id.size()), SQLITE_TRANSIENT);
        if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_int(statement, 0) == 0)
            ids.push_back(id);
        sqlite3_reset(statement);
    }
    return ids;
}

double seconds_of(const Work& work) {
    const double start = milliseconds_now();
    work();
    return (milliseconds_now() - start) / 1000;
}

/// The same few patients on in one round and off in the next, by both, in rotating order.
void measure_toggle(const Stage& stage, const std::vector<std::string>& ids) {
    const auto few = std::min<std::size_t>(ids.size(), 50);
    const auto by_plugin = [&](bool enabled) {
        for (std::size_t i = 0; i < few; ++i) set_access(stage.host, ids[i], enabled);
    };
    const auto by_raw = [&](bool enabled) {
        for (std::size_t i = 0; i < few; ++i) stage.copy.toggle(ids[i], enabled);
    };
    std::vector<double> plugin;
    std::vector<double> raw;
    constexpr int warm_rounds = 2;
    for (int round = 0; round < warm_rounds + 20; ++round) {  // An even number: all are off again.
        const bool enabled = round % 2 == 0;
        const bool raw_first = round / 2 % 2 == 1;
        double raw_took = raw_first ? seconds_of([&] { by_raw(enabled); }) : 0;
        const double plugin_took = seconds_of([&] { by_plugin(enabled); });
        if (!raw_first) raw_took = seconds_of([&] { by_raw(enabled); });
        if (round < warm_rounds) continue;
        plugin.push_back(plugin_took * 1e6 / static_cast<double>(few));
        raw.push_back(raw_took * 1e6 / static_cast<double>(few));
    }
    stage.table.ratio("toggle one patient, committed", part_of(plugin, 0.5), part_of(raw, 0.5),
                      {1.5, 1.2});
}

void measure_many(const Stage& stage, const std::vector<std::string>& ids) {
    std::vector<double> plugin;
    std::vector<double> raw;
    for (int round = 0; round < 3; ++round) {
        const auto by_plugin = [&] {
            plugin.push_back(seconds_of([&] { set_access_of_many(stage.host, ids, true); }));
            set_access_of_many(stage.host, ids, false);
        };
        const auto by_raw = [&] {
            raw.push_back(seconds_of([&] {
                if (stage.copy.set_access_of_many(ids, true) != static_cast<int>(ids.size()))
                    throw std::runtime_error{"raw changed another number of patients"};
            }));
            stage.copy.set_access_of_many(ids, false);
        };
        if (round % 2 == 0) by_plugin();
        by_raw();
        if (round % 2 != 0) by_plugin();
    }
    stage.table.ratio("enable " + std::to_string(ids.size()) + " at once",
                      part_of(plugin, 0.5) * 1e6, part_of(raw, 0.5) * 1e6, {2.0, 1.3});
}

/// The same bulk update with what keeps the counts and without; on the copy, which is left without.
void measure_upkeep(const Stage& stage, const std::vector<std::string>& ids) {
    auto& copy = stage.copy;
    const auto triggers = copy.number(
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'patient'");
    if (triggers == 0) {
        stage.table.left_out("upkeep of counts in a bulk update", "no trigger keeps any");
        return;
    }
    const auto update = [&] {
        std::vector<double> seconds;
        for (int round = 0; round < 5; ++round) {
            seconds.push_back(
                seconds_of([&] { static_cast<void>(copy.set_access_of_many(ids, true, false)); }));
            copy.set_access_of_many(ids, false, false);
        }
        return part_of(seconds, 0.5) * 1e6;
    };
    const double with = update();
    while (true) {
        const auto name = copy.text(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'patient' LIMIT "
            "1");
        if (name.empty()) break;
        copy.execute("DROP TRIGGER " + name);
    }
    const double without = update();
    stage.table.ratio("upkeep of counts in a raw bulk update of " + std::to_string(ids.size()) +
                          " (raw: without)",
                      with, without, {1.7, {}});
}
}  // namespace

void measure_access(const Stage& stage) {
    const auto many = static_cast<std::size_t>(std::min<std::uint64_t>(10'000, stage.patients / 4));
    const auto ids = people_without(stage.raw, stage.patients, many);
    measure_toggle(stage, ids);
    measure_many(stage, ids);
    measure_upkeep(stage, ids);
}
}  // namespace ppo_bench

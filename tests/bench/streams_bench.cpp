// SPDX-License-Identifier: Apache-2.0
// Everybody: read row by row, written as documents; first and later readings of the directory.
#include "benches.hpp"

#include <cstdio>

namespace ppo_bench {
namespace {
double mib(long kib) { return static_cast<double>(kib) / 1024; }

/// What a stream adds to the memory of a process that has read the store before.
double memory_of(const Work& stream) {
    stream();  // The connection's page cache is full now.
    const long before = resident_kib();
    if (!forget_peak()) return -1;
    stream();
    return mib(peak_kib() - before);
}

void print_memory(const Table& table, const std::string& work, double added) {
    if (added < 0)
        table.left_out(work, "this system keeps the peak of a process");
    else
        table.figure(work, added, "MiB", {16, 8});
}

void measure_json(const Stage& stage) {
    const auto& host = stage.host;
    CountedText counted;
    const auto sink = counted.sink();
    ppo_report_query query{};
    query.struct_size = sizeof query;
    query.limit = 100;
    RawPage raw{stage.raw, Filter{}, PPO_SORT_NAME, false, 100};
    const auto took = compare(
        {[&] {
             must(host.report().read_json(host.instance(), &host.caller(), &query, &sink, nullptr),
                  "read_json");
         },
         [&] { raw.read(); }});
    stage.table.ratio("page of 100 as JSON (raw: the same rows, no JSON)", took[0], took[1],
                      {2.0, 1.6});
}
}  // namespace

void measure_streams(const Stage& stage) {
    const auto& host = stage.host;
    const auto& report = host.report();
    ppo_report_query query{};
    query.struct_size = sizeof query;
    CountedRows rows;
    CountedText bytes;
    const auto row_sink = rows.sink();
    const auto text_sink = bytes.sink();
    RawPage raw{stage.raw, Filter{}, PPO_SORT_NAME, false, 0};
    const Work read = [&] {
        must(report.read(host.instance(), &host.caller(), &query, &row_sink, nullptr), "read");
    };
    const Work write = [&] {
        must(report.write(host.instance(), &host.caller(), &query, {"csv", 3}, &text_sink, nullptr),
             "write");
    };
    const auto took = compare({read, write, [&] { raw.read(); }}, 3);
    stage.table.ratio("stream of everybody", took[0], took[2], {2.0, 1.3});
    stage.table.ratio("export of everybody as CSV", took[1], took[2], {2.0, 1.3});
    print_memory(stage.table, "memory of the stream over the page cache", memory_of(read));
    print_memory(stage.table, "memory of the export over the page cache", memory_of(write));
    measure_json(stage);
}

void measure_sync(BenchHost& host, const Table& table) {
    const auto patients = static_cast<double>(host.people().count());
    const auto sync = [&](const std::string& work, const Asked& asked) {
        const long before = resident_kib();
        const bool knows_peak = forget_peak();
        const double start = milliseconds_now();
        std::uint64_t read = 0;
        must(host.onboarding().sync_directory(host.instance(), &read, nullptr), "sync_directory");
        const double seconds = (milliseconds_now() - start) / 1000;
        table.figure(work, static_cast<double>(read) / seconds, "patients/s", asked);
        table.figure(work + ", memory kept", mib(resident_kib() - before), "MiB", {});
        if (knows_peak)
            table.figure(work + ", memory at most", mib(peak_kib() - before), "MiB", {});
    };
    const double start = milliseconds_now();
    for (std::uint64_t i = 0; i < host.people().count(); ++i)
        static_cast<void>(host.people().at(i));
    table.figure("the host's own part of a reading: making patients up",
                 patients * 1000 / (milliseconds_now() - start), "patients/s", {});
    sync("first reading of the directory", {50'000, 150'000, true});
    const double worked = milliseconds_now();
    host.work();
    table.figure("background work after it", (milliseconds_now() - worked) / 1000, "s", {});
    sync("second reading, no difference", {});
    host.move_appointments();
    sync("reading with 1 % changed", {});
    host.work();
}
}  // namespace ppo_bench

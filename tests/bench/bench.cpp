// SPDX-License-Identifier: Apache-2.0
// The figures of the onboarding report, beside the same work straight on SQLite, in one run.
//
//   ppo-bench PLUGIN.so FRESH_HOST PATIENTS...   prints a table in Markdown
//   ppo-bench --write STORE                      the other process that writes, started by itself
#include "benches.hpp"
#include "stage.hpp"
#include "support/store_check.hpp"

#include <linux/magic.h>
#include <sys/vfs.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <stdexcept>

namespace ppo_bench {
namespace {
/// A folder that goes with everything in it.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "ppo-bench-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

struct Programs {
    std::string own{};
    std::string plugin{};
    std::string fresh_host{};
};

void must_be_true(const std::string& store) {
    const auto untrue = ppo::untrue_words(ppo::find_untrue(store));
    if (!untrue.empty()) throw std::runtime_error{"the bench's store is not true: " + untrue};
}

void run(const Programs& programs, std::uint64_t patients, PageTimes& full_pages) {
    const Folder folder;
    const Table table{patients};
    constexpr std::uint64_t percent_with_access = 62;
    BenchHost host{programs.plugin, folder.path(),
                   ppo_sim::People{{patients, 1, bench_day, percent_with_access}}};
    measure_fresh(table, programs.fresh_host, programs.plugin, folder.path(),
                  patients < 5000 ? 1 : 7);
    measure_sync(host, table);
    host.end_instance();
    set_the_stage(host.store(), patients);
    must_be_true(host.store());
    host.start_instance();
    host.work();

    const std::string copied = folder.path() + "/raw.sqlite";
    std::filesystem::copy_file(host.store(), copied);
    RawStore raw{host.store()};
    RawStore copy{copied};
    const Stage stage{host, raw, copy, table, patients};
    measure_empty_calls(stage);
    measure_pages(stage, full_pages);
    measure_streams(stage);
    measure_counts(stage);
    measure_search(stage);
    measure_access(stage);
    measure_names(stage, programs.own);
    host.end_instance();
    must_be_true(host.store());
    table.figure("the store's file",
                 static_cast<double>(std::filesystem::file_size(host.store())) / (1024 * 1024),
                 "MiB", {});
}

void run_all(const Programs& programs, int count, char** sizes) {
    const auto folder = std::filesystem::temp_directory_path();
    struct statfs system {};
    const bool in_memory = ::statfs(folder.c_str(), &system) == 0 && system.f_type == TMPFS_MAGIC;
    std::printf("Stores in %s, %s. SQLite %s.\n", folder.c_str(),
                in_memory ? "in memory: a commit waits for no disk" : "on a disk",
                sqlite3_libversion());
    double load[3]{};
    if (::getloadavg(load, 3) == 3)
        std::printf("Load average before: %.2f %.2f %.2f\n\n", load[0], load[1], load[2]);
    Table::print_head();
    PageTimes smallest;
    for (int i = 0; i < count; ++i) {
        const auto patients = std::strtoull(sizes[i], nullptr, 10);
        PageTimes here;
        run(programs, patients, here);
        if (i == 0)
            smallest = here;
        else
            compare_sizes(Table{patients}, sizes[0], smallest, here);
    }
    if (::getloadavg(load, 3) == 3)
        std::printf("\nLoad average after: %.2f %.2f %.2f\n", load[0], load[1], load[2]);
}
}  // namespace
}  // namespace ppo_bench

int main(int argc, char** argv) {
    try {
        if (argc == 3 && std::strcmp(argv[1], "--write") == 0)
            return ppo_bench::write_beside(argv[2]);
        if (argc < 4) {
            std::fprintf(stderr, "usage: ppo-bench PLUGIN.so FRESH_HOST PATIENTS...\n");
            return 2;
        }
        ppo_bench::run_all({std::filesystem::canonical("/proc/self/exe"), argv[1], argv[2]},
                           argc - 3, argv + 3);
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "ppo-bench: %s\n", failure.what());
        return 1;
    }
}

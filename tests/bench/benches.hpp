// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "figures.hpp"
#include "host.hpp"
#include "raw_store.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace ppo_bench {
/// What every bench works with: the plugin on a store, the same store raw, and a copy of it for
/// what raw writes, so that the plugin's own store stays true.
struct Stage {
    BenchHost& host;
    RawStore& raw;
    RawStore& copy;
    const Table& table;
    std::uint64_t patients = 0;
};

/// Of one size after the other: microseconds of pages, by filter, order and place.
using PageTimes = std::map<std::string, double>;

void measure_pages(const Stage& stage, PageTimes& full_pages);
/// How much longer pages take here than at another size.
void compare_sizes(const Table& table, const std::string& other, const PageTimes& there,
                   const PageTimes& here);
void measure_names(const Stage& stage, const std::string& own_program);
void measure_access(const Stage& stage);
void measure_counts(const Stage& stage);
void measure_search(const Stage& stage);
void measure_streams(const Stage& stage);
/// The first, the second and a changed reading of the directory.
void measure_sync(BenchHost& host, const Table& table);
/// What loading costs, in processes that have loaded nothing yet.
void measure_fresh(const Table& table, const std::string& fresh_program, const std::string& plugin,
                   const std::string& folder, int rounds);
void measure_empty_calls(const Stage& stage);

/// The other process: commits as often as it can, up to 3,000 times a second, until its standard
/// input ends; then prints how often. The exit status.
int write_beside(const std::string& store);

/// A sink that counts rows.
struct CountedRows {
    std::uint64_t rows = 0;
    [[nodiscard]] ppo_rows_sink sink() {
        return {this, [](void* context, const ppo_rows* given) -> ppo_result {
                    static_cast<CountedRows*>(context)->rows += given->row_count;
                    return PPO_OK;
                }};
    }
};

/// A sink that counts bytes.
struct CountedText {
    std::uint64_t bytes = 0;
    [[nodiscard]] ppo_text_sink sink() {
        return {this, [](void* context, const char*, std::size_t size) -> ppo_result {
                    static_cast<CountedText*>(context)->bytes += size;
                    return PPO_OK;
                }};
    }
};
}  // namespace ppo_bench

// SPDX-License-Identifier: Apache-2.0
// Pages of a hundred rows: every filter, every order, first, middle and last.
#include "benches.hpp"

#include <algorithm>
#include <array>

namespace ppo_bench {
namespace {
constexpr std::uint64_t page = 100;
constexpr std::array<const char*, 5> sort_names{"name", "status", "last invited", "last sign-in",
                                                "next appointment"};

/// A place in a filtered report: the cursor that goes on from it, and the row before it.
struct Place {
    std::string cursor{};
    std::string patient_id{};
    std::uint64_t rows_before = 0;
};

/// Goes through the whole of a filtered report and remembers a place in the middle and one with a
/// page left behind it.
class Walk {
public:
    Walk(const Stage& stage, const Filter& filter, std::uint32_t sort) {
        const auto everything = filter.query(sort, false, 0);
        ppo_report_counts counts{};
        counts.struct_size = sizeof counts;
        must(stage.host.report().count(stage.host.instance(), &stage.host.caller(), &everything,
                                       &counts, nullptr),
             "count");
        total_ = counts.patients;
        const ppo_rows_sink sink{this, take};
        must(stage.host.report().read(stage.host.instance(), &stage.host.caller(), &everything,
                                      &sink, nullptr),
             "read");
        if (rows_ != total_) throw std::runtime_error{"count and read do not agree"};
    }

    [[nodiscard]] std::uint64_t total() const { return total_; }
    [[nodiscard]] const Place& middle() const { return middle_; }
    [[nodiscard]] const Place& last() const { return last_; }

private:
    static ppo_result take(void* context, const ppo_rows* rows) {
        auto& walk = *static_cast<Walk*>(context);
        walk.rows_ += rows->row_count;
        if (rows->row_count == 0 || rows->next_cursor.size == 0) return PPO_OK;
        const auto& id = rows->cells[(rows->row_count - 1) * rows->column_count].text;
        const Place here{
            {rows->next_cursor.data, rows->next_cursor.size}, {id.data, id.size}, walk.rows_};
        if (walk.middle_.cursor.empty() && walk.rows_ * 2 >= walk.total_) walk.middle_ = here;
        if (walk.rows_ + page <= walk.total_) walk.last_ = here;
        return PPO_OK;
    }

    std::uint64_t total_ = 0;
    std::uint64_t rows_ = 0;
    Place middle_{};
    Place last_{};
};

struct Measured {
    std::string name{};
    double plugin = 0;
    double raw = 0;
    [[nodiscard]] double ratio() const { return plugin / raw; }
};

class Pages {
public:
    Pages(const Stage& stage, PageTimes& full) : stage_{stage}, full_{full} {}

    /// Microseconds of the plugin.
    double measure(const Filter& filter, std::uint32_t sort, bool descending,
                   const std::string& where, const Place& place = {}) {
        auto query = filter.query(sort, descending, page);
        query.cursor = text(place.cursor);
        CountedRows counted;
        const auto sink = counted.sink();
        RawPage raw{stage_.raw, filter, sort, descending, page, place.patient_id};
        const auto raw_rows = std::min<std::size_t>(raw.read(), page);
        const auto read = [&] {
            must(stage_.host.report().read(stage_.host.instance(), &stage_.host.caller(), &query,
                                           &sink, nullptr),
                 "read");
        };
        read();
        if (counted.rows != raw_rows)
            throw std::runtime_error{"the plugin and raw have other rows: " + filter.name};
        const auto took = compare({read, [&raw] { raw.read(); }}, stage_.patients < 5000 ? 1 : 5);
        const std::string name = filter.name + ", by " + sort_names.at(sort) +
                                 (descending ? " down, " : ", ") + where;
        all_.push_back({name, took[0], took[1]});
        if (raw_rows == page) full_[name] = took[0];
        return took[0];
    }

    void print() {
        std::sort(all_.begin(), all_.end(),
                  [](const auto& a, const auto& b) { return a.ratio() < b.ratio(); });
        const Asked asked{1.5, 1.25};
        const auto count = std::to_string(all_.size());
        const auto& median = all_[all_.size() / 2];
        const auto& most = all_.back();
        const auto& tenth = all_[all_.size() * 9 / 10];
        stage_.table.ratio("page of 100, median of " + count + " filters and orders", median.plugin,
                           median.raw, asked);
        stage_.table.ratio("page of 100, at the 90th percentile: " + tenth.name, tenth.plugin,
                           tenth.raw, asked);
        stage_.table.ratio("page of 100, worst: " + most.name, most.plugin, most.raw, asked);
        std::sort(all_.begin(), all_.end(),
                  [](const auto& a, const auto& b) { return a.plugin < b.plugin; });
        stage_.table.ratio("page of 100, slowest: " + all_.back().name, all_.back().plugin,
                           all_.back().raw, asked);
    }

private:
    const Stage& stage_;
    PageTimes& full_;
    std::vector<Measured> all_{};
};

std::string provider_of(RawStore& raw, const char* order) {
    return raw.text(std::string{"SELECT provider FROM patient WHERE provider <> '' GROUP BY "
                                "provider ORDER BY COUNT(*)"} +
                    order + ", provider LIMIT 1");
}
}  // namespace

void measure_pages(const Stage& stage, PageTimes& full_pages) {
    Pages pages{stage, full_pages};
    double worst = 0;
    std::string worst_name;
    const auto filters = report_filters(provider_of(stage.raw, " DESC"),
                                        provider_of(stage.raw, ""));
    for (const auto& filter : filters) {
        const bool is_everybody = filter.sql.empty();
        for (std::uint32_t sort = 0; sort < sort_names.size(); ++sort) {
            const double first = pages.measure(filter, sort, false, "first");
            pages.measure(filter, sort, true, "first");
            if (sort != PPO_SORT_NAME && !is_everybody) continue;
            const Walk walk{stage, filter, sort};
            if (walk.middle().cursor.empty() || walk.last().cursor.empty()) continue;
            pages.measure(filter, sort, false, "middle", walk.middle());
            const double last = pages.measure(filter, sort, false, "last", walk.last());
            if (last / first <= worst) continue;
            worst = last / first;
            worst_name = filter.name + ", by " + sort_names.at(sort);
        }
    }
    pages.print();
    if (worst > 0)
        stage.table.bare_ratio("last page against first, worst: " + worst_name, worst, {1.3, {}});
}

void compare_sizes(const Table& table, const std::string& other, const PageTimes& there,
                   const PageTimes& here) {
    std::vector<std::pair<double, std::string>> ratios;
    for (const auto& [name, took] : here)
        if (const auto found = there.find(name); found != there.end())
            ratios.emplace_back(took / found->second, name);
    if (ratios.empty()) return;
    std::sort(ratios.begin(), ratios.end());
    const auto& median = ratios[ratios.size() / 2];
    table.bare_ratio(
        "full page against that at " + other + ", median of " + std::to_string(ratios.size()),
        median.first, {2.0, {}});
    table.bare_ratio("full page against that at " + other + ", worst: " + ratios.back().second,
                     ratios.back().first, {2.0, {}});
}
}  // namespace ppo_bench

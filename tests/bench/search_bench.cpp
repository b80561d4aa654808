// SPDX-License-Identifier: Apache-2.0
// The first fifty whom a text finds.
#include "benches.hpp"

namespace ppo_bench {
namespace {
constexpr std::uint64_t shown = 50;

struct Terms {
    const char* name;
    std::vector<const char*> terms;
    Asked asked;
};

const std::vector<Terms>& all_terms() {
    static const std::vector<Terms> all{
        {"search by beginnings of names",
         {"smi", "john", "garc", "ngu", "rodriguez", "mary", "o'br", "ashwor", "mull", "papadim",
          "van de", "keihan", "smith, j", "zimmer", "fern", "wil", "hernandez lopez", "xi"},
         {5000, 1000}},
        {"search by parts anywhere",
         {"arci", "ohns", "ton", "ydia", "sson", "riguez", "@example.org", "mail.test", "1985",
          "brien", "hoff", "guy", "enbergerd", "zzzz", "qu", "rahim", "worth, a", "dez, mar"},
         {60'000, 20'000}},
        {"search by two letters", {"an", "ng", "xu", "qz", "o'", "ye"}, {60'000, 20'000}},
    };
    return all;
}
}  // namespace

void measure_search(const Stage& stage) {
    const auto& host = stage.host;
    for (const auto& set : all_terms()) {
        std::vector<double> plugin;
        std::vector<double> raw;
        double worst = 0;
        std::string worst_term;
        for (const auto* term : set.terms) {
            const auto filter = search_for(term);
            const auto query = filter.query(PPO_SORT_NAME, false, shown);
            RawPage page{stage.raw, filter, PPO_SORT_NAME, false, shown};
            CountedRows counted;
            const auto sink = counted.sink();
            const auto took = compare({[&] {
                                           must(host.report().read(host.instance(), &host.caller(),
                                                                   &query, &sink, nullptr),
                                                "read");
                                       },
                                       [&] { page.read(); }},
                                      5);
            plugin.push_back(took[0]);
            raw.push_back(took[1]);
            if (took[0] <= worst) continue;
            worst = took[0];
            worst_term = term;
        }
        const std::string name = set.name;
        stage.table.figure(name + ", p50 of " + std::to_string(set.terms.size()) + " terms",
                           part_of(plugin, 0.5), "us", {}, part_of(raw, 0.5));
        stage.table.figure(name + ", p95 (worst: \"" + worst_term + "\")", part_of(plugin, 0.95),
                           "us", set.asked, part_of(raw, 0.95));
    }
}
}  // namespace ppo_bench

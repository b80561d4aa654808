// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ppo/ppo.h"

#include <string>
#include <vector>

namespace ppo_bench {
/// A filter of the report, as the ABI takes it and as somebody who knows SQLite would write it.
struct Filter {
    std::string name{};
    std::uint32_t statuses = 0;
    std::uint64_t marks = 0;
    std::uint32_t access = PPO_ANY;
    std::uint32_t username = PPO_ANY;
    std::string search{};
    std::string tag{};
    std::string provider{};
    ppo_time after = 0;
    ppo_time before = 0;
    std::string sql{};  // A condition on `patient`, with values in it; empty = none.
    /// The same by way of the trigram index, where the store has one; empty = no other way.
    std::string indexed_sql{};

    /// Borrows the texts of this filter.
    [[nodiscard]] ppo_report_query query(std::uint32_t sort, bool descending,
                                         std::uint64_t limit) const;
};

/// Each filter alone, with values that many have and few have, and several together. The providers
/// are one whom many patients have and one whom few have.
[[nodiscard]] std::vector<Filter> report_filters(const std::string& big_provider,
                                                 const std::string& small_provider);

/// Text for SQL, in quotation marks.
[[nodiscard]] std::string sql_text(const std::string& text);

/// The filter that finds this text anywhere in name, e-mail or username. The text is folded.
[[nodiscard]] Filter search_for(const std::string& folded);
}  // namespace ppo_bench

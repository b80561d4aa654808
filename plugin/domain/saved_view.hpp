// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/report_query.hpp"
#include "domain/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// How many views one member of staff may keep.
inline constexpr std::int64_t most_saved_views = 50;

/// What a member of staff wants to find again in the report. It holds no place and no limit.
struct SavedView {
    std::string name{};
    ReportQuery query{};
    std::vector<std::uint32_t> columns{};  // As the ABI numbers them; empty = the report's own.
    UnixTime changed_at{};
};

/// The name as it is kept: without blanks around it, in one spelling. Refused: ViewName, if that
/// leaves nothing or more than 64 characters, or something in it is not seen.
[[nodiscard]] Result<std::string> view_name(std::string_view typed);

/// Names with the same key are one name: letter case and width do not count.
[[nodiscard]] std::string view_name_key(std::string_view name);
}  // namespace ppo

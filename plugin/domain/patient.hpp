// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// As on the chart. The numbers are stored.
enum class ChartStatus { Active = 1, Prospective = 2, Inactive = 3, Deceased = 4 };

[[nodiscard]] constexpr bool may_use_portal(ChartStatus status) {
    return status == ChartStatus::Active || status == ChartStatus::Prospective;
}

/// "Active", as charts say it.
[[nodiscard]] constexpr std::string_view chart_word(ChartStatus status) {
    switch (status) {
    case ChartStatus::Active: return "Active";
    case ChartStatus::Prospective: return "Prospective";
    case ChartStatus::Inactive: return "Inactive";
    case ChartStatus::Deceased: return "Deceased";
    }
    return {};
}

/// What the host tells of a patient; nothing else is kept.
struct Patient {
    std::string id{};
    std::string first_name{};
    std::string last_name{};
    std::string birth_date{};  // YYYY-MM-DD, or empty.
    std::string email{};       // As on file; perhaps not valid.
    std::string postal_code{};
    std::string language{};
    std::string provider{};
    std::vector<std::string> tags{};
    ChartStatus chart_status = ChartStatus::Active;
    bool access_granted = false;  // The chart was added with "may activate portal".
    bool opted_out = false;
    std::optional<UnixTime> next_appointment{};
    std::optional<UnixTime> last_appointment{};
};
}  // namespace ppo

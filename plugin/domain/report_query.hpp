// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/portal_status.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ppo {
/// The order of the report; the patient id is always the last key. The numbers cross the ABI.
enum class ReportSort {
    Name = 0,
    Status = 1,
    LastInvited = 2,
    LastSignedIn = 3,
    NextAppointment = 4
};

/// Which rows, in which order. All default = every patient, by name.
struct ReportQuery {
    ReportSort sort = ReportSort::Name;
    bool descending = false;
    std::vector<PortalStatus> statuses{};  // Empty = all.
    Marks marks{};                         // At least one of them; none = all.
    std::optional<bool> access_enabled{};
    std::optional<bool> has_username{};
    std::string search{};  // Any part of name, e-mail or username, as typed.
    std::string tag{};
    std::string provider{};
    std::optional<UnixTime> appointment_after{};
    std::optional<UnixTime> appointment_before{};
};

/// One row of the report.
struct ReportRow {
    std::string patient_id{};
    PortalStatus status = PortalStatus::NotEnabled;
    Marks marks{};  // Lasting and passing.
    std::string first_name{};
    std::string last_name{};
    std::string email{};
    std::string username{};
    std::optional<UnixTime> last_invited_at{};
    std::optional<UnixTime> last_signed_in_at{};
    std::string provider{};
    std::string tags{};  // "a; b"
    std::optional<UnixTime> next_appointment_at{};
    ChartStatus chart_status = ChartStatus::Active;
    bool access_enabled = false;
    std::string sort_name{};  // Folded; with the others the row's place in any order.
};

/// How many rows of a query.
struct ReportCounts {
    std::int64_t patients = 0;
    std::int64_t by_status[8]{};  // Index: PortalStatus.
    std::int64_t by_mark[64]{};   // Index: the mark's bit number.
    std::int64_t enabled = 0;     // The funnel: enabled, invited, set up, signed in.
    std::int64_t invited = 0;
    std::int64_t set_up = 0;
    std::int64_t signed_in = 0;
};
}  // namespace ppo

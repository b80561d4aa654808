// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/consent.hpp"
#include "domain/patient.hpp"
#include "domain/portal_status.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ppo {
/// One patient's row: what the host owns, what the portal owns, and what follows from both.
struct Account {
    Patient patient{};
    AccountFacts facts{};
    bool in_directory = true;  // False once the host no longer has the chart.
    std::string username{};    // Empty = none on file.
    bool has_password = false;
    std::optional<UnixTime> last_invited_at{};
    std::optional<UnixTime> last_signed_in_at{};
    std::int64_t security_epoch = 0;
    PortalStatus status = PortalStatus::NotEnabled;
    Marks marks{};
    std::string search_text{};  // As the report's search finds the patient today.
};

/// Whether there is an account that somebody could take over: a password, or a sign-in before.
[[nodiscard]] inline bool has_account(const Account& account) {
    return account.has_password || account.facts.first_signed_in_at.has_value();
}

/// Whether notices about the account may be mailed, also while access is off: who is shut out must
/// learn it too. Never for a closed chart or against the patient's wish.
[[nodiscard]] inline bool may_be_noticed(const AccountFacts& facts) {
    return may_use_portal(facts.chart_status) && !wants_no_mail(facts);
}
}  // namespace ppo

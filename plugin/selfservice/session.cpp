// SPDX-License-Identifier: Apache-2.0
#include "selfservice/session.hpp"

#include "store/database.hpp"
#include "store/patient_table.hpp"

namespace ppo {
std::optional<Account> open_account(Connection& connection, std::string_view patient_id) {
    auto account = find_account(connection, patient_id);
    if (!account || !account->facts.access_enabled || !may_use_portal(account->facts.chart_status))
        return std::nullopt;
    return account;
}

Result<Done> check_session(Database& database, std::string_view patient_id, std::int64_t epoch) {
    Reading reading{database};
    const auto account = open_account(reading, patient_id);
    // The account alone says too little: access may have been off and on again since.
    if (!account || account->security_epoch != epoch) return Refusal::SignIn;
    return Done{};
}
}  // namespace ppo

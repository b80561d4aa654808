// SPDX-License-Identifier: Apache-2.0
#include "credentials/username_check.hpp"

#include "domain/username.hpp"
#include "store/account_table.hpp"

namespace ppo {
UsernameVerdict check_username(Connection& connection, const Account& account,
                               std::string_view typed) {
    constexpr std::size_t most_suggestions = 3;
    const auto username = prepare_username(typed);
    if (!username) return {username.refusal().reason, {}};
    if (!is_username_taken(connection, account.patient.id, *username)) return {};
    UsernameVerdict verdict{Refusal::UsernameTaken, {}};
    for (auto& candidate :
         suggest_usernames(typed, account.patient.first_name, account.patient.last_name)) {
        if (verdict.suggestions.size() == most_suggestions) break;
        const auto prepared = prepare_username(candidate);
        if (prepared && !is_username_taken(connection, account.patient.id, *prepared))
            verdict.suggestions.push_back(std::move(candidate));
    }
    return verdict;
}
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/answer.hpp"
#include "host/plugin_values.hpp"

namespace ppo_sim {
/// Borrows who acts, for one call.
[[nodiscard]] inline ppo_caller to_abi(const Staff& staff) {
    return {sizeof(ppo_caller), staff.permissions, borrow(staff.id), borrow(staff.name),
            borrow(staff.from)};
}

/// Borrows a query's texts and columns, for as long as it lives unchanged.
[[nodiscard]] ppo_report_query to_abi(const ReportQuery& query);

/// Calls one slot with an error struct of its own and turns both into an Answer.
template <typename Call>
[[nodiscard]] Answer ask(const Call& call) {
    ppo_error error = empty_error();
    const ppo_result result = call(&error);
    return to_answer(result, error);
}

/// The same for a slot that a member of staff calls.
template <typename Call>
[[nodiscard]] Answer ask_as(const Staff& staff, const Call& call) {
    const ppo_caller caller = to_abi(staff);
    return ask([&](ppo_error* error) { return call(&caller, error); });
}
}  // namespace ppo_sim

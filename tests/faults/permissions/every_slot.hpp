// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/live_plugin.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ppo {
/// What every call of the table below works on: a live plugin with a patient, a link and a password
/// to offer.
struct SlotCall {
    LivePlugin& live;
    const ppo_caller& caller;
    std::string patient_id{};
};

/// One slot of the plugin's interfaces, called with arguments that are right: as PRODUCT.md lets
/// whom.
struct EverySlot {
    std::string slot{};           // "ppo_onboarding_1.set_access", as in the contract.
    bool asks_who_calls = false;  // It takes a caller, or a view that one opened.
    std::uint32_t needs = 0;      // PPO_MAY_*, all of them.
    ppo_result for_own_patient = PPO_OK;
    ppo_result for_unknown_patient = PPO_OK;
    bool writes_a_password = false;
    std::function<ppo_result(const SlotCall&)> call{};
    std::uint32_t needs_to_open = 0;  // Of a view's slots: what opening that view needs.
};

/// Every slot that `query` hands out, but for those that end things. A slot may stand here twice,
/// with other arguments.
[[nodiscard]] std::vector<EverySlot> every_slot();

inline constexpr std::string_view every_slots_password = "kettle orbit meadow";
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#include "boundary/tables.hpp"

// The one exported symbol. Does nothing but hand the table out, so a host may call it while
// scanning.
PPO_EXPORT const ppo_plugin* PPO_CALL ppo_plugin_entry(uint32_t abi_major) {
    return abi_major == PPO_ABI_MAJOR ? &ppo::plugin_table : nullptr;
}

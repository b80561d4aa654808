// SPDX-License-Identifier: Apache-2.0
#include "boundary/access_calls.hpp"

#include "boundary/account_actions.hpp"
#include "boundary/batch_calls.hpp"
#include "boundary/convert.hpp"

namespace ppo::access_calls {
Outcome set_access_of_many(Instance& self, const ppo_caller* caller,
                           const ppo_batch_selection* selection, std::int32_t enabled,
                           std::uint64_t most, ppo_access_of_many* done) {
    check_out(done, "done");
    const auto wanted = batch_calls::to_selection(selection);
    if (enabled != 0 && enabled != 1)
        throw Misuse{PPO_MISUSE_VALUE, "enabled", "enabled must be 0 or 1."};
    const auto set = change_access_of_many(self, to_caller(caller), wanted, enabled == 1, most);
    if (!set) return set.refusal();
    const auto number = [](std::int64_t value) { return static_cast<std::uint64_t>(value); };
    ppo_access_of_many out{};
    out.changed = number(set->changed);
    out.unchanged = number(set->unchanged);
    out.unknown = number(set->unknown);
    out.left = number(set->left);
    write_out(done, out);
    return PPO_OK;
}
}  // namespace ppo::access_calls

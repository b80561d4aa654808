// SPDX-License-Identifier: Apache-2.0
#include "boundary/consent_calls.hpp"

#include "boundary/account_actions.hpp"

namespace ppo::consent_calls {
namespace {
constexpr std::int64_t end_of_2100 = 4'133'980'800'000;
}  // namespace

Outcome set_consent(Instance& self, const ppo_caller* caller, ppo_text patient_id,
                    std::uint32_t consent, ppo_time until, ppo_account_state* state) {
    check_out(state, "state");
    if (consent > PPO_CONSENT_DO_NOT_MAIL)
        throw Misuse{PPO_MISUSE_VALUE, "consent", "There is no such consent."};
    ConsentSaid said{static_cast<Consent>(consent), {}};
    if (said.consent == Consent::Deferred) {
        if (until < 0 || until >= end_of_2100)
            throw Misuse{PPO_MISUSE_VALUE, "until", "until must be a moment before 2101."};
        said.until = from_milliseconds(until);
    }
    const auto set = change_consent(self, to_caller(caller), patient_id_of(patient_id), said);
    if (!set) return set.refusal();
    write_out(state, state_of(set->account, self.now()));
    return PPO_OK;
}
}  // namespace ppo::consent_calls

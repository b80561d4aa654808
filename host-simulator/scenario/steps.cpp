// SPDX-License-Identifier: Apache-2.0
#include "scenario/steps.hpp"

#include "scenario/step_failed.hpp"

#include <iterator>

namespace ppo_sim {
namespace {
std::vector<Step> all_steps() {
    std::vector<Step> all;
    for (auto steps : {practice_steps(), staff_steps(), batch_steps(), patient_steps(),
                       consent_steps(), record_steps(), expectations()})
        all.insert(all.end(), std::make_move_iterator(steps.begin()),
                   std::make_move_iterator(steps.end()));
    return all;
}
}  // namespace

const Step* find_step(const Line& line) {
    static const std::vector<Step> steps = all_steps();
    const Step* best = nullptr;
    for (const auto& step : steps)
        if (line.starts_with(step.words) &&
            (best == nullptr || step.words.size() > best->words.size()))
            best = &step;
    return best;
}

AccountView account_of(World& world, const std::string& patient_id) {
    AccountView account{};
    const Answer answer = world.plugin().get_account(auditor(), patient_id, account);
    if (!answer.good()) throw StepFailed{answer.message};
    return account;
}

Staff auditor() { return {"auditor", "Auditor", PPO_MAY_ONBOARD | PPO_MAY_READ_AUDIT, "scenario"}; }

std::string code_of(ppo_result result) {
    switch (result) {
    case PPO_REFUSED_LINK_UNKNOWN: return "refused_link_unknown";
    case PPO_REFUSED_LINK_USED: return "refused_link_used";
    case PPO_REFUSED_LINK_EXPIRED: return "refused_link_expired";
    case PPO_REFUSED_LINK_REPLACED: return "refused_link_replaced";
    case PPO_REFUSED_LINK_ACCESS_DISABLED: return "refused_link_access_disabled";
    case PPO_REFUSED_LINK_EMAIL_CHANGED: return "refused_link_email_changed";
    case PPO_REFUSED_LINK_CREDENTIALS_CHANGED: return "refused_link_credentials_changed";
    case PPO_REFUSED_LINK_WITHDRAWN: return "refused_link_withdrawn";
    case PPO_REFUSED_LINK_RESTORED: return "refused_link_restored";
    case PPO_REFUSED_USERNAME_TOO_SHORT: return "refused_username_too_short";
    case PPO_REFUSED_USERNAME_TOO_LONG: return "refused_username_too_long";
    case PPO_REFUSED_USERNAME_CHARACTERS: return "refused_username_characters";
    case PPO_REFUSED_USERNAME_RESERVED: return "refused_username_reserved";
    case PPO_REFUSED_USERNAME_TAKEN: return "refused_username_taken";
    case PPO_REFUSED_USERNAME_MISSING: return "refused_username_missing";
    case PPO_REFUSED_USERNAME_ON_FILE: return "refused_username_on_file";
    case PPO_OK: return "ok";
    default: return "result_" + std::to_string(result);
    }
}
}  // namespace ppo_sim

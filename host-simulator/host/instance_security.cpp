// SPDX-License-Identifier: Apache-2.0
// The slots of ppo.security/1, which a plugin need not offer.
#include "host/calls.hpp"
#include "host/instance.hpp"
#include "host/sinks.hpp"

namespace ppo_sim {
std::uint32_t Instance::fewest_password_characters() const {
    constexpr std::uint32_t usual = 8;
    if (plugin_.security() == nullptr) return usual;
    ppo_security_rules rules{};
    rules.struct_size = sizeof rules;
    const auto answer = ask(
        [&](ppo_error* error) { return plugin_.security()->get_rules(handle_, &rules, error); });
    return answer.good() ? rules.fewest_password_characters : usual;
}

Answer Instance::each_deviation(const Staff& staff, std::vector<Deviation>& out) const {
    if (plugin_.security() == nullptr) return {PPO_OK, "", "", "", 0};
    const auto sink = sink_behind<ppo_deviation_sink, ppo_deviation>(out);
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.security()->each_deviation(handle_, caller, &sink, error);
    });
}
}  // namespace ppo_sim

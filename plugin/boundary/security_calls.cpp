// SPDX-License-Identifier: Apache-2.0
#include "boundary/convert.hpp"
#include "boundary/guard.hpp"
#include "boundary/tables.hpp"
#include "domain/deviation.hpp"
#include "domain/password_rule.hpp"

namespace ppo {
namespace {
template <class Duration>
std::uint32_t whole(Duration duration) {
    return static_cast<std::uint32_t>(duration.count());
}

namespace calls {
Outcome get_rules(Instance& self, ppo_security_rules* rules) {
    if (rules == nullptr)
        throw Misuse{PPO_MISUSE_NULL, "rules", "The place for the rules is NULL."};
    check_out(rules, "rules");
    const Practice& practice = self.practice();
    ppo_security_rules out{};
    out.profile = practice.profile == Profile::Strict ? std::uint32_t{PPO_PROFILE_STRICT}
                                                      : std::uint32_t{PPO_PROFILE_STANDARD};
    out.fewest_password_characters = static_cast<std::uint32_t>(
        fewest_password_characters(practice.profile));
    out.most_password_characters = most_password_characters;
    out.first_link_minutes = whole(practice.first_link);
    out.reset_link_minutes = whole(practice.reset_link);
    out.requested_link_minutes = whole(practice.requested_link);
    out.staff_password_hours = practice.permanent_staff_passwords ? 0
                                                                  : whole(practice.staff_password);
    write_out(rules, out);
    return PPO_OK;
}

Outcome each_deviation(Instance& self, const ppo_caller* caller, const ppo_deviation_sink* sink) {
    check_sink(sink);
    if (!to_caller(caller).may(PPO_MAY_CHANGE_SETTINGS)) return Refusal::NotPermitted;
    const bool spanish = self.practice().language == "es";
    const HashCost cost = self.hash_cost();
    for (const auto& deviation : deviations(self.practice(), {cost.memory_kib, cost.passes})) {
        const ppo_deviation out{sizeof out,
                                0,
                                to_text(deviation.code),
                                to_text(deviation.setting),
                                to_text(spanish ? deviation.spanish : deviation.english),
                                to_text(deviation.rule)};
        if (!goes_on(sink->put(sink->context, &out))) return PPO_STOPPED;
    }
    return PPO_OK;
}
}  // namespace calls
}  // namespace

const ppo_security_1 security_table{sizeof security_table, 0, guard<calls::get_rules>,
                                    guard<calls::each_deviation>};
}  // namespace ppo

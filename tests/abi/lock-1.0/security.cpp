// SPDX-License-Identifier: Apache-2.0
// Locked with contract 1.0: this file never changes. What is appended later has a lock of its own.
#include "ppo/security.h"

#include <string_view>
#include <type_traits>

static_assert(std::string_view{PPO_SECURITY_1} == "ppo.security/1", "PPO_SECURITY_1");

static_assert(sizeof(ppo_security_rules) >= 32, "ppo_security_rules");
static_assert(offsetof(ppo_security_rules, struct_size) == 0, "ppo_security_rules.struct_size");
static_assert(std::is_same_v<decltype(ppo_security_rules::struct_size), uint32_t>,
              "ppo_security_rules.struct_size");
static_assert(offsetof(ppo_security_rules, profile) == 4, "ppo_security_rules.profile");
static_assert(std::is_same_v<decltype(ppo_security_rules::profile), uint32_t>,
              "ppo_security_rules.profile");
static_assert(offsetof(ppo_security_rules, fewest_password_characters) == 8,
              "ppo_security_rules.fewest_password_characters");
static_assert(std::is_same_v<decltype(ppo_security_rules::fewest_password_characters), uint32_t>,
              "ppo_security_rules.fewest_password_characters");
static_assert(offsetof(ppo_security_rules, most_password_characters) == 12,
              "ppo_security_rules.most_password_characters");
static_assert(std::is_same_v<decltype(ppo_security_rules::most_password_characters), uint32_t>,
              "ppo_security_rules.most_password_characters");
static_assert(offsetof(ppo_security_rules, first_link_minutes) == 16,
              "ppo_security_rules.first_link_minutes");
static_assert(std::is_same_v<decltype(ppo_security_rules::first_link_minutes), uint32_t>,
              "ppo_security_rules.first_link_minutes");
static_assert(offsetof(ppo_security_rules, reset_link_minutes) == 20,
              "ppo_security_rules.reset_link_minutes");
static_assert(std::is_same_v<decltype(ppo_security_rules::reset_link_minutes), uint32_t>,
              "ppo_security_rules.reset_link_minutes");
static_assert(offsetof(ppo_security_rules, requested_link_minutes) == 24,
              "ppo_security_rules.requested_link_minutes");
static_assert(std::is_same_v<decltype(ppo_security_rules::requested_link_minutes), uint32_t>,
              "ppo_security_rules.requested_link_minutes");
static_assert(offsetof(ppo_security_rules, staff_password_hours) == 28,
              "ppo_security_rules.staff_password_hours");
static_assert(std::is_same_v<decltype(ppo_security_rules::staff_password_hours), uint32_t>,
              "ppo_security_rules.staff_password_hours");

static_assert(sizeof(ppo_deviation) >= 72, "ppo_deviation");
static_assert(offsetof(ppo_deviation, struct_size) == 0, "ppo_deviation.struct_size");
static_assert(std::is_same_v<decltype(ppo_deviation::struct_size), uint32_t>,
              "ppo_deviation.struct_size");
static_assert(offsetof(ppo_deviation, reserved) == 4, "ppo_deviation.reserved");
static_assert(std::is_same_v<decltype(ppo_deviation::reserved), uint32_t>,
              "ppo_deviation.reserved");
static_assert(offsetof(ppo_deviation, code) == 8, "ppo_deviation.code");
static_assert(std::is_same_v<decltype(ppo_deviation::code), ppo_text>, "ppo_deviation.code");
static_assert(offsetof(ppo_deviation, setting) == 24, "ppo_deviation.setting");
static_assert(std::is_same_v<decltype(ppo_deviation::setting), ppo_text>, "ppo_deviation.setting");
static_assert(offsetof(ppo_deviation, sentence) == 40, "ppo_deviation.sentence");
static_assert(std::is_same_v<decltype(ppo_deviation::sentence), ppo_text>,
              "ppo_deviation.sentence");
static_assert(offsetof(ppo_deviation, rule) == 56, "ppo_deviation.rule");
static_assert(std::is_same_v<decltype(ppo_deviation::rule), ppo_text>, "ppo_deviation.rule");

static_assert(sizeof(ppo_deviation_sink) == 16, "ppo_deviation_sink");
static_assert(offsetof(ppo_deviation_sink, context) == 0, "ppo_deviation_sink.context");
static_assert(std::is_same_v<decltype(ppo_deviation_sink::context), void*>,
              "ppo_deviation_sink.context");
static_assert(offsetof(ppo_deviation_sink, put) == 8, "ppo_deviation_sink.put");
static_assert(std::is_same_v<decltype(ppo_deviation_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const ppo_deviation* deviation)>,
              "ppo_deviation_sink.put");

static_assert(sizeof(ppo_security_1) >= 24, "ppo_security_1");
static_assert(offsetof(ppo_security_1, struct_size) == 0, "ppo_security_1.struct_size");
static_assert(std::is_same_v<decltype(ppo_security_1::struct_size), uint32_t>,
              "ppo_security_1.struct_size");
static_assert(offsetof(ppo_security_1, reserved) == 4, "ppo_security_1.reserved");
static_assert(std::is_same_v<decltype(ppo_security_1::reserved), uint32_t>,
              "ppo_security_1.reserved");
static_assert(offsetof(ppo_security_1, get_rules) == 8, "ppo_security_1.get_rules");
static_assert(std::is_same_v<decltype(ppo_security_1::get_rules),
                             ppo_result(PPO_CALL*)(ppo_instance* self, ppo_security_rules* rules,
                                                   ppo_error* error)>,
              "ppo_security_1.get_rules");
static_assert(offsetof(ppo_security_1, each_deviation) == 16, "ppo_security_1.each_deviation");
static_assert(
    std::is_same_v<decltype(ppo_security_1::each_deviation),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         const ppo_deviation_sink* sink, ppo_error* error)>,
    "ppo_security_1.each_deviation");

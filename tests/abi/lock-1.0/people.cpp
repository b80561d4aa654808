// SPDX-License-Identifier: Apache-2.0
// Locked with contract 1.0: this file never changes. What is appended later has a lock of its own.
#include "ppo/people.h"

#include <string_view>
#include <type_traits>

static_assert(PPO_MAY_ONBOARD == 1, "PPO_MAY_ONBOARD");
static_assert(PPO_MAY_SET_PASSWORD == 2, "PPO_MAY_SET_PASSWORD");
static_assert(PPO_MAY_READ_AUDIT == 4, "PPO_MAY_READ_AUDIT");
static_assert(PPO_MAY_CHANGE_SETTINGS == 8, "PPO_MAY_CHANGE_SETTINGS");
static_assert(PPO_STATUS_NOT_ENABLED == 1, "PPO_STATUS_NOT_ENABLED");
static_assert(PPO_STATUS_NOT_INVITED == 2, "PPO_STATUS_NOT_INVITED");
static_assert(PPO_STATUS_INVITED == 3, "PPO_STATUS_INVITED");
static_assert(PPO_STATUS_SIGNED_IN == 4, "PPO_STATUS_SIGNED_IN");
static_assert(PPO_CONSENT_NONE == 0, "PPO_CONSENT_NONE");
static_assert(PPO_CONSENT_DECLINED == 1, "PPO_CONSENT_DECLINED");
static_assert(PPO_CONSENT_DEFERRED == 2, "PPO_CONSENT_DEFERRED");
static_assert(PPO_CONSENT_DO_NOT_MAIL == 3, "PPO_CONSENT_DO_NOT_MAIL");
static_assert(PPO_MARK_NO_EMAIL == 1, "PPO_MARK_NO_EMAIL");
static_assert(PPO_MARK_INVALID_EMAIL == 2, "PPO_MARK_INVALID_EMAIL");
static_assert(PPO_MARK_NO_POSTAL_CODE == 4, "PPO_MARK_NO_POSTAL_CODE");
static_assert(PPO_MARK_DECEASED == 8, "PPO_MARK_DECEASED");
static_assert(PPO_MARK_INACTIVE == 16, "PPO_MARK_INACTIVE");
static_assert(PPO_MARK_LINK_EXPIRED == 32, "PPO_MARK_LINK_EXPIRED");
static_assert(PPO_MARK_QUEUED == 64, "PPO_MARK_QUEUED");
static_assert(PPO_MARK_DEFERRED == 128, "PPO_MARK_DEFERRED");
static_assert(PPO_MARK_FAILED == 256, "PPO_MARK_FAILED");
static_assert(PPO_MARK_BOUNCED == 512, "PPO_MARK_BOUNCED");
static_assert(PPO_MARK_OUTCOME_UNKNOWN == 1024, "PPO_MARK_OUTCOME_UNKNOWN");
static_assert(PPO_MARK_ADDRESS_CHANGED == 2048, "PPO_MARK_ADDRESS_CHANGED");
static_assert(PPO_MARK_PASSWORD_SET_BY_STAFF == 4096, "PPO_MARK_PASSWORD_SET_BY_STAFF");
static_assert(PPO_MARK_MUST_CHANGE_PASSWORD == 8192, "PPO_MARK_MUST_CHANGE_PASSWORD");
static_assert(PPO_MARK_LOCKED == 16384, "PPO_MARK_LOCKED");
static_assert(PPO_MARK_OPTED_OUT == 32768, "PPO_MARK_OPTED_OUT");

static_assert(sizeof(ppo_caller) >= 56, "ppo_caller");
static_assert(offsetof(ppo_caller, struct_size) == 0, "ppo_caller.struct_size");
static_assert(std::is_same_v<decltype(ppo_caller::struct_size), uint32_t>,
              "ppo_caller.struct_size");
static_assert(offsetof(ppo_caller, permissions) == 4, "ppo_caller.permissions");
static_assert(std::is_same_v<decltype(ppo_caller::permissions), uint32_t>,
              "ppo_caller.permissions");
static_assert(offsetof(ppo_caller, staff_id) == 8, "ppo_caller.staff_id");
static_assert(std::is_same_v<decltype(ppo_caller::staff_id), ppo_text>, "ppo_caller.staff_id");
static_assert(offsetof(ppo_caller, name) == 24, "ppo_caller.name");
static_assert(std::is_same_v<decltype(ppo_caller::name), ppo_text>, "ppo_caller.name");
static_assert(offsetof(ppo_caller, from) == 40, "ppo_caller.from");
static_assert(std::is_same_v<decltype(ppo_caller::from), ppo_text>, "ppo_caller.from");

static_assert(sizeof(ppo_visitor) >= 56, "ppo_visitor");
static_assert(offsetof(ppo_visitor, struct_size) == 0, "ppo_visitor.struct_size");
static_assert(std::is_same_v<decltype(ppo_visitor::struct_size), uint32_t>,
              "ppo_visitor.struct_size");
static_assert(offsetof(ppo_visitor, flags) == 4, "ppo_visitor.flags");
static_assert(std::is_same_v<decltype(ppo_visitor::flags), uint32_t>, "ppo_visitor.flags");
static_assert(offsetof(ppo_visitor, from) == 8, "ppo_visitor.from");
static_assert(std::is_same_v<decltype(ppo_visitor::from), ppo_text>, "ppo_visitor.from");
static_assert(offsetof(ppo_visitor, user_agent) == 24, "ppo_visitor.user_agent");
static_assert(std::is_same_v<decltype(ppo_visitor::user_agent), ppo_text>,
              "ppo_visitor.user_agent");
static_assert(offsetof(ppo_visitor, language) == 40, "ppo_visitor.language");
static_assert(std::is_same_v<decltype(ppo_visitor::language), ppo_text>, "ppo_visitor.language");

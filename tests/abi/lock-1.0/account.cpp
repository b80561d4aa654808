// SPDX-License-Identifier: Apache-2.0
// Locked with contract 1.0: this file never changes. What is appended later has a lock of its own.
#include "ppo/account.h"

#include <string_view>
#include <type_traits>

static_assert(PPO_MAIL_QUEUED == 1, "PPO_MAIL_QUEUED");
static_assert(PPO_MAIL_SENT == 2, "PPO_MAIL_SENT");
static_assert(PPO_MAIL_DEFERRED == 3, "PPO_MAIL_DEFERRED");
static_assert(PPO_MAIL_FAILED == 4, "PPO_MAIL_FAILED");
static_assert(PPO_MAIL_UNKNOWN == 5, "PPO_MAIL_UNKNOWN");
static_assert(PPO_MAIL_CANCELLED == 6, "PPO_MAIL_CANCELLED");
static_assert(PPO_MAIL_BOUNCED == 7, "PPO_MAIL_BOUNCED");
static_assert(PPO_MAIL_SENDING == 8, "PPO_MAIL_SENDING");
static_assert(PPO_ACCOUNT_ACCESS_ENABLED == 1, "PPO_ACCOUNT_ACCESS_ENABLED");
static_assert(PPO_ACCOUNT_HAS_PASSWORD == 2, "PPO_ACCOUNT_HAS_PASSWORD");

static_assert(sizeof(ppo_reason) >= 72, "ppo_reason");
static_assert(offsetof(ppo_reason, struct_size) == 0, "ppo_reason.struct_size");
static_assert(std::is_same_v<decltype(ppo_reason::struct_size), uint32_t>,
              "ppo_reason.struct_size");
static_assert(offsetof(ppo_reason, reserved) == 4, "ppo_reason.reserved");
static_assert(std::is_same_v<decltype(ppo_reason::reserved), uint32_t>, "ppo_reason.reserved");
static_assert(offsetof(ppo_reason, code) == 8, "ppo_reason.code");
static_assert(std::is_same_v<decltype(ppo_reason::code), ppo_text>, "ppo_reason.code");
static_assert(offsetof(ppo_reason, sentence) == 24, "ppo_reason.sentence");
static_assert(std::is_same_v<decltype(ppo_reason::sentence), ppo_text>, "ppo_reason.sentence");
static_assert(offsetof(ppo_reason, action_id) == 40, "ppo_reason.action_id");
static_assert(std::is_same_v<decltype(ppo_reason::action_id), ppo_text>, "ppo_reason.action_id");
static_assert(offsetof(ppo_reason, action_label) == 56, "ppo_reason.action_label");
static_assert(std::is_same_v<decltype(ppo_reason::action_label), ppo_text>,
              "ppo_reason.action_label");

static_assert(sizeof(ppo_account) >= 168, "ppo_account");
static_assert(offsetof(ppo_account, struct_size) == 0, "ppo_account.struct_size");
static_assert(std::is_same_v<decltype(ppo_account::struct_size), uint32_t>,
              "ppo_account.struct_size");
static_assert(offsetof(ppo_account, status) == 4, "ppo_account.status");
static_assert(std::is_same_v<decltype(ppo_account::status), uint32_t>, "ppo_account.status");
static_assert(offsetof(ppo_account, marks) == 8, "ppo_account.marks");
static_assert(std::is_same_v<decltype(ppo_account::marks), uint64_t>, "ppo_account.marks");
static_assert(offsetof(ppo_account, flags) == 16, "ppo_account.flags");
static_assert(std::is_same_v<decltype(ppo_account::flags), uint32_t>, "ppo_account.flags");
static_assert(offsetof(ppo_account, mail_state) == 20, "ppo_account.mail_state");
static_assert(std::is_same_v<decltype(ppo_account::mail_state), uint32_t>,
              "ppo_account.mail_state");
static_assert(offsetof(ppo_account, patient_id) == 24, "ppo_account.patient_id");
static_assert(std::is_same_v<decltype(ppo_account::patient_id), ppo_text>,
              "ppo_account.patient_id");
static_assert(offsetof(ppo_account, username) == 40, "ppo_account.username");
static_assert(std::is_same_v<decltype(ppo_account::username), ppo_text>, "ppo_account.username");
static_assert(offsetof(ppo_account, email) == 56, "ppo_account.email");
static_assert(std::is_same_v<decltype(ppo_account::email), ppo_text>, "ppo_account.email");
static_assert(offsetof(ppo_account, mail_reason) == 72, "ppo_account.mail_reason");
static_assert(std::is_same_v<decltype(ppo_account::mail_reason), ppo_text>,
              "ppo_account.mail_reason");
static_assert(offsetof(ppo_account, last_invited_at) == 88, "ppo_account.last_invited_at");
static_assert(std::is_same_v<decltype(ppo_account::last_invited_at), ppo_time>,
              "ppo_account.last_invited_at");
static_assert(offsetof(ppo_account, link_expires_at) == 96, "ppo_account.link_expires_at");
static_assert(std::is_same_v<decltype(ppo_account::link_expires_at), ppo_time>,
              "ppo_account.link_expires_at");
static_assert(offsetof(ppo_account, next_try_at) == 104, "ppo_account.next_try_at");
static_assert(std::is_same_v<decltype(ppo_account::next_try_at), ppo_time>,
              "ppo_account.next_try_at");
static_assert(offsetof(ppo_account, first_signed_in_at) == 112, "ppo_account.first_signed_in_at");
static_assert(std::is_same_v<decltype(ppo_account::first_signed_in_at), ppo_time>,
              "ppo_account.first_signed_in_at");
static_assert(offsetof(ppo_account, last_signed_in_at) == 120, "ppo_account.last_signed_in_at");
static_assert(std::is_same_v<decltype(ppo_account::last_signed_in_at), ppo_time>,
              "ppo_account.last_signed_in_at");
static_assert(offsetof(ppo_account, why) == 128, "ppo_account.why");
static_assert(std::is_same_v<decltype(ppo_account::why), const ppo_reason* const*>,
              "ppo_account.why");
static_assert(offsetof(ppo_account, why_count) == 136, "ppo_account.why_count");
static_assert(std::is_same_v<decltype(ppo_account::why_count), uint64_t>, "ppo_account.why_count");
static_assert(offsetof(ppo_account, password_lapses_at) == 144, "ppo_account.password_lapses_at");
static_assert(std::is_same_v<decltype(ppo_account::password_lapses_at), ppo_time>,
              "ppo_account.password_lapses_at");
static_assert(offsetof(ppo_account, consent) == 152, "ppo_account.consent");
static_assert(std::is_same_v<decltype(ppo_account::consent), uint32_t>, "ppo_account.consent");
static_assert(offsetof(ppo_account, reserved) == 156, "ppo_account.reserved");
static_assert(std::is_same_v<decltype(ppo_account::reserved), uint32_t>, "ppo_account.reserved");
static_assert(offsetof(ppo_account, consent_until) == 160, "ppo_account.consent_until");
static_assert(std::is_same_v<decltype(ppo_account::consent_until), ppo_time>,
              "ppo_account.consent_until");

static_assert(sizeof(ppo_account_sink) == 16, "ppo_account_sink");
static_assert(offsetof(ppo_account_sink, context) == 0, "ppo_account_sink.context");
static_assert(std::is_same_v<decltype(ppo_account_sink::context), void*>,
              "ppo_account_sink.context");
static_assert(offsetof(ppo_account_sink, put) == 8, "ppo_account_sink.put");
static_assert(std::is_same_v<decltype(ppo_account_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const ppo_account* account)>,
              "ppo_account_sink.put");

static_assert(sizeof(ppo_account_state) >= 16, "ppo_account_state");
static_assert(offsetof(ppo_account_state, struct_size) == 0, "ppo_account_state.struct_size");
static_assert(std::is_same_v<decltype(ppo_account_state::struct_size), uint32_t>,
              "ppo_account_state.struct_size");
static_assert(offsetof(ppo_account_state, status) == 4, "ppo_account_state.status");
static_assert(std::is_same_v<decltype(ppo_account_state::status), uint32_t>,
              "ppo_account_state.status");
static_assert(offsetof(ppo_account_state, marks) == 8, "ppo_account_state.marks");
static_assert(std::is_same_v<decltype(ppo_account_state::marks), uint64_t>,
              "ppo_account_state.marks");

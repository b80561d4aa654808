// SPDX-License-Identifier: Apache-2.0
// Locked with contract 1.0: this file never changes. What is appended later has a lock of its own.
#include "ppo/username.h"

#include <string_view>
#include <type_traits>

static_assert(sizeof(ppo_username_verdict) >= 40, "ppo_username_verdict");
static_assert(offsetof(ppo_username_verdict, struct_size) == 0, "ppo_username_verdict.struct_size");
static_assert(std::is_same_v<decltype(ppo_username_verdict::struct_size), uint32_t>,
              "ppo_username_verdict.struct_size");
static_assert(offsetof(ppo_username_verdict, verdict) == 4, "ppo_username_verdict.verdict");
static_assert(std::is_same_v<decltype(ppo_username_verdict::verdict), ppo_result>,
              "ppo_username_verdict.verdict");
static_assert(offsetof(ppo_username_verdict, sentence) == 8, "ppo_username_verdict.sentence");
static_assert(std::is_same_v<decltype(ppo_username_verdict::sentence), ppo_text>,
              "ppo_username_verdict.sentence");
static_assert(offsetof(ppo_username_verdict, suggestions) == 24,
              "ppo_username_verdict.suggestions");
static_assert(std::is_same_v<decltype(ppo_username_verdict::suggestions), const ppo_text*>,
              "ppo_username_verdict.suggestions");
static_assert(offsetof(ppo_username_verdict, suggestion_count) == 32,
              "ppo_username_verdict.suggestion_count");
static_assert(std::is_same_v<decltype(ppo_username_verdict::suggestion_count), uint64_t>,
              "ppo_username_verdict.suggestion_count");

static_assert(sizeof(ppo_username_verdict_sink) == 16, "ppo_username_verdict_sink");
static_assert(offsetof(ppo_username_verdict_sink, context) == 0,
              "ppo_username_verdict_sink.context");
static_assert(std::is_same_v<decltype(ppo_username_verdict_sink::context), void*>,
              "ppo_username_verdict_sink.context");
static_assert(offsetof(ppo_username_verdict_sink, put) == 8, "ppo_username_verdict_sink.put");
static_assert(
    std::is_same_v<decltype(ppo_username_verdict_sink::put),
                   ppo_result(PPO_CALL*)(void* context, const ppo_username_verdict* verdict)>,
    "ppo_username_verdict_sink.put");

// SPDX-License-Identifier: Apache-2.0
// Locked with contract 1.0: this file never changes. What is appended later has a lock of its own.
#include "ppo/base.h"

#include <string_view>
#include <type_traits>

static_assert(PPO_ABI_MAJOR == 1, "PPO_ABI_MAJOR");
static_assert(PPO_TIME_NONE == INT64_MIN, "PPO_TIME_NONE");

static_assert(sizeof(ppo_text) == 16, "ppo_text");
static_assert(offsetof(ppo_text, data) == 0, "ppo_text.data");
static_assert(std::is_same_v<decltype(ppo_text::data), const char*>, "ppo_text.data");
static_assert(offsetof(ppo_text, size) == 8, "ppo_text.size");
static_assert(std::is_same_v<decltype(ppo_text::size), size_t>, "ppo_text.size");

static_assert(sizeof(ppo_text_sink) == 16, "ppo_text_sink");
static_assert(offsetof(ppo_text_sink, context) == 0, "ppo_text_sink.context");
static_assert(std::is_same_v<decltype(ppo_text_sink::context), void*>, "ppo_text_sink.context");
static_assert(offsetof(ppo_text_sink, put) == 8, "ppo_text_sink.put");
static_assert(std::is_same_v<decltype(ppo_text_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const char* data, size_t size)>,
              "ppo_text_sink.put");

static_assert(sizeof(ppo_error) >= 512, "ppo_error");
static_assert(offsetof(ppo_error, struct_size) == 0, "ppo_error.struct_size");
static_assert(std::is_same_v<decltype(ppo_error::struct_size), uint32_t>, "ppo_error.struct_size");
static_assert(offsetof(ppo_error, result) == 4, "ppo_error.result");
static_assert(std::is_same_v<decltype(ppo_error::result), ppo_result>, "ppo_error.result");
static_assert(offsetof(ppo_error, retry_after_ms) == 8, "ppo_error.retry_after_ms");
static_assert(std::is_same_v<decltype(ppo_error::retry_after_ms), int64_t>,
              "ppo_error.retry_after_ms");
static_assert(offsetof(ppo_error, code) == 16, "ppo_error.code");
static_assert(std::is_same_v<decltype(ppo_error::code), char[48]>, "ppo_error.code");
static_assert(offsetof(ppo_error, field) == 64, "ppo_error.field");
static_assert(std::is_same_v<decltype(ppo_error::field), char[48]>, "ppo_error.field");
static_assert(offsetof(ppo_error, message) == 112, "ppo_error.message");
static_assert(std::is_same_v<decltype(ppo_error::message), char[400]>, "ppo_error.message");

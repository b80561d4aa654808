// SPDX-License-Identifier: Apache-2.0
// Locked with contract 1.0: this file never changes. What is appended later has a lock of its own.
#include "ppo/store.h"

#include <string_view>
#include <type_traits>

static_assert(std::string_view{PPO_STORE_1} == "ppo.store/1", "PPO_STORE_1");

static_assert(sizeof(ppo_store_1) >= 24, "ppo_store_1");
static_assert(offsetof(ppo_store_1, struct_size) == 0, "ppo_store_1.struct_size");
static_assert(std::is_same_v<decltype(ppo_store_1::struct_size), uint32_t>,
              "ppo_store_1.struct_size");
static_assert(offsetof(ppo_store_1, reserved) == 4, "ppo_store_1.reserved");
static_assert(std::is_same_v<decltype(ppo_store_1::reserved), uint32_t>, "ppo_store_1.reserved");
static_assert(offsetof(ppo_store_1, back_up) == 8, "ppo_store_1.back_up");
static_assert(
    std::is_same_v<decltype(ppo_store_1::back_up),
                   ppo_result(PPO_CALL*)(ppo_instance* self, ppo_text path, ppo_error* error)>,
    "ppo_store_1.back_up");
static_assert(offsetof(ppo_store_1, move) == 16, "ppo_store_1.move");
static_assert(std::is_same_v<decltype(ppo_store_1::move),
                             ppo_result(PPO_CALL*)(ppo_instance* self, ppo_text to,
                                                   const ppo_text_sink* told, ppo_error* error)>,
              "ppo_store_1.move");

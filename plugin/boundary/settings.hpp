// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/host.hpp"
#include "credentials/password_hash.hpp"
#include "domain/practice.hpp"
#include "mail/transport.hpp"
#include "ppo/plugin.h"

#include <cstdint>
#include <memory>
#include <string>

namespace ppo {
/// What `create` was told, checked.
struct Settings {
    Practice practice{};
    HashCost cost{};
    std::string store{};
    std::string practice_id{};  // Empty: the only one.
    std::string key_file{};
    /// How the files that this machine keeps for the store begin.
    std::string local_prefix{};
    std::int64_t restore_generation = 0;
    bool own_thread = false;
    bool first_sync = true;
};

/// Throws Misuse (PPO_MISUSE_SETTING) naming the member that cannot be.
[[nodiscard]] Settings to_settings(const ppo_settings* settings);

/// The transport that the settings name. Throws Misuse as above.
[[nodiscard]] std::unique_ptr<Transport> to_transport(const ppo_settings& settings,
                                                      const Host& host);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/host.hpp"
#include "boundary/settings.hpp"
#include "store/keyring.hpp"

namespace ppo {
/// The host's keys, or those of the key file if the host has none to give. Only a new store gets a
/// new key file. Throws HostFault, StoreFault.
[[nodiscard]] Keyring keys_for(const Host& host, const Settings& settings);
}  // namespace ppo

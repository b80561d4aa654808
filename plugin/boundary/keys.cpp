// SPDX-License-Identifier: Apache-2.0
#include "boundary/keys.hpp"

#include "store/database.hpp"
#include "store/key_file.hpp"

namespace ppo {
Keyring keys_for(const Host& host, const Settings& settings) {
    auto keys = host.keys();
    if (!keys.empty()) return Keyring{std::move(keys)};
    // A store that has been written needs the keys it was written with; only a new one gets new
    // keys.
    const bool may_make = !was_written(settings.store, settings.practice_id);
    return Keyring{read_key_file(settings.key_file, may_make)};
}
}  // namespace ppo

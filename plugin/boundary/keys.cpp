// SPDX-License-Identifier: Apache-2.0
#include "boundary/keys.hpp"

#include "store/key_file.hpp"

#include <filesystem>

namespace ppo {
Keyring keys_for(const Host& host, const Settings& settings) {
    auto keys = host.keys();
    if (!keys.empty()) return Keyring{std::move(keys)};
    // A store that has been written needs the keys it was written with; only a new one gets new
    // keys.
    std::error_code error;
    const auto size = std::filesystem::file_size(settings.store, error);
    return Keyring{read_key_file(settings.key_file, error || size == 0)};
}
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/keyring.hpp"

#include <string>
#include <vector>

namespace ppo {
/// Reads the root keys from a file of lines "id hex"; the first is the writing one. `may_make`: an
/// absent file is made with mode 0600 and one random key; otherwise its absence is a fault, because
/// new keys would open nothing. Throws StoreFault Keys, naming the file and the mend; also if
/// others can read the file.
[[nodiscard]] std::vector<RootKey> read_key_file(const std::string& path, bool may_make);
}  // namespace ppo

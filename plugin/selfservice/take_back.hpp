// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/account.hpp"
#include "domain/actor.hpp"
#include "domain/unix_time.hpp"

#include <vector>

namespace ppo {
class Transaction;

/// Whoever asks for a way in takes back that none was wanted, or not yet. Not that nothing is to be
/// mailed: these four facts are known to others too.
/// `people` are as they stand afterwards.
void take_back_no(Transaction& transaction, std::vector<Account>& people, const Actor& actor,
                  UnixTime now);
}  // namespace ppo

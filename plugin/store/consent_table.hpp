// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/account.hpp"
#include "domain/consent.hpp"

namespace ppo {
class Transaction;

/// Takes over what the patient said; false if that stands there already. Where no invitation is
/// wanted by it now, the open link dies, and with it the mail that has not left and the reminder.
/// The row is up to date afterwards. The account is as it stands in this transaction.
[[nodiscard]] bool put_consent(Transaction& transaction, const Account& account,
                               const ConsentSaid& said, UnixTime now);
}  // namespace ppo

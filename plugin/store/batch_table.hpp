// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/batch.hpp"
#include "store/outbox_table.hpp"

namespace ppo {
class Transaction;

/// What became of one place of a batch, when its mail was settled.
void put_batch_outcome(Transaction& transaction, const BatchPlace& place, MailState state);
}  // namespace ppo

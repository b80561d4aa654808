// SPDX-License-Identifier: Apache-2.0
#include "invitations/batch.hpp"

namespace ppo {
bool advance_batches(Database&, const Practice&, const RefreshPatients&, UnixTime) { return false; }
}  // namespace ppo

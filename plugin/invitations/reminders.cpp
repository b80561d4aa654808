// SPDX-License-Identifier: Apache-2.0
#include "invitations/reminders.hpp"

namespace ppo {
bool queue_reminders(Database&, const Practice&, UnixTime) { return false; }
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/delivery_report.hpp"
#include "domain/result.hpp"
#include "domain/unix_time.hpp"

namespace ppo {
class Database;

/// A mail came back: whoever it invited is marked bounced with the reason, unless a newer mail
/// invites them. Reports of delay or success change nothing; neither does one that came before.
/// Refused: UnknownMail.
Result<Done> take_delivery_report(Database& database, const DeliveryReport& report, UnixTime now);
}  // namespace ppo

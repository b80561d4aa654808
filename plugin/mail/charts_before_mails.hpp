// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/refresh_patients.hpp"
#include "domain/unix_time.hpp"
#include "mail/group_sender.hpp"

#include <exception>
#include <vector>

namespace ppo {
/// Charts were read when the mails were queued. Of mails that have waited for more than a minute
/// since, they are read again before these leave; a mail whose chart, or the whole directory,
/// cannot be read is marked: nobody is mailed on the strength of an old one. Returns what failed,
/// if anything did; throws StoreFault. Without `refresh` nothing is read.
[[nodiscard]] std::exception_ptr read_charts_again(std::vector<MailInHand>& mails, UnixTime now,
                                                   const RefreshPatients& refresh);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/refresh_patients.hpp"
#include "domain/unix_time.hpp"
#include "mail/group_sender.hpp"

#include <cstddef>
#include <exception>
#include <vector>

namespace ppo {
/// Charts were read when the mails were queued. Of mails that have waited for more than a minute
/// since, they are read again before these leave, a few at a time: the mails are leased meanwhile.
/// A mail whose chart cannot be read is marked, so that nobody is mailed on the strength of an old
/// one; once the directory itself fails, all that waited are, without asking again.
class ChartsBeforeMails {
public:
    /// Without `refresh` nothing is read.
    ChartsBeforeMails(std::vector<MailInHand>& mails, UnixTime now, const RefreshPatients& refresh)
        : mails_{mails}, now_{now}, refresh_{refresh} {}

    /// Reads charts for a few mails more; returns how many mails, the first ones, may be begun now.
    /// Throws StoreFault.
    std::size_t read_on();

    /// What failed; nothing if the directory answered.
    [[nodiscard]] std::exception_ptr failure() const { return failure_; }

private:
    [[nodiscard]] bool has_waited(const MailInHand& item) const;
    void read(std::size_t first, std::size_t last);

    std::vector<MailInHand>& mails_;
    UnixTime now_;
    const RefreshPatients& refresh_;
    std::size_t ready_ = 0;
    std::exception_ptr failure_{};
};
}  // namespace ppo

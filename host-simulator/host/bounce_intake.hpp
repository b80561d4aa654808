// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/answer.hpp"
#include "host/maildir.hpp"

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>

namespace ppo_sim {
/// What became of the mails in a Maildir of bounces.
struct BounceIntake {
    std::uint64_t taken = 0;  // Delivery reports about mails of ours.
    std::uint64_t
        set_aside = 0;       // Anything else: too long, no report, about a mail we do not know.
    std::uint64_t left = 0;  // Where the plugin had a fault: they are tried again.
};

/// Gives a report to the plugin, as Instance::take_delivery_report does.
using TakeReport = std::function<Answer(const std::string& report)>;

/// Gives every new mail to the plugin and moves those that need no second look to `cur`.
[[nodiscard]] BounceIntake take_bounces(const Maildir& maildir, const TakeReport& take);

/// One line if there is something that somebody should look at: numbers only, because whose mail
/// came back is nothing for a log.
void tell(const BounceIntake& intake, std::ostream& log);
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "host/bounce_intake.hpp"

#include <ostream>

namespace ppo_sim {
namespace {
constexpr std::size_t longest_report = 1024 * 1024;  // More the contract does not take.

bool is_fault(const Answer& answer) { return !answer.good() && !answer.refused(); }
}  // namespace

BounceIntake take_bounces(const Maildir& maildir, const TakeReport& take) {
    BounceIntake intake{};
    for (const auto& name : maildir.waiting()) {
        const auto report = maildir.read(name, longest_report);
        const bool readable = report && !report->empty();
        const Answer answer = readable ? take(*report) : Answer{};
        if (readable && is_fault(answer)) {
            ++intake.left;
            continue;
        }
        ++(answer.good() ? intake.taken : intake.set_aside);
        maildir.mark_seen(name);
    }
    return intake;
}

void tell(const BounceIntake& intake, std::ostream& log) {
    if (intake.set_aside > 0)
        log << "Bounces: " + std::to_string(intake.set_aside) +
                   " set aside, no delivery reports about mails of ours\n";
    if (intake.left > 0)
        log << "Bounces: " + std::to_string(intake.left) + " not taken yet, tried again\n";
}
}  // namespace ppo_sim

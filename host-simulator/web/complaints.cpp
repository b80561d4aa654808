// SPDX-License-Identifier: Apache-2.0
#include "web/complaints.hpp"

#include <ostream>

namespace ppo_sim {
void Complaints::say(const std::string& sentence, Time now) {
    const std::lock_guard lock{lock_};
    auto& said = said_[sentence];
    said.last = now;
    if (++said.times == 1) out_ << sentence + "\n" << std::flush;
}

void Complaints::works_again(const std::string& said, const std::string& sentence) {
    const std::lock_guard lock{lock_};
    said_.erase(said);
    out_ << sentence + "\n" << std::flush;
}

void Complaints::forget_old(Time now) {
    const std::lock_guard lock{lock_};
    for (auto said = said_.begin(); said != said_.end();) {
        const auto& [sentence, what] = *said;
        if (now - what.last < quiet) {
            ++said;
            continue;
        }
        if (what.times > 1)
            out_ << "That was said " + std::to_string(what.times) +
                        " times, and for a minute no more: " + sentence + "\n"
                 << std::flush;
        said = said_.erase(said);
    }
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hl7/message.hpp"

#include <ppo/ppo.h>

#include <optional>
#include <string>

namespace ppo_sim {
/// What a message is answered with: AA, or the problem's AE or AR.
struct Hl7Answer {
    std::optional<Hl7Problem> problem{};
    bool repeated = false;  // It was done before, and nothing was done now.

    [[nodiscard]] bool accepted() const { return !problem; }
};

/// The ACK message, whose segments end in CR: to the sender, about its control id, with an ERR
/// segment for a problem. It holds no value of a patient. `message` may be one that could not be
/// read.
[[nodiscard]] std::string acknowledge(const Hl7Message& message, const Hl7Answer& answer,
                                      ppo_time now);
}  // namespace ppo_sim

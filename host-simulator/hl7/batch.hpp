// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace ppo_sim {
/// The messages of a file: one or several behind each other, perhaps between the segments of a
/// batch (FHS, BHS, BTS, FTS), perhaps with the framing bytes of MLLP.
struct Hl7Batch {
    std::vector<std::string> messages{};
    bool complete = false;   // It ends where a segment ends, and every batch that begins ends too.
    std::string unusable{};  // Why nothing of it is a message; usually empty.
};

[[nodiscard]] Hl7Batch split_hl7(const std::string& content);
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "host/plugin_values.hpp"

#include <array>

namespace ppo_sim {
std::string colour_of(std::uint32_t status) {
    switch (status) {
    case PPO_STATUS_NOT_ENABLED: return "RED";
    case PPO_STATUS_NOT_INVITED: return "GRAY";
    case PPO_STATUS_INVITED: return "ORANGE";
    case PPO_STATUS_SIGNED_IN: return "GREEN";
    default: return "?";
    }
}

std::string word_of(std::uint32_t status) {
    switch (status) {
    case PPO_STATUS_NOT_ENABLED: return "Not enabled";
    case PPO_STATUS_NOT_INVITED: return "Not invited";
    case PPO_STATUS_INVITED: return "Invited";
    case PPO_STATUS_SIGNED_IN: return "Signed in";
    default: return "?";
    }
}

std::vector<std::string> words_of_marks(std::uint64_t marks) {
    static constexpr std::array<const char*, 16> words{"no e-mail",
                                                       "invalid e-mail",
                                                       "no ZIP",
                                                       "deceased",
                                                       "inactive",
                                                       "link expired",
                                                       "queued",
                                                       "deferred",
                                                       "failed",
                                                       "bounced",
                                                       "outcome unknown",
                                                       "address changed",
                                                       "password set by staff",
                                                       "must change password",
                                                       "locked",
                                                       "opted out"};
    std::vector<std::string> found;
    for (std::size_t bit = 0; bit < words.size(); ++bit)
        if ((marks >> bit & 1U) != 0) found.emplace_back(words[bit]);
    return found;
}
}  // namespace ppo_sim

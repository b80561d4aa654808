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

std::string word_of_batch(std::uint32_t state) {
    switch (state) {
    case PPO_BATCH_HELD_BACK: return "held back";
    case PPO_BATCH_RUNNING: return "running";
    case PPO_BATCH_PAUSED: return "paused";
    case PPO_BATCH_DONE: return "done";
    case PPO_BATCH_CANCELLED: return "cancelled";
    case PPO_BATCH_UNDONE: return "undone";
    default: return "?";
    }
}

std::string word_of_outcome(std::uint32_t outcome) {
    switch (outcome) {
    case PPO_MAIL_QUEUED: return "queued";
    case PPO_MAIL_SENT: return "sent";
    case PPO_MAIL_DEFERRED: return "deferred";
    case PPO_MAIL_FAILED: return "failed";
    case PPO_MAIL_UNKNOWN: return "unknown";
    case PPO_MAIL_CANCELLED: return "cancelled";
    case PPO_MAIL_BOUNCED: return "bounced";
    case PPO_MAIL_SENDING: return "sending";
    case PPO_OUTCOME_WAITING: return "waiting";
    case PPO_OUTCOME_SKIPPED: return "skipped";
    case PPO_OUTCOME_TAKEN_BACK: return "taken back";
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

std::string in_words(const AuditVerdict& verdict) {
    if (verdict.intact) return "intact";
    const std::string entry = "entry " + std::to_string(verdict.first_bad_sequence);
    switch (verdict.flaw) {
    case PPO_AUDIT_ALTERED: return entry + " is altered";
    case PPO_AUDIT_MISSING: return entry + " is missing";
    case PPO_AUDIT_OUT_OF_ORDER: return entry + " stands in another place";
    case PPO_AUDIT_CUT_OFF: return entry + " is cut off, and everything after it";
    case PPO_AUDIT_KEY_MISSING:
        return entry + " cannot be judged: the key that it was made with is not here";
    case PPO_AUDIT_REPLACED:
        return entry + " or one soon after it is not the one that a checkpoint has seen";
    default: return entry + " is bad";
    }
}
}  // namespace ppo_sim

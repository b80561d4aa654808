// SPDX-License-Identifier: Apache-2.0
#include "host/mailbox.hpp"

namespace ppo_sim {
void Mailbox::set_mood(MailServerMood mood) {
    const std::lock_guard lock{lock_};
    mood_ = mood;
}

MailServerMood Mailbox::mood() const {
    const std::lock_guard lock{lock_};
    return mood_;
}

ppo_result Mailbox::take(const Letter& letter, std::string& reason) {
    const std::lock_guard lock{lock_};
    ++attempts_;
    switch (mood_) {
    case MailServerMood::Up: letters_.push_back(letter); return PPO_OK;
    case MailServerMood::Down:
        reason = "421 The mail server is down";
        return PPO_REFUSED_MAIL_DEFERRED;
    case MailServerMood::Unreachable:
        reason = "Nobody answers at the mail server's address";
        return PPO_FAULT_HOST;
    case MailServerMood::Greylists:
        if (greylisted_.insert(letter.recipient).second) {
            reason = "451 4.7.1 Please come back later";
            return PPO_REFUSED_MAIL_DEFERRED;
        }
        letters_.push_back(letter);
        return PPO_OK;
    case MailServerMood::Rejects: reason = "550 No such mailbox"; return PPO_REFUSED_MAIL_REJECTED;
    case MailServerMood::Drops:
        letters_.push_back(letter);
        reason = "The line was lost after the last byte";
        return PPO_REFUSED_MAIL_UNKNOWN;
    }
    return PPO_REFUSED_MAIL_DEFERRED;
}

std::uint64_t Mailbox::attempts() const {
    const std::lock_guard lock{lock_};
    return attempts_;
}

std::size_t Mailbox::count() const {
    const std::lock_guard lock{lock_};
    return letters_.size();
}

std::vector<Letter> Mailbox::all() const {
    const std::lock_guard lock{lock_};
    return letters_;
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mail/transport.hpp"

#include <deque>
#include <mutex>
#include <vector>

namespace ppo_test {
/// A way out that answers as told and keeps what it got; "sent" once nothing is left to say.
class ScriptedTransport : public ppo::Transport {
public:
    ppo::Delivery send(const ppo::OutgoingMail& mail, const Leaving& leaving) override {
        leaving();
        const std::lock_guard lock{mutex_};
        mails.push_back(mail);
        if (answers.empty()) return {ppo::DeliveryState::Sent, {}, false};
        auto answer = answers.front();
        answers.pop_front();
        return answer;
    }

    void walk(const ppo::OutgoingMail*, const ppo::TellStep&) override {}

    std::deque<ppo::Delivery> answers{};
    std::vector<ppo::OutgoingMail> mails{};

private:
    std::mutex mutex_{};
};
}  // namespace ppo_test

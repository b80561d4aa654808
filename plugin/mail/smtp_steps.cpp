// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_steps.hpp"

namespace ppo {
namespace {
struct Remedy {
    std::string_view step{};
    std::string_view sentence{};
};
constexpr Remedy remedies[] = {
    {"look_up", "Check the name in the setting of the mail server."},
    {"connect", "Check name and port in the setting of the mail server, and the firewall."},
    {"greeting", "Check whether this port wants smtps:// or smtp+starttls://."},
    {"auth", "Check user name and password in the settings."},
    {"sender", "Check the sender's address in the settings."},
};
}  // namespace

void SmtpSteps::pass(const std::string& sentence) {
    if (tell_ && !has_failed_) tell_({std::string{step_}, true, sentence});
}

void SmtpSteps::fail(const std::string& sentence) {
    if (!tell_ || has_failed_) return;
    has_failed_ = true;
    std::string told = sentence;
    for (const auto& remedy : remedies)
        if (remedy.step == step_) told.append(1, ' ').append(remedy.sentence);
    tell_({std::string{step_}, false, told});
}
}  // namespace ppo

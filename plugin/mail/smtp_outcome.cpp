// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_outcome.hpp"

namespace ppo {
namespace {
bool wants_sign_in(int code) { return code == 530 || code == 534 || code == 535 || code == 538; }

/// A full mailbox is emptied one day, although the server says "5".
bool is_mailbox_full(const SmtpReply& reply) {
    const std::string enhanced = reply.enhanced_code();
    return enhanced == "5.2.2" || (reply.code == 552 && enhanced.empty());
}

bool is_too_large(const SmtpReply& reply) {
    const std::string enhanced = reply.enhanced_code();
    return enhanced == "5.3.4" || enhanced == "5.2.3" || (reply.code == 552 && enhanced.empty());
}
}  // namespace

Delivery judge_refusal(SmtpStep step, const SmtpReply& reply, std::string_view recipient) {
    const std::string reason = clean_reason(reply, recipient);
    const Delivery later{.state = DeliveryState::Deferred, .reason = reason};
    const Delivery not_from_us{
        .state = DeliveryState::Deferred, .reason = reason, .relay_broken = true};
    const Delivery never{.state = DeliveryState::Failed, .reason = reason};

    if (reply.code == 421 || wants_sign_in(reply.code)) return not_from_us;
    if (reply.kind() == 4) return later;
    if (reply.kind() != 5) return not_from_us;  // Neither yes nor no: the server is out of step.
    if (step == SmtpStep::Sender) return is_too_large(reply) ? never : not_from_us;
    return is_mailbox_full(reply) ? later : never;
}
}  // namespace ppo

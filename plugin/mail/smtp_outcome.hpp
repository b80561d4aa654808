// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/outgoing_mail.hpp"
#include "mail/smtp_reply.hpp"

#include <string_view>

namespace ppo {
/// Which step of handing over a mail the server said no to.
enum class SmtpStep {
    Sender,     // MAIL: it objects to us, and would to every other mail.
    Recipient,  // RCPT
    Data,       // DATA
    Content,    // The answer to the final dot.
};

/// What a reply that is not the hoped-for one means for this mail and for the others.
[[nodiscard]] Delivery judge_refusal(SmtpStep step, const SmtpReply& reply,
                                     std::string_view recipient);
}  // namespace ppo

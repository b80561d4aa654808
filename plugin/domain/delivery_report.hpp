// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace ppo {
/// What a delivery report (RFC 3464) says of one of our mails.
struct DeliveryReport {
    enum class Action { Failed, Delayed, Delivered, Relayed, Expanded };
    std::string mail_id{};  // From the Message-ID or the envelope id: 32 hex digits.
    Action action = Action::Failed;
    std::string reason{};  // Status and diagnostic, cleaned as server's words are.
};
}  // namespace ppo

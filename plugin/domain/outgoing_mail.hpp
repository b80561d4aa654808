// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/unix_time.hpp"

#include <string>
#include <vector>

namespace ppo {
/// What one mail says, in words.
struct MailWords {
    std::string subject{};
    std::string text{};
    std::string html{};
    std::string language{};  // "en", "es".
};

/// One mail to one person, complete but not yet written as MIME.
struct OutgoingMail {
    std::string message_id{};  // Without angle brackets; the same at every retry.
    UnixTime date{};
    std::string sender_name{};
    std::string sender_address{};
    std::string reply_to{};   // Empty = the sender's address.
    std::string recipient{};  // Exactly one address.
    MailWords words{};
    std::vector<std::string> patient_ids{};  // Those whom it is about; others were left out.
};

/// How handing a mail to a mail server ended.
enum class DeliveryState {
    Sent,      // Accepted.
    Deferred,  // Not now; worth another try.
    Failed,    // Refused for good; this address or this mail.
    Unknown,   // The connection was lost after the last byte.
};

struct Delivery {
    DeliveryState state = DeliveryState::Deferred;
    std::string
        reason{};  // The server's words, cleaned: printable, no address, at most 200 characters.
    bool relay_broken = false;  // Not this mail's fault: leave the others alone too for a while.
};
}  // namespace ppo

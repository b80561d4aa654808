// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/outgoing_mail.hpp"

#include <string>

namespace ppo {
/// The mail as it goes over the wire (RFC 5322, MIME): CRLF lines, text before HTML, both UTF-8 in
/// base64, the same bytes for the same mail at every retry. Throws UnwritableHeader for a value no
/// header may carry.
[[nodiscard]] std::string write_message(const OutgoingMail& mail);

/// Whether an address of this mail needs a server that speaks SMTPUTF8.
[[nodiscard]] bool needs_smtputf8(const OutgoingMail& mail);
}  // namespace ppo

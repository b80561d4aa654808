// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace ppo_sim {
/// What a mail server sends back to the sender of a mail that it could not deliver (RFC 3464): a
/// multipart/report with a sentence for people, the delivery status, and the headers of the mail.
///
/// `message` is the mail whole. `status` is an enhanced status code: "5.1.1" reports a failure,
/// "4.…" a delay, "2.…" a success. `diagnostic` is the server's answer, such as "550 5.1.1 User
/// unknown".
[[nodiscard]] std::string write_bounce_report(const std::string& message, const std::string& status,
                                              const std::string& diagnostic);
}  // namespace ppo_sim

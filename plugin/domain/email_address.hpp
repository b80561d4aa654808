// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace ppo {
/// Whether mail can be sent to this address: one "@", a local part of dot-separated words (at most
/// 64 bytes, letters beyond ASCII allowed), a host name with at least one dot; at most 254 bytes.
/// No quotes, comments, brackets or spaces, hence nothing that could add a second recipient or a
/// header.
[[nodiscard]] bool is_valid_email(std::string_view text);

/// The form in which addresses are compared: trimmed, ASCII letters in lower case, a host beyond
/// ASCII in the "xn--" form that mail servers look up. Other letters beyond ASCII stay as they are:
/// folding them makes two mailboxes of different owners look like one.
[[nodiscard]] std::string email_key(std::string_view text);
}  // namespace ppo

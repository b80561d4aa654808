// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace ppo {
/// A value that must never reach a header, because it would end the line or is not text. It should
/// have been refused long before; the message names the field and never the value.
class UnwritableHeader : public std::invalid_argument {
public:
    explicit UnwritableHeader(const std::string& field)
        : std::invalid_argument{"mail header cannot be written: " + field} {}
};

/// The only hand that writes headers. Each call returns one whole header field with its CRLF,
/// folded so that no line is longer than 76 characters where the value can be cut at all, and
/// throws UnwritableHeader for control characters, broken UTF-8 and bad addresses. In words for
/// people, control characters and separators of lines beyond ASCII become blanks.
[[nodiscard]] std::string write_text_header(const std::string& name, std::string_view text);

/// "Name <address>", or the bare address where the name is empty.
[[nodiscard]] std::string write_mailbox_header(const std::string& name,
                                               std::string_view display_name,
                                               std::string_view address);

/// A value made of tokens, which is written as it is and therefore must be printable ASCII.
[[nodiscard]] std::string write_token_header(const std::string& name, std::string_view value);

/// Throws UnwritableHeader(field) unless the address can stand between angle brackets in a header
/// and in an SMTP command: one "@", no blank, bracket, quote, comma, control character or start of
/// an encoded word, at most 254 bytes.
void require_address(const std::string& field, std::string_view address);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// The server does not speak SMTP, or too much of it. The text is ours, never the server's.
class SmtpProtocolFault : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct SmtpReply {
    int code = 0;
    std::vector<std::string> lines{};  // Without the code.

    [[nodiscard]] int kind() const {
        return code / 100;
    }  // 2 = done, 3 = go on, 4 = later, 5 = no.
    /// "5.1.1" where the reply starts with an enhanced status code, else empty.
    [[nodiscard]] std::string enhanced_code() const;
};

/// Makes replies out of bytes as they arrive. One reply has at most 100 lines and 64 KiB: a server
/// that talks on and on costs a connection, not our memory.
class SmtpReplyParser {
public:
    /// Throws SmtpProtocolFault when the bytes cannot be, or never become, a reply.
    void feed(std::string_view bytes);
    /// The next whole reply, if it has arrived.
    [[nodiscard]] std::optional<SmtpReply> next();
    /// Whether bytes are left that belong to no reply taken yet.
    [[nodiscard]] bool has_leftover() const { return !pending_.empty() || !reply_.lines.empty(); }

private:
    [[nodiscard]] bool take_line(std::string_view line);

    std::string pending_{};
    SmtpReply reply_{};
    std::size_t reply_size_ = 0;
};

/// Words of somebody else's server, fit for staff: as clean_reason, without a code in front.
[[nodiscard]] std::string clean_words(std::string_view words, std::string_view recipient);

/// What the server said, fit for staff: printable ASCII, every address replaced by "<address>",
/// also where only the part before the "@" of this recipient stands, at most 200 characters.
[[nodiscard]] std::string clean_reason(const SmtpReply& reply, std::string_view recipient);
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ppo_test {
/// A message taken apart again, by hands that share no code with the ones that wrote it.
struct ReadMessage {
    std::vector<std::pair<std::string, std::string>> headers{};  // Unfolded, still encoded.
    std::string body{};

    /// The value of the only header with that name; throws if there is none or more than one.
    [[nodiscard]] std::string header(const std::string& name) const;
};

/// Throws for bare CR or LF, lines over 998 bytes and header lines without a colon.
[[nodiscard]] ReadMessage read_message(const std::string& bytes);

/// The parts between the boundaries, each a message of its own; throws if the last boundary is
/// missing.
[[nodiscard]] std::vector<ReadMessage> read_parts(const ReadMessage& message);

[[nodiscard]] std::string read_base64(std::string_view text);

/// RFC 2047: encoded words replaced by what they say, the blanks between two of them dropped.
[[nodiscard]] std::string read_encoded_words(const std::string& value);
}  // namespace ppo_test

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ppo_sim {
/// A mail decoded for people to read.
struct ReadableMail {
    std::string message_id{};  // Without angle brackets.
    std::string date{};        // As in the header.
    std::string from{};        // Decoded, name and address.
    std::string reply_to{};
    std::string to{};
    std::string subject{};
    std::string text{};                // The text/plain part, lines end in "\n".
    std::string html{};                // The text/html part.
    std::vector<std::string> links{};  // http(s) addresses in the text part, in order, each once.
};

/// Decodes a whole message: folded and RFC 2047 headers, multipart bodies, base64 and
/// quoted-printable. What cannot be decoded stays as it is; never throws because of the content.
[[nodiscard]] ReadableMail read_mail(const std::string& message);

/// Names of the .eml files of a folder, newest first (by file time, then name). A folder that is
/// not there has none.
[[nodiscard]] std::vector<std::string> list_mails(const std::filesystem::path& folder);

/// The message in a file as it is; nothing if it cannot be read.
[[nodiscard]] std::optional<std::string> raw_mail(const std::filesystem::path& file);

/// What follows the last "/" of a mailed address: the secret that the plugin asks for.
[[nodiscard]] std::string secret_of(const std::string& link);

/// The http(s) addresses in a text, in order, each once.
[[nodiscard]] std::vector<std::string> find_links(const std::string& text);
}  // namespace ppo_sim

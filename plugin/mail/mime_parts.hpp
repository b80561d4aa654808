// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// A small reader of MIME for mails that strangers wrote. Every function takes bytes as they are,
// with LF or CR LF, goes over them once, and answers with what is there; none throws.
namespace ppo {
/// The fields of a header, in their order.
class MimeFields {
public:
    void add(std::string_view name, std::string_view value);
    /// Continues the last one: a folded line.
    void continue_last(std::string_view value);

    /// The first of this name, in whatever letter case; empty if there is none.
    [[nodiscard]] std::string_view value(std::string_view name) const;
    [[nodiscard]] bool empty() const { return fields_.empty(); }

private:
    struct Field {
        std::string name{};  // In small letters.
        std::string value{};
    };
    std::vector<Field> fields_{};
};

/// Fields up to an empty line, and what stands behind it.
struct MimeBlock {
    MimeFields fields{};
    std::string_view rest{};
};

/// Reads fields up to the first empty line or the end; nothing if they are longer than 64 KiB.
[[nodiscard]] std::optional<MimeBlock> read_fields(std::string_view bytes);

/// "multipart/report" and its parameters.
struct MediaType {
    std::string name{};  // In small letters; "text/plain" for a part that says nothing.
    MimeFields parameters{};

    [[nodiscard]] bool is_multipart() const { return name.starts_with("multipart/"); }
};
[[nodiscard]] MediaType read_media_type(std::string_view value);

/// The parts between the boundaries, headers included; the last one may lack its end. Nothing if
/// there are more than `most`.
[[nodiscard]] std::optional<std::vector<std::string_view>> split_parts(std::string_view body,
                                                                       std::string_view boundary,
                                                                       std::size_t most);

/// The body behind "base64" or "quoted-printable"; as it is behind anything else. What cannot be
/// decoded is left out.
[[nodiscard]] std::string decode_body(std::string_view body, std::string_view encoding);

/// The byte that two hexadecimal digits at the start spell; nothing if they are none.
[[nodiscard]] std::optional<char> hex_byte(std::string_view text);

[[nodiscard]] std::string small_letters(std::string_view text);
[[nodiscard]] std::string_view trimmed(std::string_view text);
}  // namespace ppo

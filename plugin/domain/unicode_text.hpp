// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <string>
#include <string_view>

namespace ppo {
/// True for text of bytes below 0x80 only, which has one spelling and needs no ICU.
[[nodiscard]] bool is_ascii(std::string_view text);

/// One ASCII letter in lower case, whatever the process's locale is; all else as it is.
[[nodiscard]] constexpr char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

[[nodiscard]] constexpr bool is_ascii_alnum(char c) {
    return is_ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
}

/// Without the blanks and tabs around it.
[[nodiscard]] std::string_view trim_ascii(std::string_view text);

/// ICU's own string type, for the steps that need it. A password may be in it, and ICU gives its
/// memory back as it is: so it is wiped when it goes. Give it room for all that it will hold, since
/// what it grows out of is not.
class UnicodeText : public icu::UnicodeString {
public:
    explicit UnicodeText(std::int32_t room) : icu::UnicodeString(room, 0, 0) {}
    ~UnicodeText() override;
    UnicodeText(UnicodeText&&) noexcept = default;
    UnicodeText(const UnicodeText&) = delete;
    UnicodeText& operator=(const UnicodeText&) = delete;
    UnicodeText& operator=(UnicodeText&&) = delete;
};

/// Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] UnicodeText from_utf8(std::string_view utf8);
[[nodiscard]] std::string to_utf8(const icu::UnicodeString& text);

/// Whether it holds what nobody sees and what changes the rest: controls, separators of lines and
/// paragraphs, marks that turn the direction of writing around.
[[nodiscard]] bool has_hidden_controls(std::string_view utf8);

/// The four normal forms this product uses. ICU's failures are faults: std::runtime_error.
enum class NormalForm { Composed, Decomposed, CompatiblyComposed, CompatiblyComposedFolded };
[[nodiscard]] const icu::Normalizer2& normalizer(NormalForm form);
[[nodiscard]] UnicodeText normalized(const icu::UnicodeString& text, NormalForm form);
}  // namespace ppo

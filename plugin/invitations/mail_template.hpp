// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ppo {
/// Of a mail. Values go into the text as they are, into HTML with its signs escaped.
enum class MailPart { Text, Html };

using VariableNames = std::vector<std::string_view>;
using VariableValues = std::vector<std::pair<std::string_view, std::string>>;

/// The text as HTML shows it, between tags and within quoted attributes.
[[nodiscard]] std::string escape_html(std::string_view text);

/// A variable as a text names it.
struct NamedVariable {
    std::string_view name{};
    std::size_t start = 0;  // Of its opening brackets.
    std::size_t end = 0;    // Behind the closing ones.
    bool is_closed = true;  // False: no closing brackets on the line; the name is empty.
};

/// Every variable of a text, in order.
[[nodiscard]] std::vector<NamedVariable> variables_in(std::string_view text);

/// The text without the lines that name the variable. A blank line behind one of them goes too if
/// another stands before it, so that no gap is left.
[[nodiscard]] std::string without_lines_naming(std::string_view variable, std::string_view text);

/// A text with [[variables]]. What it may name is fixed when it is made, so that a misspelt
/// variable is found by the first test that makes it and never by a patient.
class MailTemplate {
public:
    /// Throws std::logic_error for a variable outside `known`, and for brackets that do not close.
    MailTemplate(MailPart part, std::string_view text, const VariableNames& known);

    /// Control characters of values become blanks. Throws std::logic_error when a variable of the
    /// template has no value.
    [[nodiscard]] std::string fill(const VariableValues& values) const;

private:
    struct Piece {
        std::string text{};
        std::string variable{};  // Follows the text; empty at the end.
    };
    MailPart part_ = MailPart::Text;
    std::vector<Piece> pieces_{};
};
}  // namespace ppo

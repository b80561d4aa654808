// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ppo {
/// Whether values are put in as they are, or with the signs of HTML escaped.
enum class TemplateKind { Text, Html };

using VariableNames = std::vector<std::string_view>;
using VariableValues = std::vector<std::pair<std::string_view, std::string>>;

/// The text as HTML shows it, between tags and within quoted attributes.
[[nodiscard]] std::string escape_html(std::string_view text);

/// A text with [[variables]]. What it may name is fixed when it is made, so that a misspelt
/// variable is found by the first test that makes it and never by a patient.
class MailTemplate {
public:
    /// Throws std::logic_error for a variable outside `known`, and for brackets that do not close.
    MailTemplate(TemplateKind kind, std::string_view text, const VariableNames& known);

    /// Control characters of values become blanks. Throws std::logic_error when a variable of the
    /// template has no value.
    [[nodiscard]] std::string fill(const VariableValues& values) const;

private:
    struct Piece {
        std::string text{};
        std::string variable{};  // Follows the text; empty at the end.
    };
    TemplateKind kind_ = TemplateKind::Text;
    std::vector<Piece> pieces_{};
};
}  // namespace ppo

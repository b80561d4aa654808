// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace ppo_sim {
/// One attribute. Without a name it is left out, which is how `when` says no.
struct Attribute {
    std::string_view name{};
    std::string value{};
};
using Attributes = std::initializer_list<Attribute>;

/// The attribute if the condition holds, nothing otherwise.
[[nodiscard]] Attribute when(bool condition, std::string_view name, std::string value = {});

/// The text with the five characters of HTML replaced, safe between tags and in quoted attributes.
[[nodiscard]] std::string escape_html(std::string_view text);

/// Writes HTML. Everything but `raw` escapes what it is given.
class Html {
public:
    Html& open(std::string_view tag, Attributes attributes = {});
    Html& close(std::string_view tag);
    Html& text(std::string_view text);
    Html& raw(std::string_view html);
    /// `<tag attributes>text</tag>`
    Html& element(std::string_view tag, Attributes attributes, std::string_view text);
    /// `<p>text</p>`, nothing for an empty text.
    Html& paragraph(std::string_view text, std::string_view css_class = {});
    /// Text that is read out but not seen.
    Html& spoken(std::string_view text);
    Html& hidden_input(std::string_view name, std::string_view value);
    [[nodiscard]] const std::string& str() const { return out_; }

private:
    std::string out_{};
};
}  // namespace ppo_sim

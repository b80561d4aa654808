// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
struct HtmlAttribute {
    std::string name{};        // In lower case.
    std::string_view value{};  // As written, without its quotes.
    bool is_quoted = false;
    std::size_t start = 0;
};

/// A piece of HTML. All views borrow from the text that was read.
struct HtmlToken {
    enum class Kind {
        Text,     // Between tags; also the whole of a <title> or a <style>.
        Open,     // <name attributes>
        Close,    // </name>
        Doctype,  // <!DOCTYPE html>
        Broken,   // A "<" that begins none of these: comments too, and tags without an end.
    };
    Kind kind = Kind::Text;
    std::string name{};  // Of a tag, in lower case; of a text within <title> or <style>, theirs.
    std::vector<HtmlAttribute> attributes{};
    std::size_t start = 0;
    std::size_t end = 0;
};

/// Cuts HTML into its pieces, more strictly than a browser does: what two browsers could read in
/// two ways is Broken. Never fails; the pieces cover the text without a gap.
[[nodiscard]] std::vector<HtmlToken> read_html(std::string_view html);

/// With &#58; and &colon; as the characters that they stand for. Names that are not known stay.
[[nodiscard]] std::string decode_references(std::string_view text);
}  // namespace ppo

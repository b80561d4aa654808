// SPDX-License-Identifier: Apache-2.0
#include "invitations/mail_template.hpp"

#include <algorithm>
#include <stdexcept>

namespace ppo {
std::string escape_html(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '&')
            escaped += "&amp;";
        else if (c == '<')
            escaped += "&lt;";
        else if (c == '>')
            escaped += "&gt;";
        else if (c == '"')
            escaped += "&quot;";
        else if (c == '\'')
            escaped += "&#39;";
        else
            escaped += c;
    }
    return escaped;
}

std::vector<NamedVariable> variables_in(std::string_view text) {
    std::vector<NamedVariable> found;
    auto start = text.find("[[");
    while (start != std::string_view::npos) {
        const auto inside = start + 2;
        const auto end = text.find("]]", inside);
        // Brackets that close behind the line, or behind the next ones, were meant to close before.
        const auto next = std::min(text.find('\n', inside), text.find("[[", inside));
        const bool is_closed = end < next;
        const auto behind = is_closed ? end + 2 : inside;
        found.push_back({is_closed ? text.substr(inside, end - inside) : std::string_view{}, start,
                         behind, is_closed});
        start = text.find("[[", behind);
    }
    return found;
}

std::string without_lines_naming(std::string_view variable, std::string_view text) {
    const auto marked = "[[" + std::string{variable} + "]]";
    std::string kept;
    bool has_gap = false;  // A line was left out behind a blank one, or at the start.
    while (!text.empty()) {
        const auto line = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
        text.remove_prefix(line.size());
        if (line.find(marked) != std::string_view::npos) {
            has_gap = kept.empty() || kept.ends_with("\n\n");
            continue;
        }
        if (!has_gap || line != "\n") kept += line;
        has_gap = false;
    }
    return kept;
}

MailTemplate::MailTemplate(MailPart part, std::string_view text, const VariableNames& known)
    : part_{part} {
    std::size_t at = 0;
    for (const auto& variable : variables_in(text)) {
        if (!variable.is_closed)
            throw std::logic_error{"mail template: brackets that do not close"};
        if (std::find(known.begin(), known.end(), variable.name) == known.end())
            throw std::logic_error{"mail template: unknown variable"};
        pieces_.push_back(
            {std::string{text.substr(at, variable.start - at)}, std::string{variable.name}});
        at = variable.end;
    }
    pieces_.push_back({std::string{text.substr(at)}, {}});
}

std::string MailTemplate::fill(const VariableValues& values) const {
    std::string filled;
    for (const auto& piece : pieces_) {
        filled += piece.text;
        if (piece.variable.empty()) continue;
        const auto found = std::find_if(values.begin(), values.end(), [&](const auto& value) {
            return value.first == piece.variable;
        });
        if (found == values.end())
            throw std::logic_error{"mail template: no value for " + piece.variable};
        std::string value = found->second;
        // A name with a line break in it must not look like a line of ours.
        std::replace_if(
            value.begin(), value.end(),
            [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
        filled += part_ == MailPart::Html ? escape_html(value) : value;
    }
    return filled;
}
}  // namespace ppo

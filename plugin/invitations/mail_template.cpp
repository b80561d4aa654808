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

MailTemplate::MailTemplate(TemplateKind kind, std::string_view text, const VariableNames& known)
    : kind_{kind} {
    while (true) {
        const auto start = text.find("[[");
        if (start == std::string_view::npos) break;
        const auto end = text.find("]]", start);
        if (end == std::string_view::npos)
            throw std::logic_error{"mail template: brackets that do not close"};
        const auto name = text.substr(start + 2, end - start - 2);
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw std::logic_error{"mail template: unknown variable " + std::string{name}};
        pieces_.push_back({std::string{text.substr(0, start)}, std::string{name}});
        text.remove_prefix(end + 2);
    }
    pieces_.push_back({std::string{text}, {}});
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
        filled += kind_ == TemplateKind::Html ? escape_html(value) : value;
    }
    return filled;
}
}  // namespace ppo

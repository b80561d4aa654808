// SPDX-License-Identifier: Apache-2.0
#include "web/html.hpp"

namespace ppo_sim {
namespace {
bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
}
}  // namespace

Attribute when(bool condition, std::string_view name, std::string value) {
    return condition ? Attribute{name, std::move(value)} : Attribute{};
}

std::string escape_html(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size() + 16);
    for (const char c : text) {
        switch (c) {
        case '&': escaped += "&amp;"; break;
        case '<': escaped += "&lt;"; break;
        case '>': escaped += "&gt;"; break;
        case '"': escaped += "&quot;"; break;
        case '\'': escaped += "&#39;"; break;
        default:
            // What no page may hold: a plugin's text may.
            escaped += is_control(c) ? std::string{"\xef\xbf\xbd"} : std::string{c};
        }
    }
    return escaped;
}

Html& Html::open(std::string_view tag, Attributes attributes) {
    out_ += '<';
    out_ += tag;
    for (const auto& attribute : attributes) {
        if (attribute.name.empty()) continue;
        out_ += ' ';
        out_ += attribute.name;
        out_ += "=\"";
        out_ += escape_html(attribute.value);
        out_ += '"';
    }
    out_ += '>';
    return *this;
}

Html& Html::close(std::string_view tag) {
    out_ += "</";
    out_ += tag;
    out_ += '>';
    return *this;
}

Html& Html::text(std::string_view text) {
    out_ += escape_html(text);
    return *this;
}

Html& Html::raw(std::string_view html) {
    out_ += html;
    return *this;
}

Html& Html::element(std::string_view tag, Attributes attributes, std::string_view text) {
    return open(tag, attributes).text(text).close(tag);
}

Html& Html::paragraph(std::string_view text, std::string_view css_class) {
    if (text.empty()) return *this;
    return element("p", {when(!css_class.empty(), "class", std::string{css_class})}, text);
}

Html& Html::spoken(std::string_view text) { return element("span", {{"class", "spoken"}}, text); }

Html& Html::hidden_input(std::string_view name, std::string_view value) {
    return open("input",
                {{"type", "hidden"}, {"name", std::string{name}}, {"value", std::string{value}}});
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "web/view_html.hpp"

#include <algorithm>
#include <utility>

namespace ppo_sim {
namespace {
/// "12,345"
std::string grouped(long number) {
    std::string digits = std::to_string(number);
    const std::size_t sign = number < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > sign + 3;) digits.insert(at -= 3, ",");
    return digits;
}

void why(ViewPainter& painter, const JsonObject& element) {
    bool any = false;
    each_of(element, "items", [&](const JsonObject& item) {
        if (!any) {
            painter.out.element("h3", {{"class", "label"}}, text_of(element, "label"));
            painter.out.open("ul", {{"class", "reasons"}});
        }
        any = true;
        painter.out.open("li").element("span", {}, text_of(item, "sentence"));
        if (const auto action = object_of(item, "action")) painter.action_button(action, "small");
        painter.out.close("li");
    });
    if (any) painter.out.close("ul");
}

void history(ViewPainter& painter, const JsonObject& element) {
    painter.out.element("h3", {{"class", "label"}}, text_of(element, "label"));
    painter.out.open("ol", {{"class", "history"}});
    each_of(element, "items", [&](const JsonObject& item) {
        painter.out.open("li")
            .element("span", {{"class", "when"}}, text_of(item, "at"))
            .element("span", {{"class", "what"}}, text_of(item, "text"))
            .element("span", {{"class", "who"}}, text_of(item, "who"))
            .close("li");
    });
    painter.out.close("ol");
}

void counts(ViewPainter& painter, const JsonObject& element) {
    painter.out.open("div", {{"class", "counts"}});
    painter.out.element("h3", {{"class", "label"}}, text_of(element, "label"));
    painter.out.open("ul");
    each_of(element, "items", [&](const JsonObject& item) {
        ViewPainter content{.place = painter.place};
        content.out.element("b", {}, grouped(number_of(item, "number"))).text(" ");
        if (const auto status = object_of(item, "status")) {
            content.status(status);
            // The rectangle carries its word already; say the label only if it is another one.
            if (text_of(status, "word") != text_of(item, "label")) {
                content.out.text(" ").element("span", {}, text_of(item, "label"));
            }
        } else {
            content.out.element("span", {}, text_of(item, "label"));
        }
        painter.out.open("li");
        if (const auto setter = object_of(item, "set")) {
            painter.setter_around(setter, "count", content.out.str());
        } else {
            painter.out.raw(content.out.str());
        }
        painter.out.close("li");
    });
    painter.out.close("ul").close("div");
}

/// What is shown, and the filters in use. Always one line at least, so that nothing moves when the
/// first filter comes.
void chips(ViewPainter& painter, const JsonObject& element) {
    Html& out = painter.out;
    out.open("div", {{"class", "chips"}, {"tabindex", "-1"}, {"data-refuge", ""}});
    out.element("b", {}, text_of(element, "text"));
    bool any = false;
    each_of(element, "items", [&](const JsonObject& setter) {
        if (!any) out.open("ul", {{"aria-label", text_of(element, "label")}});
        any = true;
        out.open("li");
        painter.setter_around(setter, "chip",
                              escape_html(text_of(setter, "label")) + std::string{glyph("close")});
        out.close("li");
    });
    if (any) out.close("ul");
    if (const auto action = object_of(element, "action")) painter.action_button(action, "small");
    out.close("div");
}

void status_element(ViewPainter& painter, const JsonObject& element) {
    painter.out.open("div", {{"class", "standing"}});
    painter.out.element("span", {{"class", "label"}}, text_of(element, "label"));
    if (const auto action = object_of(element, "action")) {
        ViewPainter inner{.place = painter.place};
        inner.status(object_of(element, "status"));
        painter.action_around(action, "rectangle-button", inner.out.str());
    } else {
        painter.status(object_of(element, "status"));
    }
    painter.marks(element);
    painter.out.close("div");
}

void fact(ViewPainter& painter, const JsonObject& element) {
    painter.out.open("dl", {{"class", "fact " + tone_of(element)}})
        .element("dt", {}, text_of(element, "label"))
        .element("dd", {}, text_of(element, "text"))
        .close("dl");
}
}  // namespace

std::string ViewPainter::id(const std::string& name) const {
    return place.key + "-" + without_blanks(name);
}

void ViewPainter::status(const JsonObject& status) {
    const std::string colour = known_word(text_of(status, "colour"),
                                          {"red", "gray", "orange", "green"}, "gray");
    out.open("span", {{"class", "rectangle " + colour}})
        .raw(glyph(text_of(status, "shape")))
        .element("span", {}, text_of(status, "word"))
        .close("span");
}

void ViewPainter::marks(const JsonObject& owner) {
    bool any = false;
    each_of(owner, "marks", [&](const JsonObject& mark) {
        if (!any) out.open("ul", {{"class", "marks"}});
        any = true;
        out.element("li", {{"class", "mark " + tone_of(mark)}}, text_of(mark, "label"));
    });
    if (any) out.close("ul");
}

void ViewPainter::note(const JsonObject& note) {
    const std::string tone = tone_of(note);
    out.open("div", {{"class", "note " + tone}})
        .raw(glyph(tone == "success"   ? "check"
                   : tone == "neutral" ? "circle"
                                       : "warning"))
        .paragraph(text_of(note, "text"))
        .close("div");
}

void ViewPainter::action_around(const JsonObject& action, std::string_view css_class,
                                const std::string& content) {
    const bool enabled = flag_of(action, "enabled", true);
    const std::string value = action_value(action);
    const std::string reason = text_of(action, "reason");
    // Disabled buttons stay reachable, so that everybody can learn why.
    // Our script tells buttons apart by this. A rectangle or an address is one thing whatever a
    // click on it does next, so the focus stays on it; other buttons come and go.
    const bool comes_and_goes = css_class.starts_with("button");
    out.open("button", {{"type", enabled ? "submit" : "button"},
                        {"class", std::string{css_class}},
                        when(enabled, "name", std::string{do_name}),
                        when(enabled, "value", value),
                        when(!enabled, "aria-disabled", "true"),
                        when(comes_and_goes, "data-key", value),
                        when(!reason.empty(), "title", reason),
                        when(action->has("confirm"), "data-confirm", text_of(action, "confirm")),
                        when(action->has("confirm"), "data-yes", text_of(action, "label"))});
    out.raw(content);
    std::string sentence = text_of(action, "hint");
    // What a rectangle or an address does is said by the action, not by what stands on it.
    const std::string label = text_of(action, "label");
    if (sentence.empty() && content != escape_html(label)) sentence = label;
    if (!enabled && !reason.empty()) sentence += (sentence.empty() ? "" : " ") + reason;
    if (!sentence.empty()) out.spoken(". " + sentence);
    out.close("button");
}

void ViewPainter::action_button(const JsonObject& action, std::string_view extra_class) {
    std::string css_class = "button " + tone_of(action);
    if (!extra_class.empty()) css_class += " " + std::string{extra_class};
    action_around(action, css_class, escape_html(text_of(action, "label")));
    const std::string reason = text_of(action, "reason");
    if (flag_of(action, "enabled", true) || reason.empty()) return;
    if (!in_line)
        out.paragraph(reason, "hint");
    else if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end())
        reasons.push_back(reason);
}

void ViewPainter::aside_button(const JsonObject& action) {
    const std::string value = action_value(action);
    const std::string hint = text_of(action, "hint");
    out.element("button",
                {{"type", "submit"},
                 {"class", "button small aside"},
                 {"name", std::string{do_name}},
                 {"value", value},
                 {"data-key", value},
                 when(!hint.empty(), "aria-label", hint),
                 when(action->has("confirm"), "data-confirm", text_of(action, "confirm"))},
                text_of(action, "label"));
}

void ViewPainter::setter_around(const JsonObject& setter, std::string_view css_class,
                                const std::string& content) {
    const std::string field = text_of(setter, "field");
    out.open("button", {{"type", "submit"},
                        {"class", std::string{css_class}},
                        {"name", std::string{set_name}},
                        {"value", without_blanks(field) + " " + text_of(setter, "value")},
                        when(css_class == "chip", "data-key", "chip " + field),
                        when(flag_of(setter, "pressed"), "aria-pressed", "true")});
    out.raw(content);
    if (const auto hint = text_of(setter, "hint"); !hint.empty()) out.spoken(". " + hint);
    out.close("button");
}

void ViewPainter::progress(const JsonObject& element) {
    const std::string name = id(text_of(element, "id"));
    // A bar needs something to fill: of nothing it is empty.
    const long most = std::max(number_of(element, "max"), 1L);
    const long value = std::clamp(number_of(element, "value"), 0L, most);
    out.open("div", {{"class", "progress " + tone_of(element)}, {"data-progress", name}});
    out.element("label", {{"class", "label"}, {"for", name}}, text_of(element, "label"));
    out.element("progress",
                {{"id", name},
                 {"value", std::to_string(value)},
                 {"max", std::to_string(most)},
                 {"aria-describedby", name + "-text"}},
                text_of(element, "text"));
    out.element("p", {{"id", name + "-text"}}, text_of(element, "text")).close("div");
}

void ViewPainter::element(const JsonObject& element) {
    if (is_input(element)) return field(element);
    const std::string kind = text_of(element, "kind");
    if (kind == "table") return table(element);
    const bool is_short = kind == "fact";
    out.open("div", {{"class", is_short ? "element short" : "element"}});
    if (kind == "status") {
        status_element(*this, element);
    } else if (kind == "note") {
        note(element);
    } else if (kind == "button") {
        const auto action = object_of(element, "action");
        if (action) action_button(action, flag_of(action, "primary") ? "primary" : "");
    } else if (kind == "reasons") {
        why(*this, element);
    } else if (kind == "history") {
        history(*this, element);
    } else if (kind == "counts") {
        counts(*this, element);
    } else if (kind == "chips") {
        chips(*this, element);
    } else if (kind == "progress") {
        progress(element);
    } else if (kind == "chart") {
        chart(element);
    } else {
        fact(*this, element);  // Also what a newer plugin may send: label and text.
    }
    out.close("div");
}
}  // namespace ppo_sim

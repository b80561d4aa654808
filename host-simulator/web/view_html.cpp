// SPDX-License-Identifier: Apache-2.0
#include "web/view_html.hpp"

#include "web/http.hpp"

namespace ppo_sim {
namespace {
bool has_fields(const JsonObject& section) {
    bool found = false;
    each_of(section, "elements", [&](const JsonObject& element) { found |= is_input(element); });
    return found;
}

void end_line(ViewPainter& painter) {
    if (!painter.in_line) return;
    for (const auto& reason : painter.reasons) painter.out.paragraph(reason, "hint");
    painter.reasons.clear();
    painter.in_line = false;
    painter.out.close("div");
}

/// Buttons that follow each other stand in one line, and behind them why they are off: once, if it
/// is the same for all.
void elements(ViewPainter& painter, const JsonObject& section) {
    each_of(section, "elements", [&](const JsonObject& element) {
        const bool button = text_of(element, "kind") == "button";
        if (!button) end_line(painter);
        if (button && !painter.in_line) {
            painter.out.open("div", {{"class", "element line-of-buttons"}});
            painter.in_line = true;
        }
        painter.element(element);
    });
    end_line(painter);
}

bool contains(const JsonObject& section, std::string_view kind) {
    bool found = false;
    each_of(section, "elements",
            [&](const JsonObject& element) { found |= text_of(element, "kind") == kind; });
    return found;
}

void section(ViewPainter& painter, const JsonObject& section) {
    Html& out = painter.out;
    const std::string label_id = painter.id("section-" + text_of(section, "id"));
    const std::string heading = "h" + std::to_string(painter.place.heading_level);
    const bool folded = flag_of(section, "folded");
    const bool fields = has_fields(section);
    out.open("section", {{"class", fields ? "part fields" : "part"},
                         {"data-key", "section " + text_of(section, "id")},
                         {"aria-labelledby", label_id}});
    if (folded) out.open("details").open("summary");
    out.element(heading, {{"id", label_id}}, text_of(section, "label"));
    if (folded) out.close("summary");
    out.open("div", {{"class", "elements"}});
    elements(painter, section);
    // A list whose plugin offers no button for its filters gets one.
    if (painter.list && fields && !painter.has_primary && !contains(section, "button")) {
        out.open("div", {{"class", "element apply"}})
            .element("button", {{"type", "submit"}, {"class", "button"}}, "Apply")
            .close("div");
    }
    out.close("div");
    if (folded) out.close("details");
    out.close("section");
}

/// The first action marked primary: of the whole view, else of a section.
JsonObject primary_action(const ViewModel& model) {
    JsonObject primary;
    const auto take = [&primary](const JsonObject& action) {
        const bool counts = flag_of(action, "primary") && flag_of(action, "enabled", true);
        if (!primary && counts) primary = action;
    };
    if (const auto dialog = model.dialog()) {
        each_of(dialog, "actions", take);
        return primary ? primary : model.action(text_of(dialog, "dismiss"), {});
    }
    each_of(model.root(), "actions", take);
    model.each_element([&](const JsonObject& element) {
        if (text_of(element, "kind") == "button") take(object_of(element, "action"));
    });
    return primary;
}

/// Enter in a field presses the first submit button of a form, so the view's primary action stands
/// first, unseen. Without one, Enter just shows what the fields make of the view.
void default_button(ViewPainter& painter, const ViewModel& model) {
    const auto primary = primary_action(model);
    const bool asks = primary && primary->has("confirm");
    painter.out.open("button",
                     {{"type", "submit"},
                      {"hidden", ""},
                      {"tabindex", "-1"},
                      when(!!primary, "name", std::string{do_name}),
                      when(!!primary, "value", primary ? action_value(primary) : std::string{}),
                      when(asks, "data-confirm", text_of(primary, "confirm"))});
    painter.out.text(primary ? text_of(primary, "label") : "Apply").close("button");
}

void actions(ViewPainter& painter, const ViewModel& model) {
    bool any = false;
    each_of(model.root(), "actions", [&](const JsonObject& action) {
        if (!any) painter.out.open("div", {{"class", "actions"}});
        any = true;
        painter.action_button(action, flag_of(action, "primary") ? "primary" : "");
    });
    if (any) painter.out.close("div");
}

/// Over the page with our script, on top of it without.
void dialog(ViewPainter& painter, const JsonObject& dialog) {
    Html& out = painter.out;
    const std::string id = painter.id("dialog-" + text_of(dialog, "id"));
    out.open("dialog", {{"open", ""},
                        {"id", id},
                        {"class", "over"},
                        {"role", "dialog"},
                        {"aria-labelledby", id + "-title"},
                        {"data-dismiss", without_blanks(text_of(dialog, "dismiss"))}});
    // What is said while it stands there: a live region is only read out if it was there before.
    out.open("div", {{"class", "messages"},
                     {"role", "status"},
                     {"aria-live", "polite"},
                     {"data-key", "messages"},
                     {"data-own", ""}})
        .close("div");
    out.open("div", {{"class", "dialog-body"}});
    out.element("h" + std::to_string(painter.place.heading_level),
                {{"id", id + "-title"}, {"tabindex", "-1"}, {"autofocus", ""}},
                text_of(dialog, "title"));
    out.open("div", {{"class", "elements"}});
    elements(painter, dialog);
    out.close("div").open("div", {{"class", "actions"}});
    each_of(dialog, "actions", [&](const JsonObject& action) {
        painter.action_button(action, flag_of(action, "primary") ? "primary" : "");
    });
    out.close("div").close("div").close("dialog");
}
}  // namespace

std::string known_word(const std::string& word, std::initializer_list<std::string_view> known,
                       std::string_view fallback) {
    for (const auto candidate : known) {
        if (candidate == word) return word;
    }
    return std::string{fallback};
}

std::string tone_of(const JsonObject& owner) {
    return known_word(text_of(owner, "tone"), {"neutral", "success", "warning", "danger"},
                      "neutral");
}

std::string without_blanks(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool splits = c == '%' || c == ' ' || (c >= '\t' && c <= '\r');
        out += splits ? encode_url(std::string_view{&c, 1}) : std::string{c};
    }
    return out;
}

std::string action_value(const JsonObject& action) {
    const std::string argument = text_of(action, "argument");
    const std::string id = without_blanks(text_of(action, "id"));
    return argument.empty() ? id : id + " " + argument;
}

std::string render_view(const ViewModel& model, const ViewPlace& place) {
    ViewPainter painter{.place = place,
                        .list = model.has_table(),
                        .has_primary = static_cast<bool>(primary_action(model))};
    Html& out = painter.out;
    const long again = number_of(model.root(), "refresh_after_ms");
    out.open("div", {{"class", painter.list ? "view list" : "view"},
                     {"id", place.key},
                     {"lang", text_of(model.root(), "language")},
                     {"data-url", with_query(place.path, place.query)},
                     when(again > 0, "data-again", std::to_string(again)),
                     when(place.done, "data-done")});
    if (const auto banner = object_of(model.root(), "banner")) painter.note(banner);
    out.open(
        "form",
        {{"method", "post"}, {"action", with_query(place.path, place.query)}, {"novalidate", ""}});
    default_button(painter, model);
    out.hidden_input("csrf", place.csrf);
    if (const auto over = model.dialog()) dialog(painter, over);
    if (again > 0) {
        // Our script looks again by itself.
        out.open("noscript")
            .open("p")
            .open("a", {{"href", with_query(place.path, place.query)}, {"class", "button"}})
            .text("Refresh")
            .close("a")
            .close("p")
            .close("noscript");
    }
    bool placed = false;
    each_of(model.root(), "sections", [&](const JsonObject& part) {
        // Below a long list nobody would find them.
        if (!placed && contains(part, "table")) {
            actions(painter, model);
            placed = true;
        }
        section(painter, part);
    });
    if (!placed) actions(painter, model);
    out.close("form").close("div");
    return out.str();
}
}  // namespace ppo_sim

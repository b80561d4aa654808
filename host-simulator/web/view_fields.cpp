// SPDX-License-Identifier: Apache-2.0
#include "web/view_html.hpp"

namespace ppo_sim {
namespace {
std::string field_name(const std::string& id) { return std::string{field_prefix} + id; }

/// Names the hint and verdict of a field for screen readers.
std::string described_by(const ViewPainter& painter, const JsonObject& element,
                         const std::string& id) {
    std::string ids = painter.id(id + "-verdict");
    if (!text_of(element, "hint").empty()) ids = painter.id(id + "-hint") + " " + ids;
    return ids;
}

void hint(ViewPainter& painter, const JsonObject& element, const std::string& id) {
    const std::string text = text_of(element, "hint");
    if (text.empty()) return;
    painter.out.element("p", {{"class", "hint"}, {"id", painter.id(id + "-hint")}}, text);
}

void remember(ViewPainter& painter, const JsonObject& element, const std::string& id) {
    if (painter.list) return;
    const auto shown = painter.place.shown.find(id);
    painter.out.hidden_input(std::string{shown_prefix} + id, shown == painter.place.shown.end()
                                                                 ? ViewModel::value_of(element)
                                                                 : shown->second);
}

void typed(ViewPainter& painter, const JsonObject& element, const std::string& id) {
    const std::string kind = text_of(element, "kind");
    const bool read_only = flag_of(element, "read_only");
    const bool refused = text_of(object_of(element, "verdict"), "tone") == "danger";
    const long limit = number_of(element, "max_length");
    const bool search = flag_of(element, "search");
    painter.out.element("label", {{"for", painter.id(id)}}, text_of(element, "label"));
    hint(painter, element, id);
    painter.out.open("input", {{"type", search            ? "search"
                                        : kind == "email" ? "email"
                                        : kind == "date"  ? "date"
                                                          : "text"},
                               when(search, "data-search"),
                               {"id", painter.id(id)},
                               when(!read_only, "name", field_name(id)),
                               {"value", text_of(element, "value")},
                               when(read_only, "readonly"),
                               when(flag_of(element, "live"), "data-live"),
                               when(limit > 0, "maxlength", std::to_string(limit)),
                               {"autocomplete", "off"},
                               {"autocapitalize", "none"},
                               {"spellcheck", "false"},
                               when(refused, "aria-invalid", "true"),
                               {"aria-describedby", described_by(painter, element, id)}});
    if (!read_only) remember(painter, element, id);
}

void password(ViewPainter& painter, const JsonObject& element, const std::string& id) {
    const long limit = number_of(element, "max_length");
    const std::string needs = text_of(element, "needs");
    const bool refused = text_of(object_of(element, "verdict"), "tone") == "danger";
    painter.out.element("label", {{"for", painter.id(id)}}, text_of(element, "label"));
    hint(painter, element, id);
    painter.out.open("div", {{"class", "revealable"}});
    painter.out.open("input", {{"type", "password"},
                               {"id", painter.id(id)},
                               {"name", field_name(id)},
                               when(flag_of(element, "live"), "data-live"),
                               when(limit > 0, "maxlength", std::to_string(limit)),
                               {"autocomplete", "new-password"},
                               {"autocapitalize", "none"},
                               {"spellcheck", "false"},
                               when(!needs.empty(), "data-needs", painter.id(needs)),
                               when(flag_of(element, "filled"), "data-filled"),
                               when(refused, "aria-invalid", "true"),
                               {"aria-describedby", described_by(painter, element, id)}});
    painter.out.element("button",
                        {{"type", "button"},
                         {"class", "reveal"},
                         {"hidden", ""},
                         {"aria-controls", painter.id(id)},
                         {"aria-label", "Show: " + text_of(element, "label")}},
                        "Show");
    painter.out.close("div");
}

void check(ViewPainter& painter, const JsonObject& element, const std::string& id) {
    const bool read_only = flag_of(element, "read_only");
    // A browser sends nothing for an empty box; the hidden "0" before it says so.
    if (!read_only) painter.out.hidden_input(field_name(id), "0");
    painter.out.open("div", {{"class", "box"}});
    painter.out.open("input", {{"type", "checkbox"},
                               {"id", painter.id(id)},
                               when(!read_only, "name", field_name(id)),
                               {"value", "1"},
                               when(read_only, "disabled"),
                               when(flag_of(element, "checked"), "checked"),
                               {"aria-describedby", described_by(painter, element, id)}});
    painter.out.element("label", {{"for", painter.id(id)}}, text_of(element, "label"));
    painter.out.close("div");
    hint(painter, element, id);
    if (!read_only) remember(painter, element, id);
}

void choice(ViewPainter& painter, const JsonObject& element, const std::string& id) {
    const std::string value = text_of(element, "value");
    painter.out.element("label", {{"for", painter.id(id)}}, text_of(element, "label"));
    hint(painter, element, id);
    painter.out.open("select", {{"id", painter.id(id)},
                                {"name", field_name(id)},
                                {"aria-describedby", described_by(painter, element, id)}});
    each_of(element, "choices", [&](const JsonObject& option) {
        const std::string each = text_of(option, "value");
        painter.out.element("option", {{"value", each}, when(each == value, "selected")},
                            text_of(option, "label"));
    });
    painter.out.close("select");
    remember(painter, element, id);
}
}  // namespace

void ViewPainter::tick(const JsonObject& check, bool in_row) {
    const std::string name = text_of(check, "id");
    const std::string label = text_of(check, "label");
    const std::string reason = text_of(check, "reason");
    const std::string now = flag_of(check, "checked") ? "1" : "0";
    if (!reason.empty()) {
        out.open("label", {{"class", "tick"}, {"title", reason}});
        out.open("input", {{"type", "checkbox"}, {"disabled", ""}, when(now == "1", "checked")});
        out.element("span", {when(in_row, "class", "spoken")}, label + ": " + reason);
        out.close("label");
        return;
    }
    out.hidden_input(field_name(name), "0");
    out.hidden_input(std::string{shown_prefix} + name, now);
    out.open("label", {{"class", "tick"}});
    out.open("input", {{"type", "checkbox"},
                       {"id", id(name)},
                       {"name", field_name(name)},
                       {"value", "1"},
                       when(now == "1", "checked"),
                       {"data-tick", in_row ? "row" : "all"}});
    out.element("span", {when(in_row, "class", "spoken")}, label).close("label");
}

void ViewPainter::verdict(const std::string& id_of_field, const JsonObject& element) {
    const auto verdict = object_of(element, "verdict");
    const std::string tone = tone_of(verdict);
    // The element is always there: a live region is only read out if it existed before its text.
    const std::string live = flag_of(element, "live") ? " live" : "";
    out.open("div", {{"class", "verdict " + tone + live},
                     {"id", id(id_of_field + "-verdict")},
                     {"role", "status"},
                     {"aria-live", "polite"}});
    if (verdict && !text_of(verdict, "text").empty()) {
        out.raw(glyph(tone == "success" ? "check" : tone == "neutral" ? "circle" : "warning"));
        out.element("span", {}, text_of(verdict, "text"));
        if (verdict->isArray("suggestions")) {
            const auto suggestions = verdict->getArray("suggestions");
            for (unsigned i = 0; i < suggestions->size(); ++i) {
                const std::string word = suggestions->getElement<std::string>(i);
                // Sent after the field itself, and the last value of a name counts: works without
                // script.
                out.element("button",
                            {{"type", "submit"},
                             {"class", "suggestion"},
                             {"name", field_name(id_of_field)},
                             {"value", word}},
                            word);
            }
        }
    }
    out.close("div");
}

void ViewPainter::field(const JsonObject& element) {
    const std::string kind = text_of(element, "kind");
    const std::string field_id = text_of(element, "id");
    out.open("div", {{"class", "element field " + kind}});
    if (kind == "password") {
        password(*this, element, field_id);
    } else if (kind == "check") {
        check(*this, element, field_id);
    } else if (kind == "choice") {
        choice(*this, element, field_id);
    } else {
        typed(*this, element, field_id);
    }
    verdict(field_id, element);
    out.close("div");
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "web/view_html.hpp"

namespace ppo_sim {
namespace {
/// The address after one more move in the table. Sorting starts at the first page again; another
/// page stays sorted.
std::string address_after(const ViewPlace& place, const JsonObject& action, std::string_view move) {
    Form query;
    for (const auto& [name, value] : place.query.pairs()) {
        if (name != page_name && name != move) query.add(name, value);
    }
    query.add(std::string{move}, action_value(action));
    return with_query(place.path, query);
}

bool has_ticks(const JsonObject& element) {
    bool found = element->has("check_all");
    each_of(element, "rows", [&](const JsonObject& row) { found |= row->has("check"); });
    return found;
}

/// A link; in a list with ticks a button, so that they go along.
void move(ViewPainter& painter, bool ticks, const JsonObject& action, std::string_view move,
          const std::string& css_class, const std::string& key, const std::string& label) {
    Html& out = painter.out;
    if (ticks) {
        out.element("button",
                    {{"type", "submit"},
                     {"name", std::string{go_name}},
                     {"value", std::string{move} + " " + action_value(action)},
                     {"class", css_class},
                     {"data-key", key}},
                    label);
        return;
    }
    out.element("a",
                {{"href", address_after(painter.place, action, move)},
                 {"class", css_class},
                 {"data-move", ""},
                 {"data-key", key}},
                label);
}

/// The class that gives a column its room: it must not change with what stands in its cells, or
/// something else moves under the mouse.
std::string room_of(const JsonObject& column) {
    return "room-" +
           known_word(text_of(column, "kind"), {"status", "email", "marks", "day"}, "text");
}

bool has_rooms(const JsonObject& element) {
    bool found = false;
    each_of(element, "columns", [&](const JsonObject& column) { found |= column->has("kind"); });
    return found;
}

/// What our script makes of keys; unseen without it.
void keys(ViewPainter& painter, bool ticks) {
    Html& out = painter.out;
    out.open("details", {{"class", "drop keys"}, {"data-key", "keys"}});
    out.element("summary", {}, "Keys").open("div").open("dl");
    const auto key = [&out](std::string_view names, std::string_view what) {
        out.open("div").element("dt", {}, names).element("dd", {}, what).close("div");
    };
    key("\u2191 \u2193", "From row to row; down from the search to the rows");
    if (ticks) key("Space", "Tick the row");
    key("Enter", "Open the row");
    key("Ctrl Z", "Undo, while it is offered");
    key("/", "Search");
    key("?", "These keys");
    out.close("dl").open("label", {{"class", "box"}});
    out.open("input", {{"type", "checkbox"}, {"data-single-keys", ""}, {"checked", ""}});
    out.text("Use the keys / and ?").close("label").close("div").close("details");
}

void head(ViewPainter& painter, const JsonObject& element, bool ticks) {
    Html& out = painter.out;
    out.open("thead", {{"role", "rowgroup"}}).open("tr", {{"role", "row"}});
    if (ticks) {
        out.open("th", {{"scope", "col"}, {"role", "columnheader"}, {"class", "ticks"}});
        out.open("label", {{"class", "tick"}})
            .open("input", {{"type", "checkbox"},
                            {"data-tick", "page"},
                            {"aria-label", "Select the rows of this page"},
                            {"hidden", ""}})
            .element("span", {{"class", "spoken"}}, "Select")
            .close("label")
            .close("th");
    }
    each_of(element, "columns", [&](const JsonObject& column) {
        const std::string sorted = known_word(text_of(column, "sorted"),
                                              {"ascending", "descending"}, "none");
        const auto action = object_of(column, "action");
        out.open("th", {{"scope", "col"},
                        {"role", "columnheader"},
                        {"class", room_of(column)},
                        when(column->has("sorted"), "aria-sort", sorted)});
        if (action) {
            move(painter, ticks, action, sort_name, "sort " + sorted,
                 "sort " + text_of(column, "id"), text_of(column, "label"));
        } else {
            out.text(text_of(column, "label"));
        }
        out.close("th");
    });
    out.close("tr").close("thead");
}

JsonObject column_of(const JsonObject& element, const std::string& id) {
    JsonObject found;
    each_of(element, "columns", [&](const JsonObject& column) {
        if (text_of(column, "id") == id) found = column;
    });
    return found;
}

/// An address breaks before its "@", rather than anywhere.
std::string breakable(const std::string& text) {
    std::string html = escape_html(text);
    const auto at = html.find('@');
    return at == std::string::npos ? html : html.insert(at, "<wbr>");
}

/// "2026-03-02", which stays in one piece.
bool is_day(const std::string& text) {
    return text.size() == 10 && text.find_first_not_of("0123456789-") == std::string::npos;
}

void cell(ViewPainter& painter, const JsonObject& table, const JsonObject& row,
          const JsonObject& cell) {
    const auto status = object_of(cell, "status");
    const auto action = object_of(cell, "action");
    const std::string text = text_of(cell, "text");
    const bool names_row = !status && text == text_of(row, "label");
    bool has_marks = false;
    each_of(cell, "marks", [&](const JsonObject&) { has_marks = true; });
    ViewPainter content{.place = painter.place};
    if (status) {
        content.status(status);
    } else {
        content.out.open("span", {when(is_day(text), "class", "day")})
            .raw(breakable(text))
            .close("span");
    }

    Html& out = painter.out;
    const std::string tag = names_row ? "th" : "td";
    const auto column = column_of(table, text_of(cell, "column"));
    const bool is_empty = text.empty() && !status && !has_marks;
    out.open(tag, {{"role", names_row ? "rowheader" : "cell"},
                   when(names_row, "scope", "row"),
                   {"data-label", text_of(column, "label")},
                   {"class", (column ? room_of(column) : "") + (is_empty ? " empty" : "")}});
    if (action) {
        painter.action_around(action, status ? "rectangle-button" : "link-button",
                              content.out.str());
    } else {
        out.raw(content.out.str());
    }
    painter.marks(cell);
    each_of(cell, "actions", [&](const JsonObject& each) { painter.aside_button(each); });
    out.close(tag);
}

void turn_page(ViewPainter& painter, const JsonObject& element, bool ticks, const char* member) {
    const auto action = object_of(element, member);
    if (!action || !flag_of(action, "enabled", true)) return;
    move(painter, ticks, action, page_name, "button", member, text_of(action, "label"));
}

void row(ViewPainter& painter, const JsonObject& element, bool ticks, const JsonObject& row) {
    Html& out = painter.out;
    out.open("tr", {{"role", "row"}, {"data-row", text_of(row, "id")}, {"tabindex", "-1"}});
    if (ticks) {
        out.open("td", {{"role", "cell"}, {"class", "ticks"}});
        if (const auto check = object_of(row, "check")) painter.tick(check, true);
        out.close("td");
    }
    each_of(row, "cells", [&](const JsonObject& each) { cell(painter, element, row, each); });
    out.close("tr");
}
}  // namespace

void ViewPainter::table(const JsonObject& element) {
    bool any = false;
    const bool ticks = has_ticks(element);
    const std::string label = text_of(element, "label");
    out.open("div", {{"class", "rows"}});
    out.open("div", {{"class", "tick-all"}});
    if (const auto all = object_of(element, "check_all")) tick(all, false);
    keys(*this, ticks);
    out.close("div");
    each_of(element, "rows", [&](const JsonObject& each) {
        if (!any) {
            out.open("table", {{"role", "table"},
                               {"aria-label", label},
                               when(has_rooms(element), "class", "rooms")});
            head(*this, element, ticks);
            out.open("tbody", {{"role", "rowgroup"}});
        }
        any = true;
        row(*this, element, ticks, each);
    });
    if (any) {
        out.close("tbody").close("table");
    } else {
        out.open("div", {{"class", "empty-list"}}).paragraph(text_of(element, "empty"));
        if (const auto action = object_of(element, "empty_action")) action_button(action);
        out.close("div");
    }
    out.open("nav", {{"class", "pages"}, {"aria-label", label + ", pages"}});
    out.element("span", {{"role", "status"}}, text_of(element, "page"));
    turn_page(*this, element, ticks, "previous");
    turn_page(*this, element, ticks, "next");
    out.close("nav").close("div");
}
}  // namespace ppo_sim

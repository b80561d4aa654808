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

std::string label_of_column(const JsonObject& element, const std::string& id) {
    std::string label;
    each_of(element, "columns", [&](const JsonObject& column) {
        if (text_of(column, "id") == id) label = text_of(column, "label");
    });
    return label;
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
    out.open(tag, {{"role", names_row ? "rowheader" : "cell"},
                   when(names_row, "scope", "row"),
                   {"data-label", label_of_column(table, text_of(cell, "column"))},
                   when(text.empty() && !status && !has_marks, "class", "empty")});
    if (action) {
        painter.action_around(action, status ? "rectangle-button" : "link-button",
                              content.out.str());
    } else {
        out.raw(content.out.str());
    }
    painter.marks(cell);
    out.close(tag);
}

void turn_page(ViewPainter& painter, const JsonObject& element, bool ticks, const char* member) {
    const auto action = object_of(element, member);
    if (!action || !flag_of(action, "enabled", true)) return;
    move(painter, ticks, action, page_name, "button", member, text_of(action, "label"));
}

void row(ViewPainter& painter, const JsonObject& element, bool ticks, const JsonObject& row) {
    Html& out = painter.out;
    out.open("tr", {{"role", "row"}, {"data-row", text_of(row, "id")}});
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
    if (const auto all = object_of(element, "check_all")) {
        out.open("div", {{"class", "tick-all"}});
        tick(all, false);
        out.close("div");
    }
    each_of(element, "rows", [&](const JsonObject& each) {
        if (!any) {
            out.open("table", {{"role", "table"}, {"aria-label", label}});
            head(*this, element, ticks);
            out.open("tbody", {{"role", "rowgroup"}});
        }
        any = true;
        row(*this, element, ticks, each);
    });
    if (any) {
        out.close("tbody").close("table");
    } else {
        out.paragraph(text_of(element, "empty"), "empty-list");
    }
    out.open("nav", {{"class", "pages"}, {"aria-label", label + ", pages"}});
    out.element("span", {{"role", "status"}}, text_of(element, "page"));
    turn_page(*this, element, ticks, "previous");
    turn_page(*this, element, ticks, "next");
    out.close("nav").close("div");
}
}  // namespace ppo_sim

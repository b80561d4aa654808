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

void head(ViewPainter& painter, const JsonObject& element) {
    Html& out = painter.out;
    out.open("thead", {{"role", "rowgroup"}}).open("tr", {{"role", "row"}});
    each_of(element, "columns", [&](const JsonObject& column) {
        const std::string sorted = known_word(text_of(column, "sorted"),
                                              {"ascending", "descending"}, "none");
        const auto action = object_of(column, "action");
        out.open("th", {{"scope", "col"},
                        {"role", "columnheader"},
                        when(column->has("sorted"), "aria-sort", sorted)});
        if (action) {
            out.open("a", {{"href", address_after(painter.place, action, sort_name)},
                           {"class", "sort " + sorted},
                           {"data-move", ""},
                           {"data-key", "sort " + text_of(column, "id")}});
            out.text(text_of(column, "label")).close("a");
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
        content.out.element("span", {}, text);
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

void turn_page(ViewPainter& painter, const JsonObject& element, const char* member,
               std::string_view rel) {
    const auto action = object_of(element, member);
    if (!action || !flag_of(action, "enabled", true)) return;
    painter.out.open("a", {{"href", address_after(painter.place, action, page_name)},
                           {"class", "button"},
                           {"rel", std::string{rel}},
                           {"data-move", ""},
                           {"data-key", member}});
    painter.out.text(text_of(action, "label")).close("a");
}
}  // namespace

void ViewPainter::table(const JsonObject& element) {
    bool any = false;
    const std::string label = text_of(element, "label");
    out.open("div", {{"class", "rows"}});
    each_of(element, "rows", [&](const JsonObject& row) {
        if (!any) {
            out.open("table", {{"role", "table"}, {"aria-label", label}});
            head(*this, element);
            out.open("tbody", {{"role", "rowgroup"}});
        }
        any = true;
        out.open("tr", {{"role", "row"}, {"data-row", text_of(row, "id")}});
        each_of(row, "cells", [&](const JsonObject& each) { cell(*this, element, row, each); });
        out.close("tr");
    });
    if (any) {
        out.close("tbody").close("table");
    } else {
        out.paragraph(text_of(element, "empty"), "empty-list");
    }
    out.open("nav", {{"class", "pages"}, {"aria-label", label + ", pages"}});
    out.element("span", {{"role", "status"}}, text_of(element, "page"));
    turn_page(*this, element, "previous", "prev");
    turn_page(*this, element, "next", "next");
    out.close("nav").close("div");
}
}  // namespace ppo_sim

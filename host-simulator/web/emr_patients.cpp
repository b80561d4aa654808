// SPDX-License-Identifier: Apache-2.0
#include "web/emr_pages.hpp"
#include "web/view_html.hpp"

#include <algorithm>
#include <charconv>

namespace ppo_sim {
namespace {
constexpr std::size_t page_size = 50;

std::size_t page_number(const Request& request) {
    const std::string text = request.query.get("page");
    std::size_t number = 1;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    return parsed.ec == std::errc{} ? std::clamp<std::size_t>(number, 1, 1'000'000) : 1;
}

void search_form(Html& out, const std::string& search) {
    out.open("form",
             {{"method", "get"}, {"action", "/emr"}, {"class", "search"}, {"role", "search"}});
    out.element("label", {{"for", "search"}}, "Search by name, e-mail or number");
    out.open("div", {{"class", "line"}});
    out.open("input", {{"type", "search"},
                       {"id", "search"},
                       {"name", "search"},
                       {"value", search},
                       {"autocomplete", "off"},
                       {"maxlength", "128"}});
    out.element("button", {{"type", "submit"}, {"class", "button"}}, "Search");
    out.close("div").close("form");
}

void patient_row(Html& out, const Patient& patient) {
    const auto cell = [&](std::string_view label, const std::string& text) {
        out.element("td",
                    {{"role", "cell"},
                     {"data-label", std::string{label}},
                     when(text.empty(), "class", "empty")},
                    text);
    };
    out.open("tr", {{"role", "row"}});
    out.open("th", {{"scope", "row"}, {"role", "rowheader"}, {"data-label", "Name"}});
    out.element("a", {{"href", patient_url(patient.id)}}, patient.last + ", " + patient.first)
        .close("th");
    cell("Birth date", patient.birth_date);
    cell("E-mail", patient.email);
    cell("Chart", chart_status_word(patient.chart_status));
    cell("Provider", patient.provider);
    out.close("tr");
}

std::string list_address(const std::string& search, std::size_t number) {
    Form query;
    if (!search.empty()) query.add("search", search);
    if (number > 1) query.add("page", std::to_string(number));
    return with_query("/emr", query);
}

void pages(Html& out, const std::string& search, std::size_t number, std::size_t found) {
    const std::size_t last = std::max<std::size_t>((found + page_size - 1) / page_size, 1);
    out.open("nav", {{"class", "pages"}, {"aria-label", "Pages of patients"}});
    out.element("span", {},
                std::to_string(found) + (found == 1 ? " patient" : " patients") + ", page " +
                    std::to_string(number) + " of " + std::to_string(last));
    if (number > 1) {
        out.element(
            "a", {{"class", "button"}, {"rel", "prev"}, {"href", list_address(search, number - 1)}},
            "Previous");
    }
    if (number < last) {
        out.element(
            "a", {{"class", "button"}, {"rel", "next"}, {"href", list_address(search, number + 1)}},
            "Next");
    }
    out.close("nav");
}

void fact(Html& out, std::string_view label, const std::string& text) {
    out.open("div")
        .element("dt", {}, label)
        .element("dd", {}, text.empty() ? "not on file" : text)
        .close("div");
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

/// The block that the help pages call Patient Information, with the pencil in its upper right.
void patient_information(Html& out, const Patient& patient) {
    out.open("section", {{"class", "card"}, {"aria-labelledby", "information"}});
    out.open("div", {{"class", "card-head"}})
        .element("h2", {{"id", "information"}}, "Patient Information");
    // A form with GET works as a link without script, and is a button for everybody.
    out.open(
        "form",
        {{"method", "get"}, {"action", patient_url(patient.id) + "/edit"}, {"data-popout", ""}});
    out.open("button", {{"type", "submit"},
                        {"class", "icon"},
                        {"aria-label", "Edit Patient Information"},
                        {"title", "Edit Patient Information"}});
    out.raw(glyph("pencil")).close("button").close("form").close("div");
    out.open("dl", {{"class", "facts"}});
    fact(out, "Name", patient.name());
    fact(out, "Birth date", patient.birth_date);
    fact(out, "E-mail", patient.email);
    fact(out, "ZIP", patient.postal_code);
    fact(out, "Chart status", chart_status_word(patient.chart_status));
    fact(out, "Primary provider", patient.provider);
    fact(out, "Tags", joined(patient.tags));
    fact(out, "Phone", patient.phone);
    fact(out, "Language", patient.language);
    fact(out, "Next appointment", get_field(patient, "next_appointment"));
    fact(out, "Last appointment", get_field(patient, "last_appointment"));
    fact(out, "Patient number", patient.id);
    out.close("dl").close("section");
}
}  // namespace

Response patient_list(const Desk& desk) {
    const std::string search = desk.request.query.get("search").substr(0, 128);
    const std::size_t number = page_number(desk.request);
    std::size_t found = 0;
    const auto patients = desk.site.directory.list(search, (number - 1) * page_size, page_size,
                                                   found);
    Html out;
    out.element("h1", {}, "Patients");
    search_form(out, search);
    if (patients.empty()) {
        out.paragraph(search.empty()
                          ? "There are no patients yet. Import some with: ppo-sim import FILE"
                          : "Nobody matches this search.",
                      "empty-list");
    } else {
        out.open("div", {{"class", "rows"}})
            .open("table", {{"role", "table"}, {"aria-label", "Patients"}});
        out.open("thead", {{"role", "rowgroup"}}).open("tr", {{"role", "row"}});
        for (const auto* heading : {"Name", "Birth date", "E-mail", "Chart", "Provider"}) {
            out.element("th", {{"scope", "col"}, {"role", "columnheader"}}, heading);
        }
        out.close("tr").close("thead").open("tbody", {{"role", "rowgroup"}});
        for (const auto& patient : patients) patient_row(out, patient);
        out.close("tbody").close("table").close("div");
    }
    pages(out, search, number, found);
    return desk.page("Patients", out.str());
}

Response chart(const Desk& desk, const std::string& patient_id) {
    const auto patient = desk.site.directory.find(patient_id);
    if (!patient) return desk.sorry(404, "No such patient", "There is no chart with this number.");
    Html out;
    out.open("p", {{"class", "crumb"}}).element("a", {{"href", "/emr"}}, "Patients").close("p");
    out.element("h1", {}, patient->name());
    patient_information(out, *patient);
    return desk.page(patient->name(), out.str());
}
}  // namespace ppo_sim

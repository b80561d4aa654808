// SPDX-License-Identifier: Apache-2.0
#include "host/dates.hpp"
#include "web/emr_pages.hpp"

#include <algorithm>
#include <array>

namespace ppo_sim {
namespace {
constexpr std::string_view general_tab = "general";

struct GeneralField {
    const char* name;  // As set_field takes it, and of the input.
    const char* label;
    const char* type;
    const char* hint;
};
constexpr std::array<GeneralField, 11> general_fields{{
    {"first", "First name", "text", ""},
    {"last", "Last name", "text", ""},
    {"birth_date", "Birth date", "date", ""},
    {"email", "E-mail", "email", ""},
    {"zip", "ZIP", "text", ""},
    {"status", "Chart status", "choice", ""},
    {"provider", "Primary provider", "text", ""},
    {"tags", "Tags", "text", "With a semicolon between two."},
    {"phone", "Phone", "tel", ""},
    {"language", "Language", "text", "Such as en-US or es-US."},
    {"next_appointment", "Next appointment", "text", "Year-month-day, such as 2027-03-15."},
}};

std::string edit_url(const std::string& patient_id, const std::string& tab) {
    Form query;
    query.add("tab", tab);
    return with_query(patient_url(patient_id) + "/edit", query);
}

/// Heading and tabs around what one tab shows.
std::string around_tab(const Desk& desk, const Patient& patient, const std::string& tab,
                       const std::string& content) {
    Html out;
    out.open("div", {{"class", "popout"}, {"data-close", patient_url(patient.id)}});
    out.open("p", {{"class", "crumb"}})
        .element("a", {{"href", patient_url(patient.id)}}, patient.name())
        .close("p");
    out.element("h1", {{"id", "popout-title"}}, "Edit Information");
    out.paragraph(patient.name(), "of-whom");
    out.open("div", {{"role", "tablist"}, {"aria-label", "Edit Information"}, {"class", "tabs"}});
    const auto put_tab = [&](const std::string& id, const std::string& label) {
        out.element("a",
                    {{"role", "tab"},
                     {"id", "tab-" + id},
                     {"href", edit_url(patient.id, id)},
                     {"aria-selected", id == tab ? "true" : "false"},
                     when(id == tab, "aria-controls", "panel-" + id),
                     {"data-tab", id}},
                    label);
    };
    put_tab(std::string{general_tab}, "General");
    for (const auto& place : desk.contributions(tab_location)) put_tab(place.view_id, place.label);
    out.close("div");
    out.open("div", {{"role", "tabpanel"},
                     {"id", "panel-" + tab},
                     {"aria-labelledby", "tab-" + tab},
                     {"class", "panel"},
                     {"tabindex", "-1"}});
    out.raw(content).close("div").close("div");
    return out.str();
}

void status_choice(Html& out, const std::string& chosen) {
    out.open("div", {{"class", "element field choice"}});
    out.element("label", {{"for", "status"}}, "Chart status");
    out.open("select", {{"id", "status"}, {"name", "status"}});
    for (const std::uint32_t status :
         {PPO_CHART_ACTIVE, PPO_CHART_PROSPECTIVE, PPO_CHART_INACTIVE, PPO_CHART_DECEASED}) {
        const std::string word = chart_status_word(status);
        out.element("option", {{"value", word}, when(word == chosen, "selected")}, word);
    }
    out.close("select").close("div");
}

std::string general_form(const Desk& desk, const Patient& patient,
                         const std::vector<Problem>& problems) {
    Html out;
    out.raw(error_summary(problems));
    out.open("form", {{"method", "post"},
                      {"action", edit_url(patient.id, std::string{general_tab})},
                      {"class", "general"},
                      {"novalidate", ""}});
    out.hidden_input("csrf", desk.session.csrf);
    out.open("div", {{"class", "elements columns"}});
    for (const auto& field : general_fields) {
        const bool posted = desk.request.form.has(field.name);
        std::string value = posted ? desk.request.form.get(field.name)
                                   : get_field(patient, field.name);
        if (std::string_view{field.type} == "choice") {
            status_choice(out, value);
            continue;
        }
        Input input{.name = field.name,
                    .label = field.label,
                    .type = field.type,
                    .value = std::move(value),
                    .hint = field.hint};
        if (input.type == "date" && !input.value.empty() && !has_day(input.value)) {
            input.type = "text";  // A browser shows nothing in a field for days.
            input.hint = "The day is not known: a link asks for no birth date.";
        }
        for (const auto& problem : problems) {
            if (problem.field == field.name) input.problem = problem.text;
        }
        input_field(out, input);
    }
    out.close("div").open("div", {{"class", "actions"}});
    out.element("button", {{"type", "submit"}, {"class", "button primary"}}, "Edit Patient");
    out.close("div").close("form");
    return out.str();
}

Response general(const Desk& desk, const Patient& patient) {
    std::vector<Problem> problems;
    if (desk.request.is_post()) {
        Patient edited = patient;
        for (const auto& field : general_fields) {
            if (!desk.request.form.has(field.name)) continue;
            const std::string value = desk.request.form.get(field.name);
            if (value == get_field(patient, field.name)) continue;
            if (const auto problem = set_field(edited, field.name, value)) {
                problems.push_back({field.name, *problem});
            }
        }
        if (problems.empty()) {
            if (!desk.site.directory.replace(edited)) {
                return desk.sorry(404, "No such patient", "The chart is gone meanwhile.");
            }
            desk.session.toasts.push_back({"success", "Saved the chart of " + edited.name() + "."});
            return Response::go(patient_url(patient.id));
        }
    }
    const std::string main = around_tab(desk, patient, std::string{general_tab},
                                        general_form(desk, patient, problems));
    const int status = problems.empty() ? 200 : 422;
    if (!desk.request.fragment.empty()) return Response::html(main, status);
    return desk.page(problems.empty() ? "Edit Information" : "Error: Edit Information", main,
                     status);
}
}  // namespace

Response edit_patient(const Desk& desk, const std::string& patient_id) {
    const auto patient = desk.site.directory.find(patient_id);
    if (!patient) return desk.sorry(404, "No such patient", "There is no chart with this number.");
    const std::string tab = desk.request.query.get("tab");
    if (tab.empty() || tab == general_tab) return general(desk, *patient);
    Answer answer;
    for (const auto& place : desk.contributions(tab_location, &answer)) {
        if (place.view_id != tab) continue;
        return view_request(desk, {.view_id = tab,
                                   .patient_id = patient_id,
                                   .path = patient_url(patient_id) + "/edit",
                                   .close_url = patient_url(patient_id),
                                   .around = [&](const std::string&, const std::string& view) {
                                       return around_tab(desk, *patient, tab, view);
                                   }});
    }
    if (!answer.good()) return desk.sorry(500, "This cannot be shown", answer.message);
    const auto& all = desk.told_places->second;
    const bool exists = std::any_of(all.begin(), all.end(), [&tab](const Contribution& place) {
        return place.location == tab_location && place.view_id == tab;
    });
    return exists ? desk.not_for_you("see this tab")
                  : desk.sorry(404, "No such tab", "Nothing stands under this name.");
}
}  // namespace ppo_sim

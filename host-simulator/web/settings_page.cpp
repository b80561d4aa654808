// SPDX-License-Identifier: Apache-2.0
#include "web/settings_page.hpp"

#include "host/maildir.hpp"
#include "web/assets.hpp"
#include "web/mail_steps.hpp"
#include "web/settings_fields.hpp"
#include "web/view_html.hpp"

#include <Poco/String.h>

#include <stdexcept>

namespace ppo_sim {
namespace {
constexpr const char* address = "/emr/settings";

std::string problem_at(const std::vector<Problem>& problems, const std::string& field) {
    for (const auto& problem : problems) {
        if (problem.field == field) return problem.text;
    }
    return {};
}

void label_and_hint(Html& out, const SettingField& field, const std::string& hint) {
    out.element("label", {{"for", field.name}}, field.label);
    if (!hint.empty())
        out.element("p", {{"class", "hint"}, {"id", std::string{field.name} + "-hint"}}, hint);
}

void put_problem(Html& out, const std::string& name, const std::string& problem) {
    out.open("div", {{"class", "verdict danger"}, {"id", name + "-verdict"}});
    if (!problem.empty()) out.raw(glyph("warning")).element("span", {}, problem);
    out.close("div");
}

void choice_field(Html& out, const SettingField& field, const std::string& value,
                  const std::string& problem) {
    const std::string name = field.name;
    const bool has_hint = field.hint[0] != '\0';
    out.open("div", {{"class", "element field choice"}});
    label_and_hint(out, field, field.hint);
    out.open("select",
             {{"id", name},
              {"name", name},
              when(!problem.empty(), "aria-invalid", "true"),
              {"aria-describedby", (has_hint ? name + "-hint " : "") + name + "-verdict"}});
    for (const auto& option : field.options) {
        out.element("option", {{"value", option.value}, when(value == option.value, "selected")},
                    option.label);
    }
    out.close("select");
    put_problem(out, name, problem);
    out.close("div");
}

/// Only what was typed just now comes back into the page; what is kept never does.
void password_field(Html& out, const SettingField& field, const std::string& typed,
                    const std::string& problem, bool kept) {
    const std::string name = field.name;
    out.open("div", {{"class", "element field password"}});
    label_and_hint(out, field,
                   kept ? "One is kept: leave this empty to go on with it."
                        : "Kept in settings.json of the data folder, for its owner alone.");
    out.open("div", {{"class", "revealable"}});
    out.open("input", {{"type", "password"},
                       {"id", name},
                       {"name", name},
                       when(!typed.empty(), "value", typed),
                       {"autocomplete", "off"},
                       when(!problem.empty(), "aria-invalid", "true"),
                       {"aria-describedby", name + "-hint " + name + "-verdict"}});
    out.element("button",
                {{"type", "button"},
                 {"class", "reveal"},
                 {"hidden", ""},
                 {"aria-controls", name},
                 {"aria-label", std::string{"Show: "} + field.label}},
                "Show");
    out.close("div");
    put_problem(out, name, problem);
    out.close("div");
}

void put_field(Html& out, const SettingField& field, const Form& form,
               const std::vector<Problem>& problems, bool password_kept) {
    const std::string value = form.get(field.name);
    const std::string problem = problem_at(problems, field.name);
    if (!field.options.empty()) return choice_field(out, field, value, problem);
    if (std::string_view{field.name} == "mail_password")
        return password_field(out, field, value, problem, password_kept);
    input_field(out, {.name = field.name,
                      .label = field.label,
                      .value = value,
                      .hint = field.hint,
                      .problem = problem});
}

void put_group(Html& out, const SettingGroup& group, std::size_t number, const Form& form,
               const std::vector<Problem>& problems, bool password_kept) {
    const std::string id = "group-" + std::to_string(number);
    out.open("section", {{"class", "part"}, {"aria-labelledby", id}});
    out.element("h2", {{"id", id}}, group.title).open("div", {{"class", "elements columns"}});
    for (const auto& field : group.fields) put_field(out, field, form, problems, password_kept);
    out.close("div");
    out.close("section");
}

/// Where the settings in use fall behind a rule: choices that the practice should know it made.
std::string deviations(const Desk& desk) {
    std::vector<Deviation> found;
    const auto running = desk.site.plugin.current();
    if (!running->instance.each_deviation(desk.staff(), found).good() || found.empty()) return {};
    Html out;
    out.open("section", {{"class", "part"}, {"aria-labelledby", "deviations"}});
    out.element("h2", {{"id", "deviations"}}, "Deviations");
    out.paragraph("Where this practice is less strict than a rule. None of these is an error.",
                  "hint");
    out.open("ul", {{"class", "deviations"}});
    for (const auto& each : found) {
        out.open("li").text(each.sentence + " ");
        out.element("span", {{"class", "hint"}}, each.rule).close("li");
    }
    out.close("ul").close("section");
    return out.str();
}

/// The page with what the form holds; `above` is HTML over the form.
std::string settings_form(const Desk& desk, const Form& form, const std::vector<Problem>& problems,
                          const std::string& above) {
    Html out;
    out.open("link", {{"rel", "stylesheet"}, {"href", asset_address("settings.css")}});
    out.raw(error_summary(problems));
    out.element("h1", {}, "Settings").raw(above);
    out.open("div", {{"class", "note neutral"}})
        .raw(glyph("circle"))
        .element("p", {},
                 "Where a field is empty the plugin runs with its default, which stands below the "
                 "label. What is saved is in use at once.")
        .close("div");
    out.open("form", {{"method", "post"},
                      {"action", address},
                      {"class", "settings"},
                      {"novalidate", ""},
                      {"autocomplete", "off"}});
    out.hidden_input("csrf", desk.session.csrf);
    const bool kept = desk.site.choices.count("mail_password") == 1;
    std::size_t number = 0;
    for (const auto& group : setting_groups())
        put_group(out, group, ++number, form, problems, kept);
    // The first one is what Enter presses.
    out.open("div", {{"class", "actions"}});
    const auto button = [&out](const char* looks, const char* value, const char* label) {
        out.element("button",
                    {{"type", "submit"}, {"class", looks}, {"name", "do"}, {"value", value}},
                    label);
    };
    button("button primary", "save", "Save settings");
    button("button", "test", "Test connection");
    out.element("span", {{"class", "hint"}},
                "The test tries what is typed here and saves nothing.");
    out.close("div").close("form").raw(deviations(desk));
    return out.str();
}

/// The plugin speaks of its settings by name, people by the words beside the input.
std::string in_words(const BadChoice& bad, const char* label) {
    std::string text = Poco::replace(bad.reason, "The setting " + bad.name, bad.name);
    text = Poco::replace(text, bad.name, std::string{label});
    return text.ends_with('.') ? text : text + ".";
}

bool is_on_page(const std::string& input) {
    for (const auto& group : setting_groups()) {
        for (const auto& field : group.fields) {
            if (field.name == input) return true;
        }
    }
    return false;
}

/// In the order of the page; what has no input there comes first.
std::vector<Problem> to_problems(const std::vector<BadChoice>& bad) {
    std::vector<Problem> problems;
    for (const auto& each : bad) {
        if (!is_on_page(input_of(each.name))) problems.push_back({"", each.reason});
    }
    for (const auto& group : setting_groups()) {
        for (const auto& field : group.fields) {
            for (const auto& each : bad) {
                if (input_of(each.name) == field.name)
                    problems.push_back({field.name, in_words(each, field.label)});
            }
        }
    }
    return problems;
}

Response show(const Desk& desk, const Form& form, const std::vector<BadChoice>& bad,
              const std::string& above = {}) {
    const auto problems = to_problems(bad);
    return desk.page(bad.empty() ? "Settings" : "Error: Settings",
                     settings_form(desk, form, problems, above), bad.empty() ? 200 : 422);
}

/// The simulator's own setting, which the plugin does not check.
void check_bounces(const Choices& choices, std::vector<BadChoice>& bad) {
    const auto chosen = choices.find("bounces");
    if (chosen == choices.end()) return;
    try {
        const Maildir maildir{chosen->second};
    } catch (const std::filesystem::filesystem_error& fault) {
        bad.push_back({"bounces", "bounces cannot be used: " + fault.code().message()});
    }
}

Response test(const Desk& desk, const Choices& choices) {
    Answer answer;
    std::vector<MailStep> steps;
    const auto bad = desk.site.plugin.try_out(
        choices, [&](Instance& trial) { answer = trial.test_connection(desk.staff(), steps); });
    if (!bad.empty()) return show(desk, desk.request.form, bad);
    return show(desk, desk.request.form, {}, mail_steps("Test of the mail server", answer, steps));
}

Response save(const Desk& desk, const Choices& choices) {
    const auto bad = desk.site.plugin.change(choices);
    if (!bad.empty()) return show(desk, desk.request.form, bad);
    desk.session.toasts.push_back({"success", "Saved. The plugin runs with these settings now."});
    return Response::go(address);
}
}  // namespace

bool may_change_settings(const Desk& desk) {
    return (desk.staff().permissions & PPO_MAY_CHANGE_SETTINGS) != 0;
}

Response settings_page(const Desk& desk) {
    if (!may_change_settings(desk))
        return desk.not_for_you("see or change the practice's settings");
    const auto running = desk.site.plugin.current();
    if (!desk.request.is_post())
        return show(desk, to_form(running->choices, running->settings), {});
    if (!desk.genuine) {
        Response response = show(desk, desk.request.form, {{"", open_too_long}});
        response.status = 403;
        return response;
    }
    std::vector<BadChoice> bad;
    const Choices choices = to_choices(desk.request.form, running->choices, bad);
    check_bounces(choices, bad);
    if (!bad.empty()) return show(desk, desk.request.form, bad);
    try {
        return desk.request.form.get("do") == "test" ? test(desk, choices) : save(desk, choices);
    } catch (const std::runtime_error& fault) {
        return show(desk, desk.request.form,
                    {{"", std::string{"Nothing has changed: "} + fault.what()}});
    }
}
}  // namespace ppo_sim

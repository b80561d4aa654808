// SPDX-License-Identifier: Apache-2.0
#include "web/template_page.hpp"

#include "web/assets.hpp"
#include "web/mail_steps.hpp"
#include "web/settings_page.hpp"
#include "web/view_html.hpp"

#include <Poco/String.h>

#include <algorithm>
#include <array>
#include <utility>

namespace ppo_sim {
namespace {
constexpr const char* address = "/emr/templates";
constexpr std::array<std::pair<std::uint32_t, const char*>, 3> kinds{
    {{PPO_TEMPLATE_FIRST_SET_UP, "First set-up"},
     {PPO_TEMPLATE_NEW_PASSWORD, "New password"},
     {PPO_TEMPLATE_REMINDER, "Reminder"}}};
constexpr std::array<std::pair<const char*, const char*>, 2> languages{
    {{"en", "English"}, {"es", "Spanish"}}};
constexpr const char* variables =
    "[[first_name]] [[link]] [[expires]] [[practice_name]] "
    "[[practice_phone]] [[username]]";

/// What one answer of the page shows, beside what stays the same.
struct Shown {
    MailTemplate text{};  // In the inputs.
    bool replaced = false;
    std::string patient{};
    std::string recipient{};
    std::vector<Problem> problems{};
    std::string above{};  // HTML over the form: steps, a preview, a good verdict.
};

std::uint32_t kind_of(const Form& query) {
    for (const auto& [kind, label] : kinds) {
        if (query.get("kind") == std::to_string(kind)) return kind;
    }
    return PPO_TEMPLATE_FIRST_SET_UP;
}

std::string language_of(const Form& query) { return query.get("language") == "es" ? "es" : "en"; }

std::string url_of(const MailTemplate& text) {
    return std::string{address} + "?kind=" + std::to_string(text.kind) +
           "&language=" + text.language;
}

/// A browser sends CR LF between lines, whatever stood there.
std::string lines(const std::string& typed) { return Poco::replace(typed, "\r\n", "\n"); }

MailTemplate typed(const Desk& desk) {
    const Form& form = desk.request.form;
    return {.kind = kind_of(desk.request.query),
            .language = language_of(desk.request.query),
            .subject = form.get("subject"),
            .text = lines(form.get("text")),
            .html = lines(form.get("html"))};
}

std::vector<Problem> findings(const Desk& desk, const MailTemplate& text, const Answer& otherwise) {
    std::vector<TemplateFinding> found;
    const Answer checked = desk.site.instance.check_template(desk.staff(), text, found);
    if (!checked.good()) return {{"", checked.message}};
    std::vector<Problem> problems;
    for (const auto& finding : found) {
        const std::string name = finding.part == "html" ? "HTML part" : finding.part;
        const std::string line = finding.line == 0 ? "" : ", line " + std::to_string(finding.line);
        problems.push_back({finding.part, name + line + ": " + finding.sentence});
        auto& said = problems.back().text;
        if (!said.empty() && said[0] >= 'a' && said[0] <= 'z')
            said[0] = static_cast<char>(said[0] - 'a' + 'A');
    }
    if (problems.empty() && !otherwise.good()) problems.push_back({"", otherwise.message});
    return problems;
}

void choice(Html& out, const char* name, const char* label, const std::string& chosen,
            const std::vector<std::pair<std::string, std::string>>& options) {
    out.open("div", {{"class", "field choice"}}).element("label", {{"for", name}}, label);
    out.open("select", {{"id", name}, {"name", name}});
    for (const auto& [value, words] : options)
        out.element("option", {{"value", value}, when(value == chosen, "selected")}, words);
    out.close("select").close("div");
}

void choose_form(Html& out, const MailTemplate& text) {
    out.open("form", {{"method", "get"}, {"action", address}, {"class", "choose"}});
    std::vector<std::pair<std::string, std::string>> mails;
    for (const auto& [kind, label] : kinds) mails.emplace_back(std::to_string(kind), label);
    choice(out, "kind", "Mail", std::to_string(text.kind), mails);
    choice(out, "language", "Language", text.language, {languages.begin(), languages.end()});
    out.element("button", {{"type", "submit"}, {"class", "button"}}, "Show").close("form");
}

void text_field(Html& out, const char* name, const char* label, const std::string& hint,
                const std::string& value, bool bad) {
    out.open("div", {{"class", "element field text-field"}});
    out.element("label", {{"for", name}}, label);
    out.element("p", {{"class", "hint"}, {"id", std::string{name} + "-hint"}}, hint);
    out.open("textarea", {{"id", name},
                          {"name", name},
                          {"spellcheck", "false"},
                          {"rows", "18"},
                          when(bad, "aria-invalid", "true"),
                          {"aria-describedby", std::string{name} + "-hint"}});
    // A browser leaves out the first line end of a text area.
    out.raw("\n").text(value).close("textarea").close("div");
}

Html& button(Html& out, const char* looks, const char* value, const char* label) {
    return out.element(
        "button", {{"type", "submit"}, {"class", looks}, {"name", "do"}, {"value", value}}, label);
}

bool has_problem(const Shown& shown, std::string_view field) {
    return std::any_of(shown.problems.begin(), shown.problems.end(),
                       [field](const Problem& problem) { return problem.field == field; });
}

std::string problem_at(const Shown& shown, std::string_view field) {
    for (const auto& problem : shown.problems) {
        if (problem.field == field) return problem.text;
    }
    return {};
}

void text_part(Html& out, const Shown& shown) {
    out.open("section", {{"class", "part"}, {"aria-labelledby", "texts"}});
    out.element("h2", {{"id", "texts"}},
                shown.replaced ? "The practice's text" : "The text that comes with the plugin");
    out.open("p", {{"class", "hint variables"}}).text("Filled in for each patient: ");
    out.element("code", {}, variables).close("p").open("div", {{"class", "elements"}});
    input_field(out, {.name = "subject",
                      .label = "Subject",
                      .value = shown.text.subject,
                      .problem = problem_at(shown, "subject")});
    text_field(out, "text", "Text part",
               "For mail programs that show no HTML. A line with [[username]] is left out for a "
               "patient without one.",
               shown.text.text, has_problem(shown, "text"));
    text_field(out, "html", "HTML part", "Shows nothing that is not in the mail itself.",
               shown.text.html, has_problem(shown, "html"));
    out.close("div").open("div", {{"class", "actions"}});
    button(out, "button primary", "save", "Save");
    button(out, "button", "check", "Check");
    out.close("div").close("section");
}

void try_part(Html& out, const Shown& shown) {
    out.open("section", {{"class", "part"}, {"aria-labelledby", "try"}});
    out.element("h2", {{"id", "try"}}, "Try it, as it is typed above");
    out.open("div", {{"class", "elements columns"}});
    out.open("div", {{"class", "element"}});
    input_field(out, {.name = "patient",
                      .label = "Preview as",
                      .value = shown.patient,
                      .hint = "A patient number. Empty: somebody invented.",
                      .problem = problem_at(shown, "patient")});
    button(out, "button", "preview", "Preview");
    out.close("div").open("div", {{"class", "element"}});
    input_field(out, {.name = "recipient",
                      .label = "Send a test mail to",
                      .type = "email",
                      .value = shown.recipient,
                      .hint = "About somebody invented; its link opens nothing.",
                      .problem = problem_at(shown, "recipient")});
    button(out, "button", "send", "Send a test mail");
    out.close("div").close("div").close("section");
}

void reset_part(Html& out, const Shown& shown) {
    if (!shown.replaced) return;
    out.open("section", {{"class", "part"}}).open("details").open("summary");
    out.element("h2", {}, "Back to the plugin's text").close("summary");
    out.paragraph("The practice's text of this mail is thrown away.");
    button(out, "button danger", "reset", "Throw it away").close("details").close("section");
}

Response show(const Desk& desk, const Shown& shown) {
    const bool bad = !shown.problems.empty();
    Html out;
    out.open("link", {{"rel", "stylesheet"}, {"href", asset_address("settings.css")}});
    out.raw(error_summary(shown.problems)).element("h1", {}, "Mail texts").raw(shown.above);
    choose_form(out, shown.text);
    out.open("form", {{"method", "post"},
                      {"action", url_of(shown.text)},
                      {"class", "settings"},
                      {"novalidate", ""}});
    out.hidden_input("csrf", desk.session.csrf);
    text_part(out, shown);
    try_part(out, shown);
    reset_part(out, shown);
    out.close("form");
    auto response = desk.page(bad ? "Error: Mail texts" : "Mail texts", out.str(), bad ? 422 : 200);
    response.has_frame = true;  // The preview's HTML part stands in one.
    return response;
}

std::string good_news(const std::string& sentence) {
    Html out;
    out.open("div", {{"class", "note success"}, {"role", "status"}});
    out.raw(glyph("check")).element("p", {}, sentence).close("div");
    return out.str();
}

std::string preview_of(const Desk& desk, const MailTemplate& mail) {
    desk.session.preview = mail.html;
    Html out;
    out.open("section", {{"class", "card preview"},
                         {"aria-labelledby", "preview-title"},
                         {"tabindex", "-1"},
                         {"data-focus", ""}});
    out.element("h2", {{"id", "preview-title"}}, "Preview");
    out.open("p", {{"class", "subject"}}).text("Subject: " + mail.subject).close("p");
    out.element("div", {{"class", "mail-text"}}, mail.text);
    out.open("iframe", {{"class", "mail-html"},
                        {"title", "Preview of the HTML part"},
                        {"sandbox", ""},
                        {"src", std::string{address} + "/preview"}});
    out.close("iframe").close("section");
    return out.str();
}

/// A refusal at its field; one of the text as everything that is wrong with it.
std::vector<Problem> problems_of(const Desk& desk, const MailTemplate& text, const Answer& answer) {
    switch (answer.result) {
    case PPO_REFUSED_TEMPLATE: return findings(desk, text, answer);
    case PPO_REFUSED_UNKNOWN_PATIENT: return {{"patient", answer.message}};
    case PPO_REFUSED_INVALID_EMAIL: return {{"recipient", answer.message}};
    default: return {{answer.field == "recipient" ? "recipient" : "", answer.message}};
    }
}

Response say(const Desk& desk, const MailTemplate& text, const std::string& sentence) {
    desk.session.toasts.push_back({"success", sentence});
    return Response::go(url_of(text));
}

Response act(const Desk& desk, Shown& shown) {
    const std::string verb = desk.request.form.get("do");
    auto& instance = desk.site.instance;
    const auto& text = shown.text;
    Answer answer;
    if (verb == "save") {
        answer = instance.set_template(desk.staff(), text);
        if (answer.good()) return say(desk, text, "Saved. Mails from now on have this text.");
    } else if (verb == "reset") {
        answer = instance.reset_template(desk.staff(), text.kind, text.language);
        if (answer.good()) return say(desk, text, "Mails have the plugin's text again.");
    } else if (verb == "preview") {
        MailTemplate mail;
        answer = instance.preview_template(desk.staff(), text, shown.patient, mail);
        if (answer.good()) shown.above = preview_of(desk, mail);
    } else if (verb == "send") {
        std::vector<MailStep> steps;
        answer = instance.send_test_mail(desk.staff(), text, shown.recipient, steps);
        if (answer.good()) shown.above = mail_steps("Test mail", answer, steps);
    } else {
        shown.problems = findings(desk, text, {PPO_OK, "", "", "", 0});
        if (shown.problems.empty()) shown.above = good_news("Nothing to object to.");
        return show(desk, shown);
    }
    if (!answer.good()) shown.problems = problems_of(desk, text, answer);
    return show(desk, shown);
}

/// Nothing in it runs, loads or leads anywhere: the mail is looked at, not used.
Response preview_frame(const Desk& desk) {
    auto response = Response::html("<!doctype html><base target=\"_blank\">" +
                                   desk.session.preview);
    response.header("Content-Security-Policy",
                    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                    "form-action 'none'; frame-ancestors 'self'");
    return response;
}
}  // namespace

Response template_page(const Desk& desk, const std::vector<std::string>& parts) {
    if (!may_change_settings(desk))
        return desk.not_for_you("see or change the texts of the practice's mails");
    if (parts.size() == 2 && parts[1] == "preview") return preview_frame(desk);
    if (parts.size() != 1) return desk.sorry(404, "Not found", "There is no such page in the EMR.");
    Shown shown;
    MailTemplate kept;
    const auto answer = desk.site.instance.get_template(desk.staff(), kind_of(desk.request.query),
                                                        language_of(desk.request.query), kept);
    if (!answer.good()) return desk.sorry(500, "This cannot be shown", answer.message);
    shown.replaced = kept.replaced;
    shown.text = desk.request.is_post() ? typed(desk) : kept;
    shown.patient = Poco::trim(desk.request.form.get("patient"));
    shown.recipient = Poco::trim(desk.request.form.get("recipient"));
    if (!desk.genuine) shown.problems = {{"", open_too_long}};
    Response response = desk.request.is_post() && desk.genuine ? act(desk, shown)
                                                               : show(desk, shown);
    if (!desk.genuine) response.status = 403;
    return response;
}
}  // namespace ppo_sim

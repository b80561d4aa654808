// SPDX-License-Identifier: Apache-2.0
#include "web/portal_pages.hpp"

namespace ppo_sim {
namespace {
void password_form(const Visit& visit, Html& out, const std::vector<Problem>& problems) {
    visit.open_form(out, "/portal/change-password");
    // Password managers want to know whose password this is.
    out.open("input", {{"type", "text"},
                       {"name", "username"},
                       {"value", visit.session->person.username},
                       {"autocomplete", "username"},
                       {"hidden", ""},
                       {"readonly", ""}});
    input_field(out, {.name = "current_password",
                      .label = "Current password",
                      .type = "password",
                      .autocomplete = "current-password",
                      .problem = problem_at(problems, "current_password")});
    input_field(out, {.name = "new_password",
                      .label = "New password",
                      .type = "password",
                      .hint = visit.password_hint(),
                      .autocomplete = "new-password",
                      .problem = problem_at(problems, "new_password")});
    out.element("button", {{"type", "submit"}, {"class", "button primary"}}, "Change password");
    out.close("form");
}
}  // namespace

Response sign_in_page(Visit& visit, const std::vector<Problem>& problems) {
    Html out;
    out.raw(error_summary(problems)).element("h1", {}, "Sign in to your patient portal");
    visit.open_form(out, "/portal/sign-in");
    input_field(out, {.name = "username",
                      .label = "Username",
                      .value = visit.request.form.get("username"),
                      .autocomplete = "username",
                      .problem = problem_at(problems, "username")});
    input_field(out, {.name = "password",
                      .label = "Password",
                      .type = "password",
                      .autocomplete = "current-password",
                      .problem = problem_at(problems, "password")});
    out.element("button", {{"type", "submit"}, {"class", "button primary"}}, "Sign in");
    out.close("form").open("ul", {{"class", "ways"}});
    const auto way = [&](std::string_view href, std::string_view text) {
        out.open("li").element("a", {{"href", std::string{href}}}, text).close("li");
    };
    way("/portal/account", "I'm a registered patient. Create my account");
    way("/portal/password", "I forgot my password");
    way("/portal/username", "I forgot my username");
    out.close("ul");
    return visit.page(problems.empty() ? "Sign in" : "Error: Sign in", out.str(),
                      problems.empty() ? 200 : 422);
}

Response sign_in(Visit& visit) {
    if (!visit.genuine) return sign_in_page(visit, {{"", open_too_long}});
    const auto& form = visit.request.form;
    SignedIn person;
    const auto answer = visit.site.instance.sign_in(visit.visitor(), form.get("username"),
                                                    form.get("password"), person);
    if (auto instead = page_instead(visit, answer)) return *std::move(instead);
    if (!answer.good()) {
        auto problem = problem_of(answer);
        if (problem.field.empty()) problem.field = "username";
        return sign_in_page(visit, {problem});
    }
    // A new id with the new rights: whoever knew the old one gains nothing.
    visit.renew(person.patient_id);
    visit.session->person = person;
    return Response::go("/portal");
}

Response signed_in_page(Visit& visit, const std::vector<Problem>& problems) {
    const auto& person = visit.session->person;
    Html out;
    out.raw(error_summary(problems));
    if (person.must_change_password) {
        out.element("h1", {}, "Choose your own password, " + person.first_name);
        out.paragraph(
            "Your practice gave you the password you signed in with. Please replace it with one "
            "that "
            "only you know.");
        password_form(visit, out, problems);
    } else {
        out.element("h1", {}, "Welcome, " + person.first_name);
        out.paragraph("You are signed in as " + person.username + ".", "lead");
        out.open("section", {{"class", "card"}, {"aria-labelledby", "password-title"}});
        out.element("h2", {{"id", "password-title"}}, "Change your password");
        password_form(visit, out, problems);
        out.close("section");
        mail_choice_way(out);
    }
    visit.open_form(out, "/portal/sign-out");
    out.element("button", {{"type", "submit"}, {"class", "button"}}, "Sign out").close("form");
    const std::string title = person.must_change_password ? "Choose your own password" : "Welcome";
    return visit.page(problems.empty() ? title : "Error: " + title, out.str(),
                      problems.empty() ? 200 : 422);
}

Response change_password(Visit& visit) {
    if (!visit.signed_in()) return Response::go("/portal");
    const auto& form = visit.request.form;
    SignedIn person = visit.session->person;
    const auto answer = visit.site.instance.change_password(
        visit.visitor(), person.patient_id, form.get("current_password"), form.get("new_password"),
        person.session_epoch);
    if (auto instead = page_instead(visit, answer)) return *std::move(instead);
    if (!answer.good()) {
        auto problem = problem_of(answer);
        // Without a field it is no typing error: no sign-in is taken at the moment.
        const bool wrong = answer.result == PPO_REFUSED_SIGN_IN &&
                           problem.field == "current_password";
        if (wrong) problem.text = "This is not your current password.";
        if (problem.field.empty()) problem.field = "current_password";
        if (problem.field == "password") problem.field = "new_password";
        return signed_in_page(visit, {problem});
    }
    // Other sessions of this patient have ended; this one goes on under a new id.
    person.must_change_password = false;
    visit.renew(person.patient_id);
    visit.session->person = person;
    visit.session->toasts.push_back({"success", "Your password is changed."});
    return Response::go("/portal");
}

Response sign_out(Visit& visit) {
    visit.renew();
    visit.session->toasts.push_back({"success", "You are signed out."});
    auto response = Response::go("/portal");
    // Not "cookies": staff may be signed in to the EMR on the same host.
    response.header("Clear-Site-Data", "\"cache\", \"storage\"");
    return response;
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "web/portal_pages.hpp"
#include "web/view_html.hpp"

#include <optional>

namespace ppo_sim {
namespace {
constexpr std::uint32_t asks_identity = PPO_LINK_PAGE_BIRTH_DATE | PPO_LINK_PAGE_POSTAL_CODE;

void practice(Html& out, const LinkPage& link) {
    out.open("p", {{"class", "practice"}})
        .element("b", {}, link.practice_name)
        .text(", " + link.practice_phone);
    out.close("p");
}

Response dead_link(const Visit& visit, const LinkPage& link) {
    Html out;
    out.element("h1", {}, "This link does not work any more").paragraph(link.sentence, "lead");
    if (link.asks(PPO_LINK_PAGE_RENEWABLE)) {
        visit.open_form(out, "/portal/setup");
        out.hidden_input("step", "renew");
        out.element("button", {{"type", "submit"}, {"class", "button primary"}},
                    "Send me a fresh link");
        out.close("form");
    }
    practice(out, link);
    out.open("p").element("a", {{"href", "/portal"}}, "To sign-in").close("p");
    return visit.page("This link does not work any more", out.str(), 410);
}

Response identity_form(const Visit& visit, const LinkPage& link,
                       const std::vector<Problem>& problems) {
    Html out;
    out.raw(error_summary(problems)).element("h1", {}, "Hello " + link.first_name);
    out.paragraph(link.sentence, "lead");
    visit.open_form(out, "/portal/setup");
    out.hidden_input("step", "identity");
    if (link.asks(PPO_LINK_PAGE_BIRTH_DATE)) {
        input_field(out, {.name = "birth_date",
                          .label = "Birth date",
                          .type = "date",
                          .value = visit.request.form.get("birth_date"),
                          .hint = "So that nobody else sets up your account.",
                          .autocomplete = "bday",
                          .problem = problem_at(problems, "birth_date")});
    }
    if (link.asks(PPO_LINK_PAGE_POSTAL_CODE)) {
        input_field(out, {.name = "postal_code",
                          .label = "ZIP code",
                          .value = visit.request.form.get("postal_code"),
                          .autocomplete = "postal-code",
                          .problem = problem_at(problems, "postal_code")});
    }
    out.element("button", {{"type", "submit"}, {"class", "button primary"}}, "Continue")
        .close("form");
    out.paragraph("This link works until " + link.expires_text + ".", "hint");
    out.paragraph("Not " + link.first_name + "? Then please close this page, and call us.", "hint");
    practice(out, link);
    return visit.page(problems.empty() ? "Set up your account" : "Error: Set up your account",
                      out.str(), problems.empty() ? 200 : 422);
}

std::string verdict_html(const UsernameVerdict& verdict) {
    const bool free = verdict.verdict == PPO_OK;
    Html out;
    out.open("div", {{"class", free ? "verdict success" : "verdict warning"},
                     {"id", "username-verdict"},
                     {"role", "status"}});
    out.raw(glyph(free ? "check" : "warning")).element("span", {}, verdict.sentence);
    for (const auto& word : verdict.suggestions) {
        // Sent after the field itself, and the last value of a name counts: works without script.
        out.element(
            "button",
            {{"type", "submit"}, {"class", "suggestion"}, {"name", "username"}, {"value", word}},
            word);
    }
    out.close("div");
    return out.str();
}

Response credentials_form(const Visit& visit, const LinkPage& link,
                          const std::vector<Problem>& problems,
                          const std::optional<UsernameVerdict>& verdict = {}) {
    const bool wants_username = link.asks(PPO_LINK_PAGE_USERNAME);
    Html out;
    out.raw(error_summary(problems)).element("h1", {}, "Hello " + link.first_name);
    out.paragraph(wants_username ? "Choose a username and a password for your patient portal."
                                 : "Choose a new password for your patient portal.",
                  "lead");
    visit.open_form(out, "/portal/setup");
    // What Enter presses; a suggestion further down must not be it.
    out.element("button",
                {{"type", "submit"},
                 {"hidden", ""},
                 {"tabindex", "-1"},
                 {"name", "step"},
                 {"value", "credentials"}},
                "Save");
    if (wants_username) {
        input_field(out, {.name = "username",
                          .label = "Username",
                          .value = visit.request.form.get("username"),
                          .hint = "You choose it. You sign in with it.",
                          .autocomplete = "username",
                          .problem = problem_at(problems, "username"),
                          .verdict = verdict ? verdict_html(*verdict) : std::string{},
                          .live = true});
    } else {
        out.open("p").text("Your username: ").element("b", {}, link.username).close("p");
        out.open("input", {{"type", "text"},
                           {"name", "on_file"},
                           {"value", link.username},
                           {"autocomplete", "username"},
                           {"hidden", ""},
                           {"readonly", ""}});
    }
    input_field(out, {.name = "password",
                      .label = "Password",
                      .type = "password",
                      .hint = visit.password_hint(),
                      .autocomplete = "new-password",
                      .problem = problem_at(problems, "password")});
    out.element("button",
                {{"type", "submit"},
                 {"class", "button primary"},
                 {"name", "step"},
                 {"value", "credentials"}},
                "Save");
    out.close("form").paragraph("This link works until " + link.expires_text + ".", "hint");
    practice(out, link);
    return visit.page(problems.empty() ? "Set up your account" : "Error: Set up your account",
                      out.str(), problems.empty() ? 200 : 422);
}

Response no_link(const Visit& visit) {
    Html out;
    out.element("h1", {}, "Please open the link in your e-mail again");
    out.paragraph("This page needs the link, and a cookie that lasts until you close the browser.",
                  "lead");
    out.open("p").element("a", {{"href", "/portal"}}, "To sign-in").close("p");
    return visit.page("Please open the link again", out.str(), 404);
}

Response take_identity(Visit& visit, const LinkPage& link) {
    auto& session = *visit.session;
    LinkAnswers answers{session.answers.link, visit.request.form.get("birth_date"),
                        visit.request.form.get("postal_code")};
    LinkPage page;
    const auto answer = visit.site.instance.confirm_identity(visit.visitor(), answers, page);
    if (!answer.good()) return identity_form(visit, link, {problem_of(answer)});
    session.answers = answers;
    session.confirmed_page = page;
    session.identity_confirmed = true;
    return Response::go("/portal/setup");
}

Response take_credentials(Visit& visit, const LinkPage& link) {
    const auto& form = visit.request.form;
    const bool wants_username = link.asks(PPO_LINK_PAGE_USERNAME);
    const auto username = wants_username ? std::optional{form.get("username")} : std::nullopt;
    const auto answer = visit.site.instance.complete_setup(visit.visitor(), visit.session->answers,
                                                           username, form.get("password"));
    if (!answer.good()) {
        std::optional<UsernameVerdict> verdict;
        if (problem_of(answer).field == "username") {
            UsernameVerdict checked;
            const auto check = visit.site.instance.check_username(
                visit.visitor(), visit.session->answers, form.get("username"), checked);
            if (check.good()) verdict = checked;
        }
        return credentials_form(visit, link, {problem_of(answer)}, verdict);
    }
    // The link is used up, and nobody is signed in by it.
    visit.renew();
    visit.session->toasts.push_back(
        {"success", "Your account is ready. Sign in with your username and password."});
    return Response::go("/portal");
}

/// A post without a step: our script asks for the verdict on a username, or somebody took a
/// suggestion.
Response check_username(Visit& visit, const LinkPage& link) {
    UsernameVerdict verdict;
    const auto answer = visit.site.instance.check_username(
        visit.visitor(), visit.session->answers, visit.request.form.get("username"), verdict);
    if (!answer.good()) return credentials_form(visit, link, {problem_of(answer)});
    if (visit.request.fragment.empty()) return credentials_form(visit, link, {}, verdict);
    return Response::html(verdict_html(verdict));
}
}  // namespace

Response open_mailed_link(Site& site, const Request& request) {
    const auto parts = segments_after(request.path, "/r");
    if (request.method == "HEAD")
        return Response::html({});  // A scanner: it learns and changes nothing.
    const std::string secret = parts.empty() ? std::string{} : parts.back().substr(0, 256);
    Visit visit{.site = site,
                .request = request,
                .session = site.portal_sessions.find(request.cookie(portal_cookie))};
    // Whoever is signed in at this computer is not necessarily the person invited: a link begins
    // anew.
    if (visit.session) site.portal_sessions.end(visit.session->id);
    visit.session = site.portal_sessions.start();
    visit.session->answers.link = secret;
    Response response = Response::go("/portal/setup");
    response.header("Set-Cookie", std::string{portal_cookie} + "=" + visit.session->id +
                                      "; Path=/; HttpOnly; SameSite=Lax");
    response.header("Referrer-Policy", "no-referrer");
    return response;
}

Response setup(Visit& visit) {
    auto& session = *visit.session;
    if (session.answers.link.empty()) return no_link(visit);
    LinkPage link;
    const auto answer = visit.site.instance.open_link(visit.visitor(), session.answers.link, link);
    if (!answer.good())
        return dead_link(visit, {.sentence = answer.message,
                                 .practice_name = visit.site.practice.name,
                                 .practice_phone = visit.site.practice.phone});
    const std::string step = visit.request.form.get("step");
    if (!link.usable()) {
        if (!visit.request.is_post() || step != "renew") return dead_link(visit, link);
        const auto renewed = visit.site.instance.renew_link(visit.visitor(), session.answers.link);
        session.toasts.push_back(
            renewed.good()
                ? Toast{"success", "If we can, we send a fresh link to the address on file."}
                : Toast{"warning", renewed.message});
        return Response::go("/portal/setup");
    }
    if (!session.identity_confirmed && link.asks(asks_identity)) {
        return visit.request.is_post() ? take_identity(visit, link)
                                       : identity_form(visit, link, {});
    }
    if (session.identity_confirmed) link.username = session.confirmed_page.username;
    if (!visit.request.is_post()) return credentials_form(visit, link, {});
    return step == "credentials" ? take_credentials(visit, link) : check_username(visit, link);
}
}  // namespace ppo_sim

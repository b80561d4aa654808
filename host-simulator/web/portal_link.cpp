// SPDX-License-Identifier: Apache-2.0
#include "web/headers.hpp"
#include "web/portal_pages.hpp"
#include "web/view_html.hpp"

#include <optional>
#include <utility>

namespace ppo_sim {
namespace {
constexpr std::uint32_t asks_identity = PPO_LINK_PAGE_BIRTH_DATE | PPO_LINK_PAGE_POSTAL_CODE;

constexpr std::size_t most_usernames_told = 20;

/// For the address that bears the secret: no page that follows hears of it.
Response without_referrer(Response response) {
    response.header("Referrer-Policy", "no-referrer");
    return response;
}

/// The way to /portal, as a button if it is the way forward.
void to_sign_in(Html& out, bool forward) {
    out.open("p");
    out.element("a", {{"href", "/portal"}, when(forward, "class", "button primary")},
                forward ? "Sign in" : "To sign-in");
    out.close("p");
}

Response dead_link(const Visit& visit, const LinkPage& link) {
    constexpr const char* title = "This link does not work any more";
    const bool renewable = link.asks(PPO_LINK_PAGE_RENEWABLE);
    Html out;
    out.element("h1", {}, title).paragraph(link.sentence, "lead");
    if (renewable) {
        out.paragraph("We can mail a fresh link to the address that the practice has on file.");
        visit.open_form(out, "/portal/setup");
        out.hidden_input("step", "renew");
        out.element("button", {{"type", "submit"}, {"class", "button primary"}},
                    "Mail me a fresh link");
        out.close("form");
    }
    const bool has_account = link.state == PPO_REFUSED_LINK_USED ||
                             link.state == PPO_REFUSED_LINK_CREDENTIALS_CHANGED;
    to_sign_in(out, has_account && !renewable);
    if (has_account) {
        out.paragraph("Was that not you? Then please call us.");
    } else {
        out.paragraph("Questions? Please call us.");
    }
    visit.put_practice(out);
    return visit.page(title, out.str(), 410);
}

/// How long the page stays open, in words, and for our script, which warns before it closes.
void closing_hint(const Visit& visit, Html& out, const LinkPage& link) {
    const auto left = visit.site.link_sessions.left(visit.session->id, visit.request.at);
    out.paragraph("This link works until " + link.expires_text + ".", "hint");
    out.element("p", {{"class", "hint"}, {"data-closes-in", std::to_string(left.count())}},
                "To protect you, this page closes after " + std::to_string(link_life.idle.count()) +
                    " minutes without a click. The link in your e-mail still works then.");
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
    closing_hint(visit, out, link);
    out.paragraph("Not " + link.first_name + "? Then please close this page, and call us.", "hint");
    visit.put_practice(out);
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

/// A verdict on a username tells about other people, so a link buys only so many; with none left
/// the store decides when the form is sent.
std::string username_verdict(Visit& visit, const std::string& username, Answer& answer) {
    auto& told = visit.session->usernames_told;
    if (told.size() >= most_usernames_told && told.count(username) == 0) {
        Html out;
        out.open("div", {{"class", "verdict"}, {"id", "username-verdict"}, {"role", "status"}});
        out.element("span", {},
                    "You have tried many usernames. This one is checked when you press Save.");
        return out.close("div").str();
    }
    UsernameVerdict verdict;
    answer = visit.site.instance.check_username(visit.visitor(), visit.session->answers, username,
                                                verdict);
    if (!answer.good()) return {};
    if (verdict.verdict == PPO_OK || verdict.verdict == PPO_REFUSED_USERNAME_TAKEN)
        told.insert(username);
    return verdict_html(verdict);
}

Response credentials_form(const Visit& visit, const LinkPage& link,
                          const std::vector<Problem>& problems, const std::string& verdict = {}) {
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
                          .verdict = verdict,
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
    out.close("form");
    closing_hint(visit, out, link);
    visit.put_practice(out);
    return visit.page(problems.empty() ? "Set up your account" : "Error: Set up your account",
                      out.str(), problems.empty() ? 200 : 422);
}

/// The session of the link is over, or the browser keeps no cookies.
Response no_link(Site& site, const Request& request) {
    // Of nobody, and forgotten with the answer.
    const Visit visit{
        .site = site, .request = request, .session = std::make_shared<PortalSession>()};
    constexpr const char* title = "Please open the link in your e-mail again";
    Html out;
    out.element("h1", {}, title);
    out.paragraph(
        "This page was closed to protect you, so nothing was done. If the link was not used yet, "
        "it "
        "still works.",
        "lead");
    const std::string typed = request.from_own_page ? request.form.get("username") : "";
    if (!typed.empty()) out.paragraph("The username that you typed: " + typed);
    out.paragraph("The page closes " + std::to_string(link_life.idle.count()) +
                  " minutes after the last click, and " + std::to_string(link_life.total.count()) +
                  " minutes after the link was opened. It needs a cookie, which your browser "
                  "forgets when you close it.");
    to_sign_in(out, false);
    visit.put_practice(out);
    return visit.page(title, out.str(), request.is_post() ? 403 : 404);
}

/// Nobody is signed in in this browser from now on.
void sign_everybody_out(const Visit& visit, Response& response, std::vector<Toast> toasts = {}) {
    auto& sessions = visit.site.portal_sessions;
    sessions.end(visit.request.cookie(portal_cookie));
    const auto fresh = sessions.start(visit.request.at);
    fresh->toasts = std::move(toasts);
    set_session_cookie(response, portal_cookie, fresh->id);
}

Response take_identity(Visit& visit, const LinkPage& link) {
    auto& session = *visit.session;
    LinkAnswers answers{session.answers.link, visit.request.form.get("birth_date"),
                        visit.request.form.get("postal_code")};
    LinkPage page;
    const auto answer = visit.site.instance.confirm_identity(visit.visitor(), answers, page);
    if (auto instead = page_instead(visit, answer)) return *std::move(instead);
    if (!answer.good()) return identity_form(visit, link, {problem_of(answer)});
    session.answers = answers;
    session.confirmed_page = page;
    session.identity_confirmed = true;
    // At a family's computer the page goes on for the person invited, and for nobody else.
    Response response = Response::go("/portal/setup");
    sign_everybody_out(visit, response);
    return response;
}

Response take_credentials(Visit& visit, const LinkPage& link) {
    const auto& form = visit.request.form;
    auto& session = *visit.session;
    const bool wants_username = link.asks(PPO_LINK_PAGE_USERNAME);
    const auto username = wants_username ? std::optional{form.get("username")} : std::nullopt;
    const auto answer = visit.site.instance.complete_setup(visit.visitor(), session.answers,
                                                           username, form.get("password"));
    if (auto instead = page_instead(visit, answer)) return *std::move(instead);
    if (!answer.good()) {
        Answer checked;
        const std::string verdict = problem_of(answer).field == "username"
                                        ? username_verdict(visit, form.get("username"), checked)
                                        : std::string{};
        return credentials_form(visit, link, {problem_of(answer)}, verdict);
    }
    // The link is used up, and nobody is signed in by it. Its session stays for whoever presses the
    // button twice or goes back: the page says that the link was used, and of whom nothing.
    session.answers = {.link = session.answers.link};
    session.identity_confirmed = false;
    session.confirmed_page = {};
    Response response = Response::go("/portal");
    sign_everybody_out(
        visit, response,
        {{"success", "Your account is ready. Sign in with your username and password."}});
    return response;
}

/// A post without a step: our script asks for the verdict on a username, or somebody took a
/// suggestion.
Response check_username(Visit& visit, const LinkPage& link) {
    Answer answer;
    const auto verdict = username_verdict(visit, visit.request.form.get("username"), answer);
    if (verdict.empty())
        if (auto instead = page_instead(visit, answer)) return *std::move(instead);
    if (verdict.empty()) return credentials_form(visit, link, {problem_of(answer)});
    if (!visit.request.fragment.empty()) return Response::html(verdict);
    return credentials_form(visit, link, {}, verdict);
}

Response dead_link(const Visit& visit, const Answer& answer) {
    if (auto instead = page_instead(visit, answer)) return *std::move(instead);
    return dead_link(visit, LinkPage{.state = answer.result, .sentence = problem_of(answer).text});
}

Response renew(Visit& visit) {
    auto& session = *visit.session;
    const auto renewed = visit.site.instance.renew_link(visit.visitor(), session.answers.link);
    if (auto instead = page_instead(visit, renewed)) return *std::move(instead);
    session.toasts.push_back(
        renewed.good() ? Toast{"success", "If we can, we send a fresh link to the address on file."}
                       : Toast{"warning", problem_of(renewed).text});
    return Response::go("/portal/setup");
}

Response out_of_date(const Visit& visit) {
    Html out;
    out.element("h1", {}, "Please try again");
    out.paragraph("This page was not up to date, so nothing was done.");
    out.open("p").element("a", {{"href", "/portal/setup"}}, "To the page of your link").close("p");
    return visit.page("Please try again", out.str(), 403);
}

Response setup(Visit& visit) {
    auto& session = *visit.session;
    const bool post = visit.request.is_post();
    if (post && !is_genuine(visit.request, session)) return out_of_date(visit);
    LinkPage link;
    const auto answer = visit.site.instance.open_link(visit.visitor(), session.answers.link, link);
    if (!answer.good()) return dead_link(visit, answer);
    const std::string step = visit.request.form.get("step");
    if (!link.usable()) return post && step == "renew" ? renew(visit) : dead_link(visit, link);
    if (!session.identity_confirmed && link.asks(asks_identity)) {
        return post ? take_identity(visit, link) : identity_form(visit, link, {});
    }
    if (session.identity_confirmed) link.username = session.confirmed_page.username;
    if (!post) return credentials_form(visit, link, {});
    return step == "credentials" ? take_credentials(visit, link) : check_username(visit, link);
}
}  // namespace

Response open_mailed_link(Site& site, const Request& request) {
    if (request.is_post()) return without_referrer(Response::go("/portal"));
    if (request.method == "HEAD")
        return without_referrer(Response::html({}));  // A scanner: it learns and changes nothing.
    const auto parts = segments_after(request.path, "/r");
    const std::string secret = parts.empty() ? std::string{} : parts.back().substr(0, 256);
    Visit visit{.site = site, .request = request, .session = std::make_shared<PortalSession>()};
    LinkPage link;
    const auto answer = site.instance.open_link(visit.visitor(), secret, link);
    // Anybody can make a browser open an address. One that is no link of ours says so and takes
    // nobody's place; even one that is leaves alone whoever is signed in.
    if (!answer.good()) return without_referrer(dead_link(visit, answer));
    if (link.state == PPO_REFUSED_LINK_UNKNOWN) return without_referrer(dead_link(visit, link));
    site.link_sessions.end(request.cookie(link_cookie));
    visit.session = site.link_sessions.start(request.at);
    visit.session->answers.link = secret;
    Response response = Response::go("/portal/setup");
    set_session_cookie(response, link_cookie, visit.session->id);
    return without_referrer(std::move(response));
}

Response setup_page(Site& site, const Request& request) {
    Visit visit{.site = site,
                .request = request,
                .session = site.link_sessions.find(request.cookie(link_cookie), request.at)};
    if (!visit.session) return no_link(site, request);
    const std::lock_guard turn{visit.session->turn};
    Response response = setup(visit);
    const auto left = site.link_sessions.left(visit.session->id, request.at);
    response.header("X-Closes-In", std::to_string(left.count()));
    return response;
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "web/headers.hpp"
#include "web/portal_pages.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace ppo_sim {
namespace {
Response route(Visit& visit) {
    const auto parts = segments_after(visit.request.path, "/portal");
    const std::string first = parts.empty() ? "" : parts[0];
    const bool post = visit.request.is_post();
    if (parts.size() > 1) return visit.page("Not found", "<h1>Not found</h1>", 404);
    if (first.empty()) return visit.signed_in() ? signed_in_page(visit) : sign_in_page(visit);
    if (first == "sign-in") return post ? sign_in(visit) : Response::go("/portal");
    if (first == "change-password") return post ? change_password(visit) : Response::go("/portal");
    if (first == "sign-out") return post ? sign_out(visit) : Response::go("/portal");
    if (first == "mail") return mail_choice_page(visit);
    if (first == "account" || first == "password" || first == "username")
        return request_page(visit, first);
    return visit.page("Not found", "<h1>Not found</h1><p>There is no such page in the portal.</p>",
                      404);
}

/// What broke is for whoever runs the practice's machines, and may name them.
Response out_of_order_page(const Visit& visit) {
    constexpr const char* title = "This does not work at the moment";
    Html out;
    out.element("h1", {}, title);
    out.paragraph("Please try again in a few minutes. If it still does not work then, call us.",
                  "lead");
    visit.put_practice(out);
    out.open("p").element("a", {{"href", "/portal"}}, "To the start of the portal").close("p");
    return visit.page(title, out.str(), 503);
}

/// What ended the sign-in may have been done in another process: the plugin knows.
std::optional<Response> end_if_over(Visit& visit) {
    const auto& person = visit.session->person;
    const auto answer = visit.site.instance.check_session(visit.visitor(), person.patient_id,
                                                          person.session_epoch);
    if (answer.good()) return std::nullopt;
    if (!answer.refused()) return out_of_order_page(visit);
    visit.site.portal_sessions.end(visit.session->id);
    visit.session = visit.site.portal_sessions.start(visit.request.at);
    visit.new_session = true;
    return std::nullopt;
}

Response out_of_date(const Visit& visit) {
    Html out;
    out.element("h1", {}, "Please try again");
    out.paragraph("This page was open for too long, so nothing was done.");
    out.open("p").element("a", {{"href", "/portal"}}, "To the start of the portal").close("p");
    return visit.page("Please try again", out.str(), 403);
}

/// The summary of problems stands far from the field, so it names it.
std::string please_enter(const std::string& field) {
    if (field == "email") return "Please enter your e-mail address.";
    if (field == "birth_date") return "Please enter your birth date.";
    if (field == "last_name") return "Please enter your last name.";
    return "Please enter your ZIP code.";
}

/// Pages for everybody: such a post they answer themselves, with what was typed.
bool keeps_what_was_typed(const Request& request) {
    static constexpr std::array<std::string_view, 4> paths{"/portal/sign-in", "/portal/account",
                                                           "/portal/password", "/portal/username"};
    return request.from_own_page &&
           std::find(paths.begin(), paths.end(), request.path) != paths.end();
}
}  // namespace

Visitor Visit::visitor() const {
    // The portal's own words are English, so the plugin's sentences come in the practice's language
    // too.
    return {.from = request.peer, .user_agent = request.user_agent.substr(0, 512)};
}

void Visit::renew(const std::string& patient_id) {
    auto toasts = std::exchange(session->toasts, {});
    site.portal_sessions.end(session->id);
    session = site.portal_sessions.start(request.at, patient_id);
    session->toasts = std::move(toasts);
    new_session = true;
}

Response Visit::page(const std::string& title, const std::string& main, int status) const {
    Html footer;
    footer.paragraph(site.practice.name + ", " + site.practice.phone);
    const Frame frame{.place = "portal",
                      .site = site.practice.name + ": patient portal",
                      .home = "/portal",
                      .footer = footer.str(),
                      .toasts = std::exchange(session->toasts, {})};
    return Response::html(ppo_sim::page(frame, title, main), status);
}

std::string Visit::password_hint() const {
    return "At least " + std::to_string(site.instance.fewest_password_characters()) +
           " characters. A few words that do not belong together are good.";
}

void Visit::open_form(Html& out, const std::string& action) const {
    out.open("form",
             {{"method", "post"}, {"action", action}, {"novalidate", ""}, {"class", "narrow"}});
    out.hidden_input("csrf", session->csrf);
}

void Visit::put_practice(Html& out) const {
    out.open("p", {{"class", "practice"}}).element("b", {}, site.practice.name).text(", ");
    std::string number;
    for (const char c : site.practice.phone) {
        if ((c >= '0' && c <= '9') || c == '+') number += c;
    }
    out.element("a", {{"href", "tel:" + number}}, site.practice.phone).close("p");
}

Problem problem_of(const Answer& given) {
    Answer answer = given;
    if (answer.result == PPO_REFUSED_FIELD_EMPTY) answer.message = please_enter(answer.field);
    // What the contract does not take at all: the plugin's words are for whoever writes a host.
    if (answer.misuse())
        answer.message = "This is too long, or holds characters that nobody can read.";
    for (const auto* field : {"username", "password", "email", "birth_date", "last_name",
                              "postal_code", "current_password", "new_password"}) {
        if (answer.field == field) return {answer.field, answer.message};
    }
    if (answer.code.starts_with("refused_username")) return {"username", answer.message};
    if (answer.code.starts_with("refused_password")) return {"password", answer.message};
    if (answer.code.starts_with("refused_identity")) return {"birth_date", answer.message};
    return {{}, answer.message};
}

std::string problem_at(const std::vector<Problem>& problems, const std::string& field) {
    for (const auto& problem : problems) {
        if (problem.field == field) return problem.text;
    }
    return {};
}

namespace {
/// Rounded up; at most a day, whatever the plugin says: nobody waits longer for a page.
std::int64_t seconds_to_wait(const Answer& answer) {
    constexpr std::int64_t day_ms = 86'400'000;
    return (std::clamp<std::int64_t>(answer.retry_after_ms, 0, day_ms) + 999) / 1000;
}

Response too_many_page(const Visit& visit, const Answer& answer) {
    Html out;
    out.element("h1", {}, "Please wait a little").paragraph(answer.message, "lead");
    out.paragraph("Nothing was changed. A link from one of our e-mails works all the same.");
    out.open("p")
        .text("You can also call us: ")
        .element("b", {}, visit.site.practice.name)
        .text(", " + visit.site.practice.phone);
    out.close("p");
    out.open("p").element("a", {{"href", "/portal"}}, "To the start of the portal").close("p");
    Response response = visit.page("Please wait a little", out.str(), 429);
    response.header("Retry-After", std::to_string(seconds_to_wait(answer)));
    return response;
}
}  // namespace

std::optional<Response> page_instead(const Visit& visit, const Answer& answer) {
    if (answer.result == PPO_REFUSED_TOO_MANY_TRIES) return too_many_page(visit, answer);
    if (answer.fault()) return out_of_order_page(visit);
    return std::nullopt;
}

Response portal(Site& site, const Request& request) {
    if (request.path == "/portal/setup") return setup_page(site, request);
    Visit visit{.site = site,
                .request = request,
                .session = site.portal_sessions.find(request.cookie(portal_cookie), request.at)};
    if (!visit.session) {
        visit.session = site.portal_sessions.start(request.at);
        visit.new_session = true;
    }
    // Held beyond `renew`, which replaces the session by one that nobody else knows yet.
    const auto first = visit.session;
    const std::lock_guard turn{first->turn};
    if (visit.signed_in())
        if (auto broken = end_if_over(visit)) return *std::move(broken);
    visit.genuine = !request.is_post() || is_genuine(request, *visit.session);
    Response response = visit.genuine || keeps_what_was_typed(request) ? route(visit)
                                                                       : out_of_date(visit);
    if (!visit.genuine) response.status = 403;
    if (visit.new_session) set_session_cookie(response, portal_cookie, visit.session->id);
    return response;
}
}  // namespace ppo_sim

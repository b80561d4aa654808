// SPDX-License-Identifier: Apache-2.0
#include "web/portal_pages.hpp"

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
    if (first == "setup") return setup(visit);
    if (first == "account" || first == "password" || first == "username")
        return request_page(visit, first);
    return visit.page("Not found", "<h1>Not found</h1><p>There is no such page in the portal.</p>",
                      404);
}

Response out_of_date(const Visit& visit) {
    Html out;
    out.element("h1", {}, "Please try again");
    out.paragraph("This page was open for too long, so nothing was done.");
    out.open("p").element("a", {{"href", "/portal"}}, "To the start of the portal").close("p");
    return visit.page("Please try again", out.str(), 403);
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
    session = site.portal_sessions.start(patient_id);
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

Problem problem_of(const Answer& answer) {
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

Response portal(Site& site, const Request& request) {
    Visit visit{.site = site,
                .request = request,
                .session = site.portal_sessions.find(request.cookie(portal_cookie))};
    if (!visit.session) {
        visit.session = site.portal_sessions.start();
        visit.new_session = true;
    }
    // Held beyond `renew`, which replaces the session by one that nobody else knows yet.
    const auto first = visit.session;
    const std::lock_guard turn{first->turn};
    Response response = request.is_post() && !is_genuine(request, *visit.session)
                            ? out_of_date(visit)
                            : route(visit);
    if (visit.new_session) {
        response.header("Set-Cookie", std::string{portal_cookie} + "=" + visit.session->id +
                                          "; Path=/; HttpOnly; SameSite=Lax");
    }
    return response;
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "web/emr_pages.hpp"
#include "web/headers.hpp"
#include "web/settings_page.hpp"
#include "web/template_page.hpp"
#include "web/view_html.hpp"

#include <algorithm>
#include <utility>

namespace ppo_sim {
namespace {
void menu(const Desk& desk, Html& out) {
    out.open("nav", {{"class", "menu"}, {"aria-label", "EMR"}});
    out.element("a", {{"href", "/emr"}}, "Patients");
    Answer answer;
    const auto links = desk.contributions(menu_location, &answer);
    out.open("details", {{"class", "drop"}}).element("summary", {}, "My Links").open("ul");
    for (const auto& link : links) {
        out.open("li").open("a", {{"href", "/emr/view/" + encode_url(link.view_id)}});
        out.open("b").text(link.label).close("b");
        out.element("span", {}, link.hint).close("a").close("li");
    }
    if (links.empty()) {
        out.element(
            "li", {{"class", "none"}},
            answer.good() ? "Nothing here for you." : "The links cannot be shown at the moment.");
    }
    out.close("ul").close("details");
    if (may_change_settings(desk)) {
        out.element("a", {{"href", "/emr/settings"}}, "Settings");
        out.element("a", {{"href", "/emr/templates"}}, "Mail texts");
    }
    out.close("nav");
}

void staff_switch(const Desk& desk, Html& out) {
    const auto& members = staff_members();
    const auto& me = members[desk.session.staff];
    out.open("details", {{"class", "drop who"}});
    out.element("summary", {}, "Signed in as " + me.staff.name + " (" + me.role + ")");
    out.open("form", {{"method", "post"}, {"action", "/emr/staff"}, {"class", "switch"}});
    out.hidden_input("csrf", desk.session.csrf);
    out.hidden_input("back", with_query(desk.request.path, desk.request.query));
    out.paragraph("Work as", "label");
    for (std::size_t i = 0; i < members.size(); ++i) {
        out.element("button",
                    {{"type", "submit"},
                     {"class", "button"},
                     {"name", "staff"},
                     {"value", std::to_string(i)},
                     when(i == desk.session.staff, "aria-current", "true")},
                    members[i].staff.name + " (" + members[i].role + ")");
    }
    out.close("form").close("details");
}

Response switch_staff(const Desk& desk) {
    const std::string chosen = desk.request.form.get("staff");
    for (std::size_t i = 0; i < staff_members().size(); ++i) {
        if (chosen == std::to_string(i)) desk.session.staff = i;
    }
    const std::string back = desk.request.form.get("back");
    // Only back into the EMR: an address from a form must not lead anywhere else.
    return Response::go(
        back == "/emr" || back.starts_with("/emr/") || back.starts_with("/emr?") ? back : "/emr");
}

/// Long texts are typed there, longer than a session waits: these pages answer such a post
/// themselves.
bool keeps_what_was_typed(const Request& request) {
    return request.from_own_page &&
           (request.path == "/emr/settings" || request.path == "/emr/templates");
}

Response route(const Desk& desk) {
    const auto parts = segments_after(desk.request.path, "/emr");
    if (parts.empty()) return patient_list(desk);
    if (parts.size() == 1 && parts[0] == "document") return document(desk);
    if (parts.size() == 1 && parts[0] == "staff" && desk.request.is_post())
        return switch_staff(desk);
    if (parts.size() == 1 && parts[0] == "settings") return settings_page(desk);
    if (parts[0] == "templates") return template_page(desk, parts);
    if (parts.size() == 2 && parts[0] == "patient") return chart(desk, parts[1]);
    if (parts.size() == 3 && parts[0] == "patient" && parts[2] == "edit")
        return edit_patient(desk, parts[1]);
    if (parts.size() == 2 && parts[0] == "view") return menu_view(desk, parts[1]);
    return desk.sorry(404, "Not found", "There is no such page in the EMR.");
}
}  // namespace

std::vector<Contribution> Desk::contributions(std::string_view location, Answer* told) const {
    if (!told_places) {
        std::vector<Contribution> places;
        const Answer answer = site.instance.contributions({}, places);
        told_places.emplace(answer, std::move(places));
    }
    if (told != nullptr) *told = told_places->first;
    if (!told_places->first.good()) return {};
    std::vector<Contribution> all = told_places->second;
    std::erase_if(all, [&](const Contribution& place) {
        return place.location != location || (place.permission & ~staff().permissions) != 0;
    });
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return a.order < b.order; });
    return all;
}

Frame Desk::frame() const {
    Html header;
    menu(*this, header);
    staff_switch(*this, header);
    Html footer;
    footer.paragraph("Model EMR of " + site.practice.name + ", with " + site.practice.plugin_title +
                     ".");
    return {.place = "emr",
            .site = "Model EMR",
            .home = "/emr",
            .header = header.str(),
            .footer = footer.str(),
            .toasts = std::exchange(session.toasts, {}),
            .copy_text = std::exchange(session.copy_text, {})};
}

Response Desk::page(const std::string& title, const std::string& main, int status) const {
    return Response::html(ppo_sim::page(frame(), title, main), status);
}

Response Desk::sorry(int status, const std::string& title, const std::string& sentence) const {
    Html out;
    out.element("h1", {}, title).paragraph(sentence);
    out.open("p").element("a", {{"href", "/emr"}}, "Back to the patients").close("p");
    return page(title, out.str(), status);
}

Response Desk::not_for_you(const std::string& what) const {
    const auto& me = staff_members()[session.staff];
    return sorry(403, "Not for you",
                 me.staff.name + " (" + me.role + ") may not " + what +
                     ". Whoever gives out permissions in the practice can change that.");
}

std::string patient_url(const std::string& patient_id) {
    return "/emr/patient/" + encode_url(patient_id);
}

Response emr(Site& site, const Request& request) {
    auto session = site.staff_sessions.find(request.cookie(staff_cookie), request.at);
    const bool is_new = !session;
    if (is_new) session = site.staff_sessions.start(request.at);
    const std::lock_guard turn{session->turn};
    const bool genuine = !request.is_post() || is_genuine(request, *session);
    const Desk desk{site, request, *session, genuine};
    Response response = !genuine && !keeps_what_was_typed(request)
                            ? desk.sorry(403, "Please try again",
                                         "This page was open for too long, so nothing was done.")
                            : route(desk);
    if (is_new) set_session_cookie(response, staff_cookie, session->id);
    return response;
}
}  // namespace ppo_sim

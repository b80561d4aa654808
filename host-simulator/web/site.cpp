// SPDX-License-Identifier: Apache-2.0
#include "web/site.hpp"

#include "web/assets.hpp"
#include "web/layout.hpp"

#include <iostream>

namespace ppo_sim {
namespace {
bool below(const std::string& path, std::string_view place) {
    return path == place || path.starts_with(std::string{place} + "/");
}

Response plain_page(const std::string& title, const std::string& sentence, int status) {
    Html out;
    out.element("h1", {}, title).paragraph(sentence);
    return Response::html(
        page({.place = "home", .site = "Patient portal simulator"}, title, out.str()), status);
}

Response route(Site& site, const Request& request) {
    const bool reading = request.method == "GET" || request.method == "HEAD";
    if (!reading && !request.is_post())
        return plain_page("Not possible", "Pages are read or posted.", 405);
    if (below(request.path, "/assets")) return serve_asset(request.path);
    if (site.duties.patient_pages) {
        if (below(request.path, "/r")) return open_mailed_link(site, request);
        if (below(request.path, "/portal")) return portal(site, request);
    }
    if (site.duties.staff_pages) {
        if (below(request.path, "/emr")) return emr(site, request);
        if (below(request.path, "/mail")) return mailbox(site, request);
        if (request.path == "/") return home_page(site);
    }
    if (request.path == "/") return Response::go("/portal");
    return plain_page("Not found", "There is no such page.", 404);
}

void place_card(Html& out, const std::string& href, const std::string& name,
                const std::string& sentence) {
    out.open("li").open("a", {{"class", "card"}, {"href", href}});
    out.element("b", {}, name).element("span", {}, sentence).close("a").close("li");
}
}  // namespace

void Navigation::learn(const std::string& view_id, const std::set<std::string>& action_ids) {
    const std::lock_guard guard{lock_};
    ids_[view_id].insert(action_ids.begin(), action_ids.end());
}

bool Navigation::knows(const std::string& view_id, const std::string& action_id) const {
    const std::lock_guard guard{lock_};
    const auto view = ids_.find(view_id);
    return view != ids_.end() && view->second.count(action_id) == 1;
}

Response answer(Site& site, const Request& request) {
    try {
        return route(site, request);
    } catch (const std::exception& fault) {
        // The text stays here: it may say more than a visitor should know.
        std::cerr << "A page failed: " << fault.what() << '\n';
        return plain_page("Something went wrong",
                          "The simulator could not make this page. Please try again.", 500);
    }
}

Response home_page(Site& site) {
    Html out;
    out.element("h1", {}, site.practice.name);
    out.paragraph(
        "A pretend practice with a pretend EMR and a pretend patient portal. The part that brings "
        "patients onto the portal is real: " +
            site.practice.plugin_title + ".",
        "lead");
    out.open("ul", {{"class", "places"}});
    place_card(out, "/emr", "EMR",
               "Where staff work: patients, charts, and the links of the plugin.");
    if (site.duties.patient_pages)
        place_card(out, "/portal", "Patient portal",
                   "Where patients sign in, or ask for an account or a password.");
    place_card(out, "/mail", "Mailbox",
               "Every e-mail that the practice sent, as its patients would read it.");
    out.close("ul");
    Frame frame{.place = "home", .site = "Patient portal simulator"};
    return Response::html(page(frame, "Start", out.str()));
}
}  // namespace ppo_sim

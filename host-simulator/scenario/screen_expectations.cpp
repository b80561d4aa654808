// SPDX-License-Identifier: Apache-2.0
// What is expected to stand on a screen: the EMR's or the portal's.
#include "scenario/step_failed.hpp"
#include "scenario/steps.hpp"

#include <Poco/String.h>

#include <algorithm>

namespace ppo_sim {
namespace {
bool one_contains(const std::vector<std::string>& texts, const std::string& part) {
    return std::any_of(texts.begin(), texts.end(),
                       [&](const std::string& text) { return says(text, part); });
}

/// expect signed in [P001] [must_change_password=yes]
void signed_in(World& world, const Arguments& said, Outcome&) {
    said.allow({"must_change_password"}, 1);
    require(world.signed_in.has_value(), "nobody is signed in");
    if (!said.plain().empty())
        require(world.signed_in->patient_id == said.plain().front(), "somebody else is signed in");
    if (said.has("must_change_password"))
        require(
            world.signed_in->must_change_password == (said.get("must_change_password") == "yes"),
            "it is the other way round");
}

void verdict(World& world, const Arguments& said, Outcome&) {
    const std::string& wanted = said.at(0, "green, red, or words of the verdict");
    require(world.verdict.has_value(), "nothing was typed yet");
    if (wanted == "green" || wanted == "red")
        require(world.verdict->good == (wanted == "green"),
                "the verdict is: " + world.verdict->sentence);
    else
        require(says(world.verdict->sentence, wanted),
                "the verdict is: " + world.verdict->sentence);
}

void suggestion(World& world, const Arguments&, Outcome&) {
    require(world.verdict && !world.verdict->suggestions.empty(), "nothing is suggested");
}

bool is_asked(const LinkPage& page, const std::string& what) {
    if (what == "username") return page.asks(PPO_LINK_PAGE_USERNAME);
    if (what == "born") return page.asks(PPO_LINK_PAGE_BIRTH_DATE);
    if (what == "zip") return page.asks(PPO_LINK_PAGE_POSTAL_CODE);
    throw StepFailed{"a link page asks username, born or zip"};
}

/// expect page first_name=Anna username=anna.w renewable=yes phone=… says="…"
void page(World& world, const Arguments& said, Outcome&) {
    said.allow({"first_name", "username", "renewable", "practice", "phone", "says", "waits"}, 0);
    require(world.page.has_value(), "no link page is open");
    const LinkPage& shown = *world.page;
    const auto same = [&](const char* name, const std::string& is) {
        require(!said.has(name) || said.get(name) == is, std::string{name} + " is " + is);
    };
    same("first_name", shown.first_name);
    same("username", shown.username);
    same("practice", shown.practice_name);
    same("phone", shown.practice_phone);
    same("renewable", shown.asks(PPO_LINK_PAGE_RENEWABLE) ? "yes" : "no");
    same("waits", shown.wait_ms > 0 ? "yes" : "no");
    if (said.has("says"))
        require(says(shown.sentence, said.get("says")), "the page says: " + shown.sentence);
}

void page_asks(World& world, const Arguments& said, bool wanted) {
    require(world.page.has_value(), "no link page is open");
    for (const auto& what : said.plain())
        require(is_asked(*world.page, what) == wanted,
                wanted ? "the page does not ask " + what : "the page asks " + what);
}

void shown(World& world, const Arguments& said, bool wanted) {
    const Screen screen = world.screen();
    for (const auto& text : said.plain())
        require(screen.shows(text) == wanted,
                wanted ? "the screen does not show " + text : "the screen shows " + text);
}

void row(World& world, const Arguments& said, bool wanted) {
    const auto rows = world.screen().rows();
    const bool there = std::find(rows.begin(), rows.end(), said.at(0, "whose row")) != rows.end();
    require(there == wanted, wanted ? "the row is not there" : "the row is there");
}

void sessions_ended(World& world, const Arguments& said, Outcome&) {
    require(world.ended_sessions.contains(said.at(0, "whose sessions")),
            "the plugin has not ended these sessions");
}

void place(World& world, const Arguments& said, const std::string& location, bool wanted) {
    const auto offered = world.contributions(location);
    const auto& label = said.at(0, "the label");
    const bool there = std::any_of(offered.begin(), offered.end(),
                                   [&](const Contribution& one) { return one.label == label; });
    require(there == wanted, wanted ? "it is not offered" : "it is offered");
}
}  // namespace

std::vector<Step> screen_expectations() {
    using W = World;
    using A = Arguments;
    using O = Outcome;
    return {
        {{"expect", "signed", "in"}, signed_in},
        {{"expect", "not", "signed", "in"},
         [](W& w, const A&, O&) { require(!w.signed_in, "somebody is signed in"); }},
        {{"expect", "verdict"}, verdict},
        {{"expect", "suggestion"}, suggestion},
        {{"expect", "page"}, page},
        {{"expect", "page", "asks"}, [](W& w, const A& a, O&) { page_asks(w, a, true); }},
        {{"expect", "page", "asks", "not"}, [](W& w, const A& a, O&) { page_asks(w, a, false); }},
        {{"expect", "shown"}, [](W& w, const A& a, O&) { shown(w, a, true); }},
        {{"expect", "not", "shown"}, [](W& w, const A& a, O&) { shown(w, a, false); }},
        {{"expect", "asked"},
         [](W& w, const A& a, O&) {
             require(one_contains(w.asked, a.plain().empty() ? "" : a.plain().front()),
                     "no such question was asked");
         }},
        {{"expect", "said"},
         [](W& w, const A& a, O&) {
             require(one_contains(w.said, a.at(0, "the words")), "nothing like that was said");
         }},
        {{"expect", "row"}, [](W& w, const A& a, O&) { row(w, a, true); }},
        {{"expect", "no", "row"}, [](W& w, const A& a, O&) { row(w, a, false); }},
        {{"expect", "sessions", "ended"}, sessions_ended},
        {{"expect", "menu"}, [](W& w, const A& a, O&) { place(w, a, "menu.my-links", true); }},
        {{"expect", "no", "menu"},
         [](W& w, const A& a, O&) { place(w, a, "menu.my-links", false); }},
        {{"expect", "tab"}, [](W& w, const A& a, O&) { place(w, a, "patient.edit.tabs", true); }}};
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "scenario/step_failed.hpp"
#include "scenario/steps.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/String.h>

#include <algorithm>

namespace ppo_sim {
namespace {
constexpr auto menu_place = "menu.my-links";
constexpr auto tab_place = "patient.edit.tabs";

/// The contribution with this label, or the first one without a wish.
Contribution choose(const std::vector<Contribution>& offered, const Arguments& said) {
    for (const auto& contribution : offered)
        if (said.plain().empty() || Poco::icompare(contribution.label, said.plain().front()) == 0)
            return contribution;
    throw StepFailed{"the plugin offers no such entry to this member of staff"};
}

void open_menu(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({}, 1);
    world.open_view(choose(world.contributions(menu_place), said), {}, outcome);
}

void take_pencil(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({}, 1);
    const std::string& id = said.at(0, "whose chart");
    if (!world.directory.find(id)) throw StepFailed{"there is no patient " + id};
    world.close_view();
    world.pencil_patient = id;
    Poco::JSON::Array tabs;
    for (const auto& tab : world.contributions(tab_place)) tabs.add(tab.label);
    outcome.details.set("tabs", tabs);
}

void open_tab(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({}, 1);
    if (world.pencil_patient.empty()) throw StepFailed{"take the pencil of a patient first"};
    world.open_view(choose(world.contributions(tab_place), said), world.pencil_patient, outcome);
}

ShownField field_called(World& world, const std::string& name) {
    const auto field = world.screen().field(name);
    if (!field) throw StepFailed{"the screen has no field called " + name};
    return *field;
}

void set_named_field(World& world, const Arguments& said, Outcome& outcome) {
    world.edit(field_called(world, said.at(0, "which field")), said.at(1, "what to type"), outcome);
}

void set_username(World& world, const Arguments& said, Outcome& outcome) {
    world.edit(field_called(world, "username"), said.at(0, "the username"), outcome);
}

void set_password(World& world, const Arguments& said, Outcome& outcome) {
    const auto field = world.screen().field_of_kind("password");
    if (!field) throw StepFailed{"the screen has no field for a password"};
    world.edit(*field, said.at(0, "the password"), outcome);
}

void tick(World& world, const std::string& name, bool checked, Outcome& outcome) {
    const auto field = field_called(world, name);
    if (field.kind != "check") throw StepFailed{name + " is no check box"};
    world.edit(field, checked ? "1" : "0", outcome);
}

void click_labelled(World& world, const std::string& label, Outcome& outcome) {
    const auto action = world.screen().action(label);
    if (!action) throw StepFailed{"the screen has nothing to click called " + label};
    world.click(*action, outcome);
}

void click_named(World& world, const Arguments& said, Outcome& outcome) {
    std::string label;
    for (const auto& word : said.plain()) label += (label.empty() ? "" : " ") + word;
    if (label.empty()) throw StepFailed{"say what to click"};
    click_labelled(world, label, outcome);
}

/// Enabling is a button or a check box, whatever the plugin chose.
void click_access(World& world, bool enable, Outcome& outcome) {
    const Screen screen = world.screen();
    if (const auto action = screen.action(enable ? "Enable" : "Disable")) {
        world.click(*action, outcome);
        return;
    }
    const auto field = screen.field("portal access");
    if (!field || field->kind != "check")
        throw StepFailed{enable ? "the screen offers nothing to enable access"
                                : "the screen offers nothing to disable access"};
    world.edit(*field, enable ? "1" : "0", outcome);
}

/// Clicks into a patient's row of the report.
void click_cell(World& world, const std::string& column, const std::string& id, Outcome& outcome) {
    open_report(world, outcome);
    if (!outcome.answer.good()) return;
    bool found = false;
    const auto action = page_with_row(world, id, outcome).cell_action(id, column, found);
    if (!action) throw StepFailed{"the row of " + id + " has nothing to click under " + column};
    world.click(*action, outcome);
}

void click_rectangle(World& world, const Arguments& said, Outcome& outcome) {
    click_cell(world, "status", said.at(0, "whose rectangle"), outcome);
}

void click_email(World& world, const Arguments& said, Outcome& outcome) {
    click_cell(world, "email", said.at(0, "whose e-mail"), outcome);
}

/// The typed calls that a host with pages of its own makes.
void host_invites(World& world, const Arguments& said, Outcome& outcome) {
    Invitation sent{};
    outcome.answer = world.plugin().send_invitation(world.staff, said.at(0, "whom"), sent);
}

void host_sets_access(World& world, const Arguments& said, Outcome& outcome, bool enabled) {
    AccountState state{};
    outcome.answer = world.plugin().set_access(world.staff, said.at(0, "whose access"), enabled,
                                               state);
    if (outcome.answer.good()) outcome.details.set("status", colour_of(state.status));
}

void host_withdraws(World& world, const Arguments& said, Outcome& outcome) {
    outcome.answer = world.plugin().revoke_invitation(world.staff, said.at(0, "whose invitation"));
}

void host_lifts(World& world, const Arguments& said, Outcome& outcome) {
    outcome.answer = world.plugin().lift_delays(world.staff, said.at(0, "whose delays"));
}
}  // namespace

void open_report(World& world, Outcome& outcome) {
    const Contribution report = choose(world.contributions(menu_place), Arguments{Line{}, 0});
    if (world.has_view() && world.view_id() == report.view_id) return;
    world.open_view(report, {}, outcome);
}

Screen page_with_row(World& world, const std::string& id, Outcome& outcome) {
    constexpr int most_pages = 1000;
    bool back = false;  // To the first page, unless the row is on this one.
    for (int page = 0; page < most_pages; ++page) {
        const Screen screen = world.screen();
        const auto rows = screen.rows();
        if (std::find(rows.begin(), rows.end(), id) != rows.end()) return screen;
        if (page == 0) back = screen.previous_page().has_value();
        if (back && !screen.previous_page()) back = false;
        const auto turn = back ? screen.previous_page() : screen.next_page();
        if (!turn) break;
        world.click(*turn, outcome);
        require(outcome.answer.good(), outcome.answer.message);
    }
    throw StepFailed{"the report has no row of " + id};
}

std::vector<Step> staff_steps() {
    using W = World;
    using A = Arguments;
    using O = Outcome;
    return {
        {{"menu"}, open_menu},
        {{"pencil"}, take_pencil},
        {{"tab"}, open_tab},
        {{"close"}, [](W& world, const A&, O&) { world.close_view(); }},
        {{"set"}, set_named_field},
        {{"set", "username"}, set_username},
        {{"set", "password"}, set_password},
        {{"check"}, [](W& w, const A& a, O& o) { tick(w, a.at(0, "which box"), true, o); }},
        {{"uncheck"}, [](W& w, const A& a, O& o) { tick(w, a.at(0, "which box"), false, o); }},
        {{"check", "manual", "password"},
         [](W& w, const A&, O& o) { tick(w, "Manually Set", true, o); }},
        {{"uncheck", "manual", "password"},
         [](W& w, const A&, O& o) { tick(w, "Manually Set", false, o); }},
        {{"click"}, click_named},
        {{"click", "enable"}, [](W& w, const A&, O& o) { click_access(w, true, o); }},
        {{"click", "disable"}, [](W& w, const A&, O& o) { click_access(w, false, o); }},
        {{"click", "rectangle"}, click_rectangle},
        {{"click", "email"}, click_email},
        {{"host", "invites"}, host_invites},
        {{"host", "enables"}, [](W& w, const A& a, O& o) { host_sets_access(w, a, o, true); }},
        {{"host", "disables"}, [](W& w, const A& a, O& o) { host_sets_access(w, a, o, false); }},
        {{"host", "withdraws"}, host_withdraws},
        {{"host", "lifts", "delays"}, host_lifts}};
}
}  // namespace ppo_sim

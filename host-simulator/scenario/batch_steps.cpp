// SPDX-License-Identifier: Apache-2.0
// Batches of invitations, the texts of mails, and mails that come back.
#include "host/bounce_report.hpp"
#include "scenario/batch_words.hpp"
#include "scenario/step_failed.hpp"
#include "scenario/steps.hpp"

#include <Poco/String.h>

#include <algorithm>

namespace ppo_sim {
namespace {
void tick_rows(World& world, const Arguments& said, bool checked, Outcome& outcome) {
    require(!said.plain().empty(), "say whom: P001 P002, or all matching");
    open_report(world, outcome);
    for (const auto& id : said.plain()) {
        if (!outcome.answer.good()) return;
        bool found = false;
        const auto box = page_with_row(world, id, outcome).tick(id, found);
        require(box.has_value(), "the row of " + id + " has nothing to tick");
        outcome.answer = world.view().edit(box->id, checked ? "1" : "0");
    }
}

void tick_all(World& world, bool checked, Outcome& outcome) {
    open_report(world, outcome);
    if (!outcome.answer.good()) return;
    const auto box = world.screen().tick_all();
    require(box.has_value(), "the report has no box for all that match");
    outcome.answer = world.view().edit(box->id, checked ? "1" : "0");
}

/// filter FIELD VALUE: a choice by what it is called.
void filter(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({}, 2);
    open_report(world, outcome);
    if (!outcome.answer.good()) return;
    const Screen screen = world.screen();
    const auto field = screen.field(said.at(0, "which field"));
    require(field.has_value(), "the report has no field called " + said.at(0, ""));
    std::string value = said.at(1, "the value");
    if (field->kind == "choice") {
        const auto chosen = screen.value_of_choice(field->id, value);
        require(chosen.has_value(), "there is no choice called " + value);
        value = *chosen;
    }
    world.edit(*field, value, outcome);
}

/// P001 P002, or all [status=RED,GRAY] [tag=x] [provider=x] [search=x]; [signed_in_too=yes].
BatchSelection selection_of(const Arguments& said) {
    said.allow({"status", "tag", "provider", "search", "signed_in_too"}, 100'000);
    BatchSelection selection{};
    selection.signed_in_too = said.get("signed_in_too") == "yes";
    require(!said.plain().empty(), "say for whom: P001 P002, or all");
    if (said.plain().front() != "all") {
        require(said.named().size() == said.named().count("signed_in_too"),
                "filters stand after all");
        selection.patient_ids = said.plain();
        return selection;
    }
    ReportQuery query{};
    query.statuses = said.has("status") ? statuses_of(said.get("status")) : 0;
    query.tag = said.get("tag");
    query.provider = said.get("provider");
    query.search = said.get("search");
    selection.filter = std::move(query);
    return selection;
}

void preview(World& world, const Arguments& said, Outcome& outcome) {
    BatchPreview shown{};
    outcome.answer = world.plugin().preview_batch(world.staff, selection_of(said), shown);
    if (!outcome.answer.good()) return;
    outcome.details.set("selected", shown.selected);
    outcome.details.set("to_mail", shown.to_mail);
    for (const auto& skip : shown.skips)
        outcome.details.set(word_of_reason(skip.reason), skip.count);
    world.preview = std::move(shown);
}

void start(World& world, const Arguments& said, Outcome& outcome) {
    BatchStarted started{};
    outcome.answer = world.plugin().start_batch(world.staff, selection_of(said), started);
    if (!outcome.answer.good()) return;
    outcome.details.set("batch", started.batch_id);
    outcome.details.set("to_mail", started.to_mail);
}

using BatchCall = Answer (Instance::*)(const Staff&, const std::string&);

void change_newest(World& world, const Arguments& said, BatchCall call, Outcome& outcome) {
    said.allow({}, 0);
    const std::string id = newest_batch(world).batch_id;
    outcome.answer = (world.plugin().*call)(world.staff, id);
}

void print_newest(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({}, 0);
    const auto batch = newest_batch(world);
    outcome.details.set("batch", batch.batch_id);
    outcome.details.set("state", word_of_batch(batch.state));
    outcome.details.set("selected", batch.selected);
    for (const auto& [what, number] : batch.by_outcome)
        outcome.details.set(word_of_outcome(what), number);
}

/// bounce P001 ["550 5.1.1 User unknown"] [status=5.1.1]: the newest mail to this patient.
void bounce(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({"status"}, 2);
    const auto patient = world.directory.find(said.at(0, "whose mail comes back"));
    require(patient.has_value(), "there is no patient " + said.at(0, ""));
    const auto letters = world.mailbox.all();
    const auto newest = std::find_if(letters.rbegin(), letters.rend(), [&](const Letter& letter) {
        return Poco::icompare(letter.recipient, patient->email) == 0 &&
               says(read_mail(letter.message).text, patient->first);
    });
    require(newest != letters.rend(), "no mail to this patient has arrived");
    const std::string status = said.has("status") ? said.get("status") : "5.1.1";
    const std::string words = said.plain().size() > 1 ? said.plain()[1]
                                                      : "550 " + status + " User unknown";
    outcome.answer = world.plugin().take_delivery_report(
        write_bounce_report(newest->message, status, words));
}

std::uint32_t kind_of_template(const std::string& word) {
    if (word == "first_set_up") return PPO_TEMPLATE_FIRST_SET_UP;
    if (word == "new_password") return PPO_TEMPLATE_NEW_PASSWORD;
    if (word == "reminder") return PPO_TEMPLATE_REMINDER;
    throw StepFailed{"a template is first_set_up, new_password or reminder"};
}

/// template set KIND LANGUAGE [subject=…] [text=…] [html=…]: what is not said stays.
void set_template(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({"subject", "text", "html"}, 2);
    const std::uint32_t kind = kind_of_template(said.at(0, "which mail"));
    MailTemplate text{};
    outcome.answer = world.plugin().get_template(world.staff, kind, said.at(1, "en or es"), text);
    if (!outcome.answer.good()) return;
    if (said.has("subject")) text.subject = said.get("subject");
    if (said.has("text")) text.text = said.get("text");
    if (said.has("html")) text.html = said.get("html");
    outcome.answer = world.plugin().set_template(world.staff, text);
}

void reset_template(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({}, 2);
    const std::uint32_t kind = kind_of_template(said.at(0, "which mail"));
    outcome.answer = world.plugin().reset_template(world.staff, kind, said.at(1, "en or es"));
}
}  // namespace

std::vector<Step> batch_steps() {
    using W = World;
    using A = Arguments;
    using O = Outcome;
    const auto change = [](BatchCall call) {
        return [call](W& w, const A& a, O& o) { change_newest(w, a, call, o); };
    };
    return {{{"select"}, [](W& w, const A& a, O& o) { tick_rows(w, a, true, o); }},
            {{"unselect"}, [](W& w, const A& a, O& o) { tick_rows(w, a, false, o); }},
            {{"select", "all", "matching"}, [](W& w, const A&, O& o) { tick_all(w, true, o); }},
            {{"unselect", "all", "matching"}, [](W& w, const A&, O& o) { tick_all(w, false, o); }},
            {{"filter"}, filter},
            {{"batch"}, print_newest},
            {{"batch", "preview"}, preview},
            {{"batch", "start"}, start},
            {{"batch", "undo"}, change(&Instance::undo_batch)},
            {{"batch", "pause"}, change(&Instance::pause_batch)},
            {{"batch", "resume"}, change(&Instance::resume_batch)},
            {{"batch", "cancel"}, change(&Instance::cancel_batch)},
            {{"bounce"}, bounce},
            {{"template", "set"}, set_template},
            {{"template", "reset"}, reset_template}};
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
#include "boundary/batch_view.hpp"

#include "boundary/batch_buttons.hpp"
#include "boundary/batch_words.hpp"
#include "boundary/mail_trouble.hpp"
#include "boundary/misuse.hpp"
#include "boundary/tab_view.hpp"
#include "domain/local_time.hpp"
#include "domain/refusal_sentence.hpp"
#include "invitations/batch.hpp"
#include "invitations/batch_document.hpp"
#include "ppo/people.h"
#include "store/batch_table.hpp"

#include <algorithm>

namespace ppo {
namespace {
constexpr std::size_t most_batches = 20;
constexpr std::int64_t people_a_page = 50;
constexpr std::chrono::seconds look_again{1};

using Columns = std::vector<std::pair<std::string_view, std::string_view>>;

void write_columns(ModelWriter& model, const Columns& columns) {
    model.begin_list("columns");
    for (const auto& [id, label] : columns) {
        model.begin_object();
        model.text("id", id);
        model.text("label", label);
        model.end_object();
    }
    model.end_list();
}

void write_cell(ModelWriter& model, std::string_view column, std::string_view text,
                const std::optional<ModelAction>& action = std::nullopt) {
    model.begin_object();
    model.text("column", column);
    model.text("text", text);
    if (action) model.action("action", *action);
    model.end_object();
}

const OutcomeWords* find_outcome(std::string_view id) {
    const auto& all = all_batch_outcomes();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const OutcomeWords& words) { return words.id == id; });
    return found == all.end() ? nullptr : &*found;
}
}  // namespace

std::vector<BatchProgress> BatchView::newest() const {
    std::vector<Batch> stored;
    {
        Reading reading{instance().database()};
        stored = read_stored_batches(reading, std::nullopt);
    }
    if (stored.size() > most_batches) stored.resize(most_batches);
    std::vector<BatchProgress> batches;
    for (const auto& batch : stored)  // Old ones are many: only these are counted.
        if (auto progress = look_at_batch(instance(), batch.id))
            batches.push_back(*std::move(progress));
    return batches;
}

std::optional<BatchProgress> BatchView::chosen(const std::vector<BatchProgress>& batches) const {
    if (chosen_) return look_at_batch(instance(), *chosen_);
    return batches.empty() ? std::nullopt : std::optional{batches.front()};
}

std::string BatchView::shown(std::optional<UnixTime> time, UnixTime now) const {
    return time ? write_short_time(*time, now, instance().practice().time_zone) : std::string{};
}

Result<std::string> BatchView::render() {
    const auto now = instance().now();
    const auto batches = newest();
    const auto batch = chosen(batches);
    ModelWriter model{batch_view_id, revision(), "Portal Invitation Batches"};
    if (std::any_of(batches.begin(), batches.end(), moves)) model.refresh_after(look_again);
    model.begin_sections();
    write_mail_trouble(model, instance(), now);
    write_list(model, batches, batch, now);
    if (batch) {
        write_facts(model, *batch, now);
        write_people(model, *batch, now);
    }
    return model.finish({});
}

void BatchView::write_list(ModelWriter& model, const std::vector<BatchProgress>& batches,
                           const std::optional<BatchProgress>& batch, UnixTime now) const {
    model.begin_section("batches", "Batches");
    model.begin_element("table");
    model.text("id", "batches");
    model.text("label", "Batches of invitations, newest first");
    write_columns(model, {{"number", "Batch"},
                          {"started", "Started"},
                          {"by", "By"},
                          {"state", "State"},
                          {"progress", "Progress"}});
    model.begin_list("rows");
    for (const auto& one : batches) {
        const auto number = std::to_string(one.id);
        const bool is_shown = batch && batch->id == one.id;
        model.begin_object();
        model.text("id", "batch:" + number);
        model.text("label", "Batch " + number);
        model.begin_list("cells");
        write_cell(model, "number", is_shown ? number + " (shown below)" : number,
                   ModelAction{.id = "show",
                               .label = "Show",
                               .argument = number,
                               .hint = "Show what became of each patient of batch " + number});
        write_cell(model, "started", shown(one.started_at, now));
        write_cell(model, "by", one.started_by);
        write_cell(model, "state", batch_state_word(one.state));
        write_cell(model, "progress", batch_counts(one));
        model.end_list();
        model.end_object();
    }
    model.end_list();
    model.text("empty",
               "Nothing was sent to many yet. Tick patients in the onboarding report to begin.");
    model.text("page",
               batches.size() == 1 ? "1 batch" : std::to_string(batches.size()) + " batches");
    model.end_element();
    model.end_section();
}

void BatchView::write_facts(ModelWriter& model, const BatchProgress& batch, UnixTime now) const {
    const auto number = std::to_string(batch.id);
    model.begin_section("batch", "Batch " + number);
    write_batch(model, batch, instance().practice(), now);
    model.begin_element("counts");
    model.text("id", "by_outcome");
    model.text("label", "Patients by outcome");
    model.begin_list("items");
    for (const auto& words : all_batch_outcomes()) {
        const auto people = batch.by_outcome.at(static_cast<std::size_t>(words.outcome));
        if (people == 0) continue;
        model.begin_object();
        model.text("label", words.word);
        model.number("number", people);
        model.end_object();
    }
    model.end_list();
    model.end_element();
    model.button({.id = "save_csv",
                  .label = "Save as CSV",
                  .argument = number,
                  .hint = "Save as CSV what became of each patient of batch " + number});
    model.end_section();
}

void BatchView::write_people(ModelWriter& model, const BatchProgress& batch, UnixTime now) const {
    const auto after = pages_.empty() ? 0 : pages_.back();
    auto people = read_batch_people(instance().database(), batch.id, wanted(), after,
                                    people_a_page + 1, now);
    const bool goes_on = static_cast<std::int64_t>(people.size()) > people_a_page;
    if (goes_on) people.pop_back();
    ModelWriter::Choices choices{{"", "All"}};
    for (const auto& words : all_batch_outcomes()) choices.emplace_back(words.id, words.word);

    model.begin_section("people", "Patients of batch " + std::to_string(batch.id));
    model.choice("outcome", "Outcome", outcome_, choices);
    model.button({.id = "filter", .label = "Show"});
    model.begin_element("table");
    model.text("id", "people");
    model.text("label", "What became of each patient");
    write_columns(model, {{"place", "Place"},
                          {"name", "Patient"},
                          {"outcome", "Outcome"},
                          {"reason", "Reason"},
                          {"next_try", "Next try"}});
    model.begin_list("rows");
    for (const auto& person : people) write_person(model, person, now);
    model.end_list();
    model.text("empty", "Nobody of this batch has this outcome.");
    model.text("page", people.empty()
                           ? "Nobody"
                           : "Places " + grouped(people.front().place) + " to " +
                                 grouped(people.back().place) + " of " + grouped(batch.selected));
    if (!pages_.empty())
        model.action("previous",
                     {.id = "page",
                      .label = "Previous page",
                      .argument = std::to_string(pages_.size() < 2 ? 0 : pages_.end()[-2])});
    if (goes_on)
        model.action(
            "next",
            {.id = "page", .label = "Next page", .argument = std::to_string(people.back().place)});
    model.end_element();
    model.end_section();
}

void BatchView::write_person(ModelWriter& model, const BatchPerson& person, UnixTime now) const {
    const auto& name = person.name.empty() ? person.patient_id : person.name;
    model.begin_object();
    model.text("id", person.patient_id);
    model.text("label", name);
    model.begin_list("cells");
    write_cell(model, "place", grouped(person.place));
    write_cell(model, "name", name,
               ModelAction{.id = "open",
                           .label = name,
                           .argument = person.patient_id,
                           .hint = "Open the Patient Portal tab of " + name});
    write_cell(model, "outcome", batch_outcome_word(person.outcome));
    write_cell(
        model, "reason",
        person.skipped_because ? refusal_sentence(*person.skipped_because, "en") : person.reason);
    write_cell(model, "next_try", shown(person.next_try_at, now));
    model.end_list();
    model.end_object();
}

std::uint32_t BatchView::wanted() const {
    const auto* words = find_outcome(outcome_);
    return words == nullptr ? 0 : 1U << static_cast<unsigned>(words->outcome);
}

Outcome BatchView::edit(std::string_view field, std::string_view value) {
    if (field != "outcome")
        throw Misuse{PPO_MISUSE_UNKNOWN_ID, "field_id", "There is no such field in this view."};
    const auto* words = find_outcome(value);
    outcome_ = words == nullptr ? std::string_view{} : words->id;  // What is none means all.
    pages_.clear();
    changed();
    return PPO_OK;
}

Outcome BatchView::invoke(std::string_view action, std::string_view argument, Effects& effects) {
    changed();
    if (is_batch_action(action))
        return act_on_batch(instance(), caller(), action, argument, effects);
    if (action == "save_csv") return save_list(argument, effects);
    if (action == "open") {
        effects.open_view(tab_view_id, argument);
        return PPO_OK;
    }
    if (action == "show") {
        auto found = show(argument);
        if (found.refused()) return found;
    } else if (action == "page") {
        turn_to(batch_number(argument).value_or(0));
    } else if (action != "filter") {
        throw Misuse{PPO_MISUSE_UNKNOWN_ID, "action_id", "There is no such action in this view."};
    }
    effects.refresh({});
    return PPO_OK;
}

void BatchView::turn_to(std::int64_t after) {
    while (!pages_.empty() && pages_.back() >= after) pages_.pop_back();
    if (after > 0) pages_.push_back(after);
}

Outcome BatchView::show(std::string_view argument) {
    const auto id = batch_number(argument);
    if (!id || !look_at_batch(instance(), *id)) return Refusal::UnknownBatch;
    chosen_ = id;
    pages_.clear();
    return PPO_OK;
}

Outcome BatchView::save_list(std::string_view argument, Effects& effects) {
    if (!caller().may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    const auto id = batch_number(argument);
    if (!id) return Refusal::UnknownBatch;
    const std::string name = "batch-" + std::to_string(*id) + ".csv";
    const auto written = write_batch_list(
        instance().database(), *id, wanted(),
        [&](std::string_view piece) {
            effects.save_text(name, piece);
            return true;
        },
        caller().actor, instance().now());
    if (!written) return written.refusal();
    return PPO_OK;
}
}  // namespace ppo

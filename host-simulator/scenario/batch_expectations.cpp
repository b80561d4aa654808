// SPDX-License-Identifier: Apache-2.0
// What is expected of batches and of the way to the mail server.
#include "scenario/batch_words.hpp"
#include "scenario/step_failed.hpp"
#include "scenario/steps.hpp"

#include <Poco/StringTokenizer.h>

#include <algorithm>
#include <map>

namespace ppo_sim {
namespace {
const std::map<ppo_result, std::string>& reasons() {
    static const std::map<ppo_result, std::string> words{
        {PPO_REFUSED_UNKNOWN_PATIENT, "unknown_patient"},
        {PPO_REFUSED_ACCESS_NOT_ENABLED, "access_not_enabled"},
        {PPO_REFUSED_CHART_INACTIVE, "chart_inactive"},
        {PPO_REFUSED_CHART_DECEASED, "chart_deceased"},
        {PPO_REFUSED_NO_EMAIL, "no_email"},
        {PPO_REFUSED_INVALID_EMAIL, "invalid_email"},
        {PPO_REFUSED_OPTED_OUT, "opted_out"},
        {PPO_REFUSED_COOLING_DOWN, "cooling_down"},
        {PPO_REFUSED_TOO_MANY_MAILS, "too_many_mails"},
        {PPO_REFUSED_ALREADY_SIGNED_IN, "already_signed_in"},
        {PPO_REFUSED_DECLINED, "declined"},
        {PPO_REFUSED_DEFERRED, "deferred"}};
    return words;
}

void expect_number(const std::string& name, const std::string& wanted, std::uint64_t is) {
    require(wanted == std::to_string(is), name + " is " + std::to_string(is));
}

/// The outcome called so; throws StepFailed for any other word.
std::uint32_t outcome_called(const std::string& name) {
    for (std::uint32_t outcome = 0; outcome < PPO_OUTCOMES; ++outcome) {
        std::string word = word_of_outcome(outcome);
        std::replace(word.begin(), word.end(), ' ', '_');
        if (word == name) return outcome;
    }
    throw StepFailed{"there is no outcome called " + name};
}

/// expect batch STATE [sent=3] [skipped=1] [selected=4] …
void batch(World& world, const Arguments& said, Outcome&) {
    const auto newest = newest_batch(world);
    std::string state;
    for (const auto& word : said.plain()) state += (state.empty() ? "" : " ") + word;
    const std::string is = word_of_batch(newest.state);
    require(state.empty() || state == is, "the batch is " + is);
    for (const auto& [name, wanted] : said.named()) {
        if (name == "selected") {
            expect_number(name, wanted, newest.selected);
            continue;
        }
        const auto found = newest.by_outcome.find(outcome_called(name));
        expect_number(name, wanted, found == newest.by_outcome.end() ? 0 : found->second);
    }
}

/// expect outcome P001 WORD [because=no_email] [reason="words"]: in the newest batch.
void outcome(World& world, const Arguments& said, Outcome&) {
    said.allow({"because", "reason"}, 3);
    const std::string& id = said.at(0, "whose outcome");
    std::vector<BatchPerson> people;
    const Answer answer = world.plugin().each_batch_person(auditor(), newest_batch(world).batch_id,
                                                           0, 0, 0, people);
    require(answer.good(), answer.message);
    const auto person = std::find_if(people.begin(), people.end(), [&](const BatchPerson& each) {
        return each.patient_id == id;
    });
    require(person != people.end(), "the batch is not for " + id);
    const std::string is = word_of_outcome(person->outcome);
    const std::string wanted = said.at(1, "the outcome") +
                               (said.plain().size() > 2 ? " " + said.plain()[2] : "");
    require(is == wanted, "the outcome is " + is);
    if (said.has("because")) {
        const std::string because = word_of_reason(person->skipped_because);
        require(because == said.get("because"), "it was because of " + because);
    }
    if (said.has("reason"))
        require(says(person->reason, said.get("reason")), "the reason is " + person->reason);
}

/// expect preview to_mail=3 skipped=2 no_email=1: of the last one.
void preview(World& world, const Arguments& said, Outcome&) {
    require(world.preview.has_value(), "nothing was previewed yet");
    const BatchPreview& shown = *world.preview;
    std::map<std::string, std::uint64_t> known{{"selected", shown.selected},
                                               {"to_mail", shown.to_mail},
                                               {"skipped", shown.selected - shown.to_mail},
                                               {"hold_back", shown.hold_back_seconds}};
    for (const auto& [reason, word] : reasons()) known[word] = 0;
    for (const auto& skip : shown.skips) known[word_of_reason(skip.reason)] = skip.count;
    for (const auto& [name, wanted] : said.named()) {
        require(known.contains(name), "a preview has no number called " + name);
        expect_number(name, wanted, known.at(name));
    }
}

/// expect delivery waiting=2 deferred=1 broken=yes left_last_day=3
void delivery(World& world, const Arguments& said, Outcome&) {
    said.allow({"waiting", "deferred", "broken", "left_last_minute", "left_last_day"}, 0);
    Delivery stands{};
    const Answer answer = world.plugin().get_delivery(auditor(), stands);
    require(answer.good(), answer.message);
    const std::map<std::string, std::uint64_t> known{{"waiting", stands.waiting},
                                                     {"deferred", stands.deferred},
                                                     {"left_last_minute", stands.left_last_minute},
                                                     {"left_last_day", stands.left_last_day}};
    for (const auto& [name, wanted] : said.named())
        if (name != "broken") expect_number(name, wanted, known.at(name));
    if (!said.has("broken")) return;
    const std::string broken = stands.broken_since == PPO_TIME_NONE ? "no" : "yes";
    require(said.get("broken") == broken, "broken is " + broken);
}

/// expect attempts 7: how often a mail was brought to the mail server.
void attempts(World& world, const Arguments& said, Outcome&) {
    expect_number("the number", said.at(0, "how many"), world.mailbox.attempts());
}

/// expect told "words" [times=1]: what the plugin wrote into the host's log as a warning or worse.
void told(World& world, const Arguments& said, Outcome&) {
    said.allow({"times"}, 1);
    const std::string& words = said.at(0, "the words");
    const auto times = std::count_if(world.warnings.begin(), world.warnings.end(),
                                     [&](const std::string& text) { return says(text, words); });
    if (said.has("times"))
        require(said.get("times") == std::to_string(times), "it is " + std::to_string(times));
    else
        require(times > 0, "nothing like that was told");
}

/// expect saved NAME "words": a document was offered for download that contains them.
void saved(World& world, const Arguments& said, Outcome&) {
    const auto document = world.saved.find(said.at(0, "which document"));
    require(document != world.saved.end(), "no such document was offered");
    for (std::size_t i = 1; i < said.plain().size(); ++i)
        require(says(document->second, said.plain()[i]), "it does not say " + said.plain()[i]);
}
}  // namespace

std::string word_of_reason(ppo_result reason) {
    const auto found = reasons().find(reason);
    return found == reasons().end() ? "none" : found->second;
}

std::uint32_t statuses_of(const std::string& colours) {
    std::uint32_t bits = 0;
    const Poco::StringTokenizer split{colours, ",", Poco::StringTokenizer::TOK_TRIM};
    for (const auto& colour : split) {
        std::uint32_t status = PPO_STATUS_NOT_ENABLED;
        while (status <= PPO_STATUS_SIGNED_IN && colour_of(status) != colour) ++status;
        require(status <= PPO_STATUS_SIGNED_IN, "status= takes RED, GRAY, ORANGE, GREEN");
        bits |= 1U << status;
    }
    return bits;
}

BatchProgress newest_batch(World& world) {
    std::vector<BatchProgress> batches;
    const Answer answer = world.plugin().each_batch(auditor(), {}, batches);
    require(answer.good(), answer.message);
    require(!batches.empty(), "there is no batch");
    return batches.front();
}

std::vector<Step> batch_expectations() {
    return {{{"expect", "batch"}, batch},       {{"expect", "outcome"}, outcome},
            {{"expect", "preview"}, preview},   {{"expect", "delivery"}, delivery},
            {{"expect", "attempts"}, attempts}, {{"expect", "saved"}, saved},
            {{"expect", "told"}, told}};
}
}  // namespace ppo_sim

// SPDX-License-Identifier: Apache-2.0
// What patients want, as staff note it and as the patients say it themselves.
#include "host/dates.hpp"
#include "scenario/step_failed.hpp"
#include "scenario/steps.hpp"

#include <map>

namespace ppo_sim {
namespace {
struct Wanted {
    std::uint32_t consent = PPO_CONSENT_NONE;
    std::string label{};  // How the choice begins on the screen.
};

const Wanted& wanted_called(const std::string& word) {
    static const std::map<std::string, Wanted> known{
        {"none", {PPO_CONSENT_NONE, "Nothing"}},
        {"declined", {PPO_CONSENT_DECLINED, "Declined"}},
        {"deferred", {PPO_CONSENT_DEFERRED, "Ask again"}},
        {"do_not_mail", {PPO_CONSENT_DO_NOT_MAIL, "Do not mail"}}};
    const auto found = known.find(word);
    if (found == known.end())
        throw StepFailed{"write none, declined, deferred until=DAY or do_not_mail"};
    return found->second;
}

ShownField field_labelled(const Screen& screen, const std::string& label) {
    const auto field = screen.field(label);
    if (!field) throw StepFailed{"the screen has no field called " + label};
    return *field;
}

/// consent P001 declined | deferred until=2026-05-01 | do_not_mail | none: in the tab.
void note_consent(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({"until"}, 2);
    const auto& wanted = wanted_called(said.at(1, "what the patient wants"));
    world.close_view();
    world.pencil_patient = said.at(0, "who");
    const auto tabs = world.contributions("patient.edit.tabs");
    require(!tabs.empty(), "this member of staff sees no tab");
    world.open_view(tabs.front(), world.pencil_patient, outcome);
    if (!outcome.answer.good()) return;
    const auto choice = field_labelled(world.screen(), "The patient said");
    const auto value = world.screen().value_of_choice(choice.id, wanted.label);
    require(value.has_value(), "the screen offers no such choice");
    world.edit(choice, *value, outcome);
    if (said.has("until"))
        world.edit(field_labelled(world.screen(), "Ask again from"), said.get("until"), outcome);
    const auto save = world.screen().action("Edit Patient");
    require(save.has_value(), "the screen has nothing to click called Edit Patient");
    world.click(*save, outcome);
}

/// host sets consent P001 deferred until=2026-05-01: as a typed call.
void host_sets_consent(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({"until"}, 2);
    const auto& wanted = wanted_called(said.at(1, "what the patient wants"));
    const auto until = said.has("until") ? read_moment(said.get("until"))
                                         : std::optional{PPO_TIME_NONE};
    require(until.has_value(), "until= takes a day, or a moment");
    AccountState state{};
    outcome.answer = world.plugin().set_consent(world.staff, said.at(0, "who"), wanted.consent,
                                                *until, state);
    if (outcome.answer.good()) outcome.details.set("status", colour_of(state.status));
}

bool yes_or_no(const Arguments& said) {
    const auto& word = said.at(0, "yes or no");
    require(word == "yes" || word == "no", "write mail me yes, or mail me no");
    return word == "yes";
}

/// mail me yes | no: on the portal's page for it, by whoever is signed in.
void choose_mail(World& world, const Arguments& said, Outcome& outcome) {
    require(world.signed_in.has_value(), "nobody is signed in");
    outcome.answer = world.plugin().set_mail_choice(world.visitor, world.signed_in->patient_id,
                                                    yes_or_no(said));
}

void mail_choice(World& world, const Arguments& said, Outcome&) {
    require(world.signed_in.has_value(), "nobody is signed in");
    MailChoice choice{};
    const Answer answer = world.plugin().get_mail_choice(world.visitor, world.signed_in->patient_id,
                                                         choice);
    require(answer.good(), answer.message);
    require(choice.mail_me == yes_or_no(said), "it is the other way round");
}

void consent(World& world, const Arguments& said, Outcome&) {
    said.allow({"until"}, 2);
    const auto account = account_of(world, said.at(0, "whose consent"));
    require(account.consent == wanted_called(said.at(1, "which")).consent,
            "the consent is number " + std::to_string(account.consent));
    const auto until = write_moment(account.consent_until);
    require(!said.has("until") || until.starts_with(said.get("until")), "it is until " + until);
}
}  // namespace

std::vector<Step> consent_steps() {
    return {{{"consent"}, note_consent},
            {{"host", "sets", "consent"}, host_sets_consent},
            {{"mail", "me"}, choose_mail},
            {{"expect", "consent"}, consent},
            {{"expect", "mail", "me"}, mail_choice}};
}
}  // namespace ppo_sim

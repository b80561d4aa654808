// SPDX-License-Identifier: Apache-2.0
// What the patient wants: a section of the Patient Portal tab.
#include "boundary/account_actions.hpp"
#include "boundary/misuse.hpp"
#include "boundary/tab_view.hpp"
#include "domain/birth_date.hpp"
#include "domain/local_time.hpp"
#include "ppo/people.h"

#include <algorithm>
#include <array>

namespace ppo {
namespace {
struct ConsentWords {
    Consent consent = Consent::NothingSaid;
    std::string_view id{};
    std::string_view label{};
};
constexpr std::array<ConsentWords, 4> all_consents{
    {{Consent::NothingSaid, "none", "Nothing against it: invite as usual"},
     {Consent::Declined, "declined", "Declined: wants no portal account"},
     {Consent::Deferred, "deferred", "Ask again later"},
     {Consent::DoNotMail, "do_not_mail", "Do not mail: no mail at all"}}};

std::string_view id_of(Consent consent) {
    return all_consents.at(static_cast<std::size_t>(consent)).id;
}

const ConsentWords* find_consent(std::string_view id) {
    const auto* found = std::find_if(all_consents.begin(), all_consents.end(),
                                     [&](const ConsentWords& one) { return one.id == id; });
    return found == all_consents.end() ? nullptr : found;
}

std::string day_on_file(const AccountFacts& facts, const std::string& time_zone) {
    return facts.consent_until ? write_local_day(*facts.consent_until, time_zone) : std::string{};
}
}  // namespace

void TabView::write_consent(ModelWriter& model, const Picture& picture) const {
    const AccountFacts& facts = picture.account.facts;
    ModelWriter::Choices choices;
    for (const auto& words : all_consents) choices.emplace_back(words.id, words.label);
    model.begin_section("consent", "What the patient wants");
    if (facts.opted_out)
        model.note("warning",
                   "The chart says that the patient wants no mail from the portal. Only the chart "
                   "can change that.");
    if (facts.consent_until && *facts.consent_until <= picture.now)
        model.note("neutral",
                   "The patient wanted to wait until a day that has come: ask again, and invite "
                   "as usual.");
    model.choice("consent", "The patient said",
                 consent_.value_or(std::string{id_of(facts.consent)}), choices,
                 "Choose it on the patient's own word. All but the first stop invitations and the "
                 "link that is out; username and password stay as they are. Saved with Edit "
                 "Patient.");
    model.date_field(
        "consent_until", "Ask again from",
        consent_until_.value_or(day_on_file(facts, instance().practice().time_zone)),
        "Only with \"Ask again later\": the first day on which an invitation may leave.");
    model.end_section();
}

bool TabView::edit_consent(std::string_view field, std::string_view value) {
    if (field == "consent_until") {
        consent_until_ = value;
        return true;
    }
    if (field != "consent") return false;
    if (find_consent(value) == nullptr)
        throw Misuse{PPO_MISUSE_VALUE, "value", "There is no such choice."};
    consent_ = value;
    return true;
}

Result<std::optional<ConsentSaid>> TabView::typed_consent(const Picture& picture) const {
    const AccountFacts& facts = picture.account.facts;
    const auto& time_zone = instance().practice().time_zone;
    const auto on_file = day_on_file(facts, time_zone);
    const auto typed = consent_until_.value_or(on_file);
    ConsentSaid said{consent_ ? find_consent(*consent_)->consent : facts.consent, {}};
    const bool is_deferred = said.consent == Consent::Deferred;
    // What is compared is what stands on the screen: it shows a day, and the store holds a moment.
    if (said.consent == facts.consent && (!is_deferred || typed == on_file))
        return std::optional<ConsentSaid>{};
    if (is_deferred) {
        const auto day = parse_birth_date(typed);
        if (day) said.until = beginning_of_day(*day, time_zone);
        if (!said.until || *said.until <= picture.now)
            return Refused{Refusal::DateNotAhead, "consent_until"};
    }
    return std::optional{said};
}

Outcome TabView::save_consent(const ConsentSaid& said, Effects& effects) {
    const auto set = change_consent(instance(), caller(), patient_id_, said);
    if (!set) return set.refusal();
    consent_.reset();
    consent_until_.reset();
    effects.toast(PPO_TONE_SUCCESS, "What the patient wants is noted.");
    effects.refresh(patient_id_);
    return PPO_OK;
}
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#include "boundary/mending.hpp"

#include "boundary/account_actions.hpp"
#include "domain/local_time.hpp"
#include "domain/why.hpp"

#include <algorithm>
#include <array>

namespace ppo {
namespace {
// The ways back. The first does nothing once an invitation followed, because no question stands
// before it.
constexpr std::string_view undo_enable = "undo_enable";
constexpr std::string_view undo_disable = "undo_disable";

constexpr std::array<std::string_view, 6> mending_actions{
    "set_access", "send_invitation", "lift_delays", "set_consent", undo_enable, undo_disable};

ModelAction mending_action(std::string_view action, std::string_view patient_id) {
    const bool is_of_one = patient_id.empty();
    const auto argument = [&](std::string_view of_one) {
        return std::string{is_of_one ? of_one : patient_id};
    };
    if (action == "set_access")
        return {.id = action, .label = "Enable portal access", .argument = argument("1")};
    if (action == "lift_delays")
        return {.id = action, .label = "Lift the delay", .argument = argument({})};
    if (action == "set_consent")
        return {.id = action,
                .label = "Take it back on the patient's word",
                .argument = argument("none"),
                .confirm = "Has the patient said so? From then on invitations can be mailed."};
    return {
        .id = "send_invitation", .label = "Send invitation/reset email", .argument = argument({})};
}

void say_access(const AccessSet& set, bool enabled, Effects& effects) {
    const Patient& patient = set.account.patient;
    std::string sentence = enabled ? "Portal access is enabled for "
                                   : "Portal access is disabled for ";
    sentence += called(patient) + ".";
    if (set.has_dead_link)
        sentence += enabled ? " The link that was mailed before stays dead: send a new invitation."
                            : " The link that was out has stopped working.";
    if (set.changed)
        effects.toast(PPO_TONE_SUCCESS, sentence,
                      {enabled ? undo_enable : undo_disable, "Undo", patient.id});
    else
        effects.toast(PPO_TONE_SUCCESS, sentence);
    effects.refresh(patient.id);
}

Outcome take_back(View& view, std::string_view patient_id, Effects& effects) {
    const auto set = take_back_access(view.instance(), view.caller(), patient_id);
    if (!set) return set.refusal();
    if (!set->account.facts.access_enabled) {
        say_access(*set, false, effects);
        return PPO_OK;
    }
    effects.toast(PPO_TONE_WARNING,
                  "Access stays enabled: an invitation was sent to " +
                      called(set->account.patient) +
                      " meanwhile. Click the rectangle to disable access all the same.");
    effects.refresh(patient_id);
    return PPO_OK;
}

Outcome lift(View& view, std::string_view patient_id, Effects& effects) {
    const auto done = lift_waits(view.instance(), view.caller(), patient_id);
    if (!done) return done.refusal();
    effects.toast(PPO_TONE_SUCCESS, "The delay is lifted.");
    effects.refresh(patient_id);
    return PPO_OK;
}

Outcome forget_consent(View& view, std::string_view patient_id, Effects& effects) {
    const auto set = change_consent(view.instance(), view.caller(), patient_id, {});
    if (!set) return set.refusal();
    effects.toast(PPO_TONE_SUCCESS, "What the patient wants is noted.");
    effects.refresh(patient_id);
    return PPO_OK;
}
}  // namespace

std::string called(const Patient& patient) {
    if (patient.first_name.empty()) return patient.last_name;
    if (patient.last_name.empty()) return patient.first_name;
    return patient.first_name + " " + patient.last_name;
}

void write_reasons(ModelWriter& model, const Account& account, std::string_view patient_id,
                   UnixTime now) {
    const auto why = why_not_green(account.facts, account.has_password, now);
    if (why.empty()) return;
    model.begin_element("reasons");
    model.text("label", "What stands between this patient and the portal");
    model.begin_list("items");
    for (const auto& reason : why) {
        model.begin_object();
        model.text("code", reason.code);
        model.text("sentence", reason.sentence);
        if (!reason.action.empty())
            model.action("action", mending_action(reason.action, patient_id));
        model.end_object();
    }
    model.end_list();
    model.end_element();
}

bool is_mending_action(std::string_view action) {
    return std::find(mending_actions.begin(), mending_actions.end(), action) !=
           mending_actions.end();
}

Outcome mend(View& view, std::string_view action, std::string_view patient_id, Effects& effects) {
    if (action == undo_enable) return take_back(view, patient_id, effects);
    if (action == "send_invitation") return invite_patient(view, patient_id, effects);
    if (action == "lift_delays") return lift(view, patient_id, effects);
    if (action == "set_consent") return forget_consent(view, patient_id, effects);
    return toggle_access(view, patient_id, true, effects);
}

Outcome toggle_access(View& view, std::string_view patient_id, bool enabled, Effects& effects) {
    const auto set = change_access(view.instance(), view.caller(), patient_id, enabled);
    if (!set) return set.refusal();
    say_access(*set, enabled, effects);
    return PPO_OK;
}

Outcome invite_patient(View& view, std::string_view patient_id, Effects& effects) {
    const auto queued = invite(view.instance(), view.caller(), patient_id);
    if (!queued) return queued.refusal();
    effects.toast(
        PPO_TONE_SUCCESS,
        "The invitation is on its way; its link works until " +
            write_local_time(queued->link_expires_at, view.instance().practice().time_zone, "en") +
            ".");
    effects.refresh(patient_id);
    return PPO_OK;
}
}  // namespace ppo

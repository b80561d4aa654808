// SPDX-License-Identifier: Apache-2.0
#include "boundary/account_actions.hpp"
#include "boundary/batch_words.hpp"
#include "boundary/report_view.hpp"
#include "ppo/people.h"

#include <algorithm>

namespace ppo {
namespace {
std::string_view verb(bool enables) { return enables ? "Enable" : "Disable"; }
std::string_view state(bool enables) { return enables ? "enabled" : "disabled"; }
}  // namespace

void ReportView::write_access_buttons(ModelWriter& model, std::int64_t selected) const {
    for (const bool enables : {true, false}) {
        // About as wide whatever it counts, so that a tick moves nothing.
        const std::string label = std::string{verb(enables)} + " access for " +
                                  counted(selected, "patient") + "...";
        model.button(
            {.id = enables ? "ask_to_enable" : "ask_to_disable",
             .label = label,
             .tone = enables ? "" : "danger",
             .reason = selected > 0 ? "" : "Nobody is selected. Tick patients in the list."});
    }
}

void ReportView::write_access_dialog(ModelWriter& model) const {
    const auto& [enables, says] = *access_dialog_;
    const bool nobody = says.to_change == 0;
    const std::string so{state(enables)};
    const auto now = std::min(says.to_change, access_in_one_call);
    model.begin_dialog("access", nobody ? "Nobody is left to be " + so
                                        : std::string{verb(enables)} + " access for " +
                                              counted(says.to_change, "patient") + "?");
    model.fact("Will be " + so,
               grouped(says.to_change) + " of " + grouped(says.selected) + " selected");
    const auto unchanged = says.selected - says.to_change - says.unknown;
    if (unchanged > 0) model.fact("Are " + so + " already", grouped(unchanged));
    if (says.unknown > 0) model.fact("Have no chart any more", grouped(says.unknown), "warning");
    if (now < says.to_change)
        model.note("neutral", "One click changes " + grouped(now) + "; the same button goes on.");
    if (!enables)
        model.note("warning",
                   "Links that are out stop working, and these patients cannot sign in. Usernames "
                   "and passwords are kept.");
    model.end_dialog({{.id = "set_access_of_many",
                       .label = std::string{verb(enables)} + " " + counted(now, "patient"),
                       .tone = enables ? "" : "danger",
                       .primary = enables,
                       .reason = nobody ? "Everybody is so already." : ""},
                      {.id = "dismiss_access", .label = "Cancel"}},
                     "dismiss_access");
}

std::optional<Outcome> ReportView::act_on_access(std::string_view action, Effects& effects) {
    if (action == "ask_to_enable" || action == "ask_to_disable")
        return ask_for_access(action == "ask_to_enable", effects);
    if (action == "set_access_of_many") return set_access_of_many(effects);
    return std::nullopt;
}

Outcome ReportView::ask_for_access(bool enables, Effects& effects) {
    if (!caller().may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    close_dialogs();
    access_dialog_ = {
        enables, preview_access(instance().database(), selection(), enables, instance().now())};
    effects.refresh({});
    return PPO_OK;
}

Outcome ReportView::set_access_of_many(Effects& effects) {
    if (!access_dialog_) return PPO_OK;  // The second of two clicks: it is done already.
    const bool enables = access_dialog_->enables;
    const auto done = change_access_of_many(instance(), caller(), selection(), enables, 0);
    if (!done) return done.refusal();
    close_dialogs();  // The selection stays: whoever was enabled is often invited next.
    std::string said = "Portal access is " + std::string{state(enables)} + " for " +
                       counted(done->changed, "patient") + ".";
    if (done->unchanged > 0)
        said += " " + counted(done->unchanged, "patient") +
                (done->unchanged == 1 ? " was" : " were") + " so already.";
    if (done->left > 0)
        said += " " + counted(done->left, "patient") + (done->left == 1 ? " is" : " are") +
                " left: the same button goes on.";
    effects.toast(done->left > 0 ? PPO_TONE_WARNING : PPO_TONE_SUCCESS, said);
    effects.refresh({});
    return PPO_OK;
}
}  // namespace ppo

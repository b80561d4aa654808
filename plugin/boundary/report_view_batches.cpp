// SPDX-License-Identifier: Apache-2.0
#include "boundary/batch_buttons.hpp"
#include "boundary/batch_words.hpp"
#include "boundary/misuse.hpp"
#include "boundary/report_view.hpp"
#include "domain/local_time.hpp"
#include "domain/refusal_sentence.hpp"
#include "invitations/batch.hpp"
#include "ppo/people.h"
#include "store/batch_table.hpp"
#include "store/patient_table.hpp"

namespace ppo {
namespace {
constexpr std::string_view tick_prefix = "select:";
constexpr std::size_t most_ticks = 10'000;
constexpr std::chrono::minutes shown_after_end{15};
}  // namespace

std::vector<BatchProgress> ReportView::batches_to_show(UnixTime now) const {
    std::vector<Batch> stored;
    {
        Reading reading{instance().database()};
        stored = read_stored_batches(reading, std::nullopt);
    }
    std::vector<BatchProgress> shown;
    for (const auto& batch : stored) {  // Old ones are many: only these few are counted.
        if (batch.ended_at && now >= *batch.ended_at + shown_after_end) continue;
        if (auto progress = look_at_batch(instance(), batch.id))
            shown.push_back(*std::move(progress));
    }
    return shown;
}

void ReportView::write_batches(ModelWriter& model, const std::vector<BatchProgress>& batches,
                               UnixTime now) const {
    if (batches.empty()) return;
    model.begin_section("batches", "Invitations to many");
    for (const auto& batch : batches) write_batch(model, batch, instance().practice(), now);
    model.button({.id = "batch_outcome",
                  .label = "What became of each",
                  .hint = "Open the list of batches with the outcome of each patient"});
    model.end_section();
}

void ReportView::write_selection(ModelWriter& model, std::int64_t patients) const {
    const auto selected = all_matching_ ? patients : static_cast<std::int64_t>(ticked_.size());
    write_access_buttons(model, selected);
    const std::string label = selected == 0
                                  ? "Send invitations to selected patients..."
                                  : "Send invitations to " + grouped(selected) + " selected " +
                                        (selected == 1 ? "patient..." : "patients...");
    const std::string reason = selected > 0 ? "" : "Nobody is selected. Tick patients in the list.";
    model.button({.id = "preview_batch", .label = label, .reason = reason});
    model.button({.id = "clear_selection", .label = "Clear selection", .reason = reason});
}

void ReportView::write_check_all(ModelWriter& model, std::int64_t patients) const {
    const std::string all = "All " + grouped(patients) + " matching";
    model.table_check("check_all", {.id = "select_all",
                                    .label = all_matching_ ? all + " are selected" : all,
                                    .checked = all_matching_,
                                    .reason = patients == 0 ? "No patient matches." : ""});
}

void ReportView::write_check(ModelWriter& model, const ReportRow& row) const {
    const bool ticked = ticked_.contains(row.patient_id);
    std::string reason;
    if (all_matching_)
        reason = "Everybody who matches is selected.";
    else if (!ticked && ticked_.size() >= most_ticks)
        reason = counted(most_ticks, "patient") +
                 " are selected. Select all that match a filter instead.";
    model.table_check("check", {.id = std::string{tick_prefix} + row.patient_id,
                                .label = "Select " + shown_name(row),
                                .checked = all_matching_ || ticked,
                                .reason = reason});
}

void ReportView::write_dialog(ModelWriter& model, UnixTime now) const {
    const auto& practice = instance().practice();
    const bool nobody = preview_->to_mail == 0;
    model.begin_dialog("batch", nobody ? "Nobody can be invited"
                                       : "Invite " + counted(preview_->to_mail, "patient") + "?");
    model.fact("Will be mailed",
               grouped(preview_->to_mail) + " of " + grouped(preview_->selected) + " selected");
    for (const auto& [reason, number] : preview_->skips)
        model.fact(grouped(number) + " skipped", refusal_sentence(reason, "en"), "warning");
    if (!nobody) {
        model.fact("Can be undone for", in_words(practice.hold_back, "en"));
        model.fact("Done about", write_short_time(preview_->done_at, now, practice.time_zone));
    }
    model.note("warning",
               "Whoever reads a mailbox can open the account: make sure that the addresses are the "
               "patients' own.");
    model.check("signed_in_too", "Also those who have signed in already", signed_in_too_,
                "They get a link for a new password.");
    const auto label = "Send " + counted(preview_->to_mail, "invitation");
    model.end_dialog(
        {{.id = "start_batch",
          .label = label,
          .primary = true,
          .reason = nobody ? refusal_sentence(Refusal::BatchEmpty, "en") : std::string{}},
         {.id = "dismiss_batch", .label = "Cancel"}},
        "dismiss_batch");
}

bool ReportView::choose(std::string_view field, bool chosen) {
    if (field == "signed_in_too" && preview_) {
        signed_in_too_ = chosen;
        preview();
        return true;
    }
    const bool is_tick = field.substr(0, tick_prefix.size()) == tick_prefix;
    if (!is_tick && field != "select_all") return false;
    if (is_tick)
        tick(field.substr(tick_prefix.size()), chosen);
    else
        all_matching_ = chosen;
    close_dialogs();  // What they say is about another selection.
    return true;
}

void ReportView::tick(std::string_view patient_id, bool chosen) {
    const auto known = ticked_.find(patient_id);
    if (known != ticked_.end()) {
        if (!chosen) ticked_.erase(known);
        return;
    }
    {
        Reading reading{instance().database()};
        if (!find_account(reading, patient_id))
            throw Misuse{PPO_MISUSE_UNKNOWN_ID, "field_id", "There is no such patient."};
    }
    if (chosen && ticked_.size() < most_ticks) ticked_.emplace(patient_id);
}

void ReportView::choose_nobody() {
    ticked_.clear();
    all_matching_ = false;
    signed_in_too_ = false;
    close_dialogs();
}

void ReportView::close_dialogs() {
    preview_.reset();
    access_dialog_.reset();
    why_.clear();
}

BatchSelection ReportView::selection() const {
    BatchSelection selection;
    if (all_matching_)
        selection.filter = query();
    else
        selection.patient_ids.assign(ticked_.begin(), ticked_.end());
    selection.signed_in_too = signed_in_too_;
    return selection;
}

void ReportView::preview() {
    preview_ = preview_batch(instance().database(), instance().practice(), selection(),
                             instance().now());
}

Outcome ReportView::open_dialog(Effects& effects) {
    if (!caller().may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    if (!all_matching_ && ticked_.empty()) return Refusal::BatchEmpty;
    signed_in_too_ = false;
    close_dialogs();
    preview();
    effects.refresh({});
    return PPO_OK;
}

Outcome ReportView::send_batch(Effects& effects) {
    if (!caller().may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    if (!preview_) return Refusal::BatchState;  // Such as the second of two clicks.
    const auto& practice = instance().practice();
    const auto started = start_batch(instance().database(), practice, selection(), caller().actor,
                                     instance().now());
    if (!started) {
        preview();  // It has changed since it was shown.
        return started.refusal();
    }
    choose_nobody();
    instance().wake();
    instance().host().refresh({});
    effects.toast(PPO_TONE_SUCCESS, counted(started->to_mail, "invitation") +
                                        " will be sent. You can undo this for " +
                                        in_words(practice.hold_back, "en") + ".");
    effects.refresh({});
    return PPO_OK;
}
}  // namespace ppo

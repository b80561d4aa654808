// SPDX-License-Identifier: Apache-2.0
#include "boundary/report_view.hpp"
#include "domain/local_time.hpp"
#include "onboarding/saved_views.hpp"

#include <algorithm>
#include <array>

namespace ppo {
namespace {
constexpr std::string_view own_prefix = "own:";
constexpr std::chrono::days ahead{14};

/// Views that everybody finds there, in the order in which patients go along.
struct ReadyView {
    std::string_view id{};
    std::string_view label{};
};
constexpr std::array<ReadyView, 5> ready_views{{{"ready:not_enabled", "Not enabled"},
                                                {"ready:never_invited", "Enabled, never invited"},
                                                {"ready:not_signed_in", "Invited, not signed in"},
                                                {"ready:mail_trouble", "Mail trouble"},
                                                {"ready:soon", "Appointment in the next 14 days"}}};

/// What a ready view shows today.
std::optional<ReportQuery> ready_query(std::string_view id, UnixTime now) {
    ReportQuery query;
    if (id == "ready:not_enabled") {
        query.statuses = {PortalStatus::NotEnabled};
    } else if (id == "ready:never_invited") {
        query.statuses = {PortalStatus::NotInvited};
    } else if (id == "ready:not_signed_in") {
        query.statuses = {PortalStatus::Invited};
        query.sort = ReportSort::LastInvited;  // Who waits longest comes first.
    } else if (id == "ready:mail_trouble") {
        for (const auto mark : {Mark::Deferred, Mark::Failed, Mark::Bounced, Mark::OutcomeUnknown})
            query.marks.add(mark);
    } else if (id == "ready:soon") {
        const auto today = std::chrono::floor<std::chrono::days>(now);
        query.appointment_after = UnixTime{today};
        query.appointment_before = UnixTime{today + ahead + std::chrono::days{1}};
        query.sort = ReportSort::NextAppointment;
    } else {
        return std::nullopt;
    }
    return query;
}

/// The day of a moment, as the filters have it; with `up` the next one, unless a day begins there.
std::string day_of(const std::optional<UnixTime>& at, bool up = false) {
    if (!at) return {};
    const UnixTime day{up ? std::chrono::ceil<std::chrono::days>(*at)
                          : std::chrono::floor<std::chrono::days>(*at)};
    return write_iso(day).substr(0, 10);
}

std::string yes_or_no(const std::optional<bool>& wanted) {
    if (!wanted) return {};
    return *wanted ? "yes" : "no";
}

void add_word(std::string& words, std::string_view word) {
    words += (words.empty() ? "" : " ") + std::string{word};
}

/// The name of an own view that is chosen; nothing for a ready one and for none.
std::string_view own_name(std::string_view chosen) {
    return chosen.substr(0, own_prefix.size()) == own_prefix ? chosen.substr(own_prefix.size())
                                                             : std::string_view{};
}
}  // namespace

void ReportView::write_saved_views(ModelWriter& model) const {
    ModelWriter::Choices choices{{"", "Choose one"}};
    for (const auto& ready : ready_views) choices.emplace_back(ready.id, ready.label);
    for (const auto& view : saved_views(instance().database(), caller().actor.id))
        choices.emplace_back(std::string{own_prefix} + view.name, view.name);
    // It may have been removed at another desk, or stand in an address that a colleague sent.
    const bool is_there = std::any_of(choices.begin(), choices.end(), [&](const auto& choice) {
        return choice.first == chosen_view_;
    });
    const std::string_view chosen = is_there ? std::string_view{chosen_view_} : "";
    const std::string name{own_name(chosen)};

    model.begin_section("saved_views", "Saved views");
    model.choice("saved_view", "Saved view", chosen, choices, "Your own ones stand last.");
    model.button({.id = "open_saved_view", .label = "Open this view"});
    model.button({.id = "drop_view",
                  .label = "Remove this view",
                  .confirm = name.empty() ? "" : "Remove the saved view \"" + name + "\"?",
                  .tone = "danger",
                  .reason = name.empty() ? "Choose a view that you saved yourself." : ""});
    model.text_field("view_name", "Save filters and order as", view_name_,
                     "Only you see it, at every desk. The same name again replaces it.", false, {});
    model.button({.id = "save_view", .label = "Save view"});
    model.end_section();
}

bool ReportView::edit_saved_view(std::string_view field, std::string_view value) {
    constexpr std::size_t longest = 512;
    if (field != "saved_view" && field != "view_name") return false;
    auto& typed = field == "saved_view" ? chosen_view_ : view_name_;
    typed = value.size() > longest ? std::string{} : std::string{value};  // No name is that long.
    return true;
}

std::optional<Outcome> ReportView::act_on_saved_view(std::string_view action, Effects& effects) {
    if (action == "open_saved_view") return open_saved_view(effects);
    if (action == "save_view") return save_view(effects);
    if (action == "drop_view") return drop_view(effects);
    return std::nullopt;
}

Outcome ReportView::open_saved_view(Effects& effects) {
    auto wanted = ready_query(chosen_view_, instance().now());
    for (const auto& view : saved_views(instance().database(), caller().actor.id))
        if (own_name(chosen_view_) == view.name) wanted = view.query;
    if (!wanted) return Refusal::UnknownSavedView;
    show(*wanted);
    effects.refresh({});
    return PPO_OK;
}

Outcome ReportView::save_view(Effects& effects) {
    SavedView view;
    view.name = view_name_;
    view.query = query();
    const auto name = view_name(view.name);
    const auto saved = ppo::save_view(instance().database(), std::move(view), caller().actor,
                                      instance().now());
    if (!saved) return saved.refusal();
    chosen_view_ = std::string{own_prefix} + *name;
    view_name_.clear();
    effects.toast(PPO_TONE_SUCCESS, "Saved. You find it under \"" + *name + "\" at every desk.");
    effects.refresh({});
    return PPO_OK;
}

Outcome ReportView::drop_view(Effects& effects) {
    const auto dropped = ppo::drop_view(instance().database(), own_name(chosen_view_),
                                        caller().actor, instance().now());
    if (!dropped) return dropped.refusal();
    chosen_view_.clear();
    effects.toast(PPO_TONE_SUCCESS, "The saved view is removed. No patient has changed.");
    effects.refresh({});
    return PPO_OK;
}

void ReportView::show(const ReportQuery& wanted) {
    std::string colours;
    for (const auto status : wanted.statuses) add_word(colours, status_colour(status));
    std::string marks;
    for (const auto& mark : all_marks("en"))
        if (wanted.marks.has(mark.mark)) add_word(marks, mark.id);
    fields_ = {{"search", wanted.search},
               {"status", colours},
               {"mark", marks},
               {"tag", wanted.tag},
               {"provider", wanted.provider},
               {"access_enabled", yes_or_no(wanted.access_enabled)},
               {"has_username", yes_or_no(wanted.has_username)},
               {"appointment_after", day_of(wanted.appointment_after)},
               {"appointment_before", day_of(wanted.appointment_before, true)}};
    sort_ = wanted.sort;
    descending_ = wanted.descending;
    cursor_.clear();
    all_matching_ = false;  // As after every other filter.
    close_dialogs();
}
}  // namespace ppo

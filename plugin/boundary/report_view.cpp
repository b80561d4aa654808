// SPDX-License-Identifier: Apache-2.0
#include "boundary/report_view.hpp"

#include "boundary/account_actions.hpp"
#include "boundary/batch_buttons.hpp"
#include "boundary/batch_view.hpp"
#include "boundary/batch_words.hpp"
#include "boundary/mail_trouble.hpp"
#include "boundary/misuse.hpp"
#include "boundary/tab_view.hpp"
#include "domain/birth_date.hpp"
#include "domain/local_time.hpp"
#include "onboarding/report_document.hpp"
#include "ppo/people.h"
#include "store/kept_counts.hpp"

#include <algorithm>
#include <array>

namespace ppo {
namespace {
constexpr int rows_a_page = 50;
constexpr std::size_t most_choices = 200;
constexpr std::chrono::seconds look_again{2};  // Each look counts every patient.
constexpr std::array<std::string_view, 9> field_ids{"search",
                                                    "status",
                                                    "tag",
                                                    "provider",
                                                    "access_enabled",
                                                    "has_username",
                                                    "mark",
                                                    "appointment_after",
                                                    "appointment_before"};

constexpr std::array<PortalStatus, 4> statuses{PortalStatus::NotEnabled, PortalStatus::NotInvited,
                                               PortalStatus::Invited, PortalStatus::SignedIn};

std::optional<bool> yes_or_no(const std::string& value) {
    if (value == "yes") return true;
    if (value == "no") return false;
    return std::nullopt;
}

/// Midnight, UTC, of a day as typed; nothing if it is no day.
std::optional<UnixTime> day(const std::string& typed) {
    const auto date = parse_birth_date(typed);
    if (!date) return std::nullopt;
    const std::chrono::year_month_day calendar{
        std::chrono::year{date->year}, std::chrono::month{static_cast<unsigned>(date->month)},
        std::chrono::day{static_cast<unsigned>(date->day)}};
    return UnixTime{std::chrono::sys_days{calendar}};
}

ModelWriter::Choices with_any(const std::vector<std::string>& values) {
    ModelWriter::Choices choices{{"", "Any"}};
    for (const auto& value : values) choices.emplace_back(value, value);
    return choices;
}
}  // namespace

const std::string& ReportView::value_of(std::string_view field) const {
    static const std::string none;
    const auto found = fields_.find(field);
    return found == fields_.end() ? none : found->second;
}

ReportQuery ReportView::query() const {
    ReportQuery query;
    query.sort = sort_;
    query.descending = descending_;
    query.search = value_of("search");
    for (const auto status : statuses)
        if (value_of("status") == status_colour(status)) query.statuses.push_back(status);
    for (const auto& mark : all_marks("en"))
        if (value_of("mark") == mark.id) query.marks.add(mark.mark);
    query.tag = value_of("tag");
    query.provider = value_of("provider");
    query.access_enabled = yes_or_no(value_of("access_enabled"));
    query.has_username = yes_or_no(value_of("has_username"));
    query.appointment_after = day(value_of("appointment_after"));
    query.appointment_before = day(value_of("appointment_before"));
    return query;
}

Result<std::string> ReportView::render() {
    const auto now = instance().now();
    auto page = read_page(instance().database(), query(), cursor_, rows_a_page, now);
    if (!page) {  // The cursor is another query's: begin at the start, as after a new filter.
        cursor_.clear();
        page = read_page(instance().database(), query(), cursor_, rows_a_page, now);
    }
    if (!page) return page.refusal();
    const auto counts = count(instance().database(), query(), now);
    const auto batches = batches_to_show(now);
    ModelWriter model{report_view_id, revision(), "Patient Portal Onboarding Tool"};
    model.banner("warning",
                 "Before you invite: make sure that the address is the patient's own. Whoever "
                 "reads the mailbox can "
                 "open the account.");
    if (preview_)
        write_dialog(model, now);  // Nothing is read again behind it.
    else if (std::any_of(batches.begin(), batches.end(), moves))
        model.refresh_after(look_again);
    model.begin_sections();
    write_mail_trouble(model, instance(), now);
    write_batches(model, batches, now);
    write_counts(model, counts);
    write_filters(model);
    write_table(model, *page, counts.patients);
    return model.finish({});
}

void ReportView::write_counts(ModelWriter& model, const ReportCounts& counts) const {
    const auto item = [&model](std::string_view label, std::int64_t number) {
        model.begin_object();
        model.text("label", label);
        model.number("number", number);
    };
    model.begin_section("counts", "Where the patients stand");
    model.begin_element("counts");
    model.text("id", "by_status");
    model.text("label", "Patients by status");
    model.begin_list("items");
    for (const auto status : statuses) {
        item(status_word(status, "en"), counts.by_status[static_cast<std::size_t>(status)]);
        model.write_status(status);
        model.end_object();
    }
    model.end_list();
    model.end_element();
    model.begin_element("counts");
    model.text("id", "funnel");
    model.text("label", "The way to the portal");
    model.begin_list("items");
    const std::array<std::pair<std::string_view, std::int64_t>, 5> funnel{
        {{"Patients", counts.patients},
         {"Enabled", counts.enabled},
         {"Invited", counts.invited},
         {"Set up", counts.set_up},
         {"Signed in", counts.signed_in}}};
    for (const auto& [label, number] : funnel) {
        item(label, number);
        model.end_object();
    }
    model.end_list();
    model.end_element();
    model.end_section();
}

void ReportView::write_filters(ModelWriter& model) const {
    std::vector<std::string> providers;
    std::vector<std::string> tags;
    {
        Reading reading{instance().database()};
        providers = known_choices(reading, ChoiceKind::Provider, most_choices);
        tags = known_choices(reading, ChoiceKind::Tag, most_choices);
    }
    ModelWriter::Choices status_choices{{"", "Any"}};
    for (const auto status : statuses)
        status_choices.emplace_back(status_colour(status), status_word(status, "en"));
    ModelWriter::Choices mark_choices{{"", "Any"}};
    for (const auto& mark : all_marks("en")) mark_choices.emplace_back(mark.id, mark.word);
    const ModelWriter::Choices yes_no{{"", "Any"}, {"yes", "Yes"}, {"no", "No"}};

    model.begin_section("filters", "Filters");
    model.text_field("search", "Search", value_of("search"),
                     "Any part of name, e-mail or username.", false, {});
    model.choice("status", "Portal status", value_of("status"), status_choices);
    model.choice("mark", "Mark", value_of("mark"), mark_choices);
    model.choice("tag", "Tag", value_of("tag"), with_any(tags));
    model.choice("provider", "Primary provider", value_of("provider"), with_any(providers));
    model.choice("access_enabled", "Access enabled", value_of("access_enabled"), yes_no);
    model.choice("has_username", "Has a username", value_of("has_username"), yes_no);
    model.date_field("appointment_after", "Next appointment from", value_of("appointment_after"));
    model.date_field("appointment_before", "Next appointment before",
                     value_of("appointment_before"));
    model.button({.id = "filter", .label = "Show", .primary = true});
    model.button({.id = "clear", .label = "Clear filters"});
    model.button({.id = "save_csv", .label = "Save as CSV"});
    model.button({.id = "save_html", .label = "Print"});
    model.end_section();
}

Outcome ReportView::edit(std::string_view field, std::string_view value) {
    if (choose(field, value == "1")) {
        changed();
        return PPO_OK;
    }
    if (std::find(field_ids.begin(), field_ids.end(), field) == field_ids.end())
        throw Misuse{PPO_MISUSE_UNKNOWN_ID, "field_id", "There is no such field in this view."};
    constexpr std::size_t longest = 256;
    std::size_t size = std::min(value.size(), longest);
    if (size < value.size())  // Between characters, so that the model stays text.
        while (size > 0 && (static_cast<unsigned char>(value[size]) & 0xC0) == 0x80) --size;
    auto& known = fields_[std::string{field}];
    if (known == value.substr(0, size)) return PPO_OK;
    known = value.substr(0, size);
    cursor_.clear();
    all_matching_ = false;  // Whoever said "all" meant all whom that filter showed.
    preview_.reset();
    changed();
    return PPO_OK;
}

Outcome ReportView::invoke(std::string_view action, std::string_view argument, Effects& effects) {
    changed();
    if (action == "enable" || action == "disable")
        return toggle(argument, action == "enable", effects);
    if (action == "send_invitation") return invite_patient(argument, effects);
    if (action == "save_csv" || action == "save_html") return save_list(action.substr(5), effects);
    if (action == "open" || action == "batch_outcome") {
        if (action == "open")
            effects.open_view(tab_view_id, argument);
        else
            effects.open_view(batch_view_id, {});
        return PPO_OK;
    }
    if (action == "preview_batch") return open_dialog(effects);
    if (action == "start_batch") return send_batch(effects);
    if (is_batch_action(action))
        return act_on_batch(instance(), caller(), action, argument, effects);
    if (!turn(action, argument))
        throw Misuse{PPO_MISUSE_UNKNOWN_ID, "action_id", "There is no such action in this view."};
    effects.refresh({});
    return PPO_OK;
}

bool ReportView::turn(std::string_view action, std::string_view argument) {
    if (action == "sort")
        sort_by(argument);
    else if (action == "page")
        cursor_ = argument;
    else if (action == "clear_selection")
        choose_nobody();
    else if (action == "dismiss_batch")
        preview_.reset();
    else if (action != "clear" && action != "filter")
        return false;
    if (action == "clear") {
        fields_.clear();
        all_matching_ = false;
        preview_.reset();
    }
    if (action == "clear" || action == "filter") cursor_.clear();
    return true;
}

Outcome ReportView::toggle(std::string_view patient_id, bool enabled, Effects& effects) {
    const auto set = change_access(instance(), caller(), patient_id, enabled);
    if (!set) return set.refusal();
    effects.toast(PPO_TONE_SUCCESS,
                  enabled ? "Portal access is enabled." : "Portal access is disabled.");
    effects.refresh(patient_id);
    return PPO_OK;
}

Outcome ReportView::invite_patient(std::string_view patient_id, Effects& effects) {
    const auto queued = invite(instance(), caller(), patient_id);
    if (!queued) return queued.refusal();
    effects.toast(
        PPO_TONE_SUCCESS,
        "The invitation is on its way; its link works until " +
            write_local_time(queued->link_expires_at, instance().practice().time_zone, "en") + ".");
    effects.refresh(patient_id);
    return PPO_OK;
}

Outcome ReportView::save_list(std::string_view format, Effects& effects) {
    const std::string name = "onboarding." + std::string{format};
    write_report(
        instance().database(), instance().practice(), query(), *report_format(format),
        [&](std::string_view piece) {
            effects.save_text(name, piece);
            return true;
        },
        caller().actor, instance().now());
    return PPO_OK;
}
}  // namespace ppo

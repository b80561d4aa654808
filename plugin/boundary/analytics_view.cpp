// SPDX-License-Identifier: Apache-2.0
#include "boundary/analytics_view.hpp"

#include "boundary/analytics_words.hpp"
#include "boundary/batch_words.hpp"
#include "boundary/misuse.hpp"
#include "boundary/report_view.hpp"
#include "ppo/people.h"
#include "store/kept_counts.hpp"

#include <algorithm>
#include <array>

namespace ppo {
namespace {
constexpr std::size_t most_choices = 200;
constexpr std::size_t most_groups = 200;  // On one page.
constexpr std::size_t longest_value = 256;
constexpr std::array<std::string_view, 4> field_ids{"group_by", "provider", "tag", "weeks"};
constexpr std::array<std::pair<std::string_view, GroupBy>, 3> groupings{
    {{"provider", GroupBy::Provider}, {"tag", GroupBy::Tag}, {"week", GroupBy::Week}}};

ModelWriter::Choices with_any(const std::vector<std::string>& values) {
    ModelWriter::Choices choices{{"", "Any"}};
    for (const auto& value : values) choices.emplace_back(value, value);
    return choices;
}

using Columns = std::vector<std::pair<std::string_view, std::string_view>>;

void begin_table(ModelWriter& model, std::string_view id, std::string_view label,
                 const Columns& columns) {
    model.begin_element("table");
    model.text("id", id);
    model.text("label", label);
    model.begin_list("columns");
    for (const auto& [column, words] : columns) {
        model.begin_object();
        model.text("id", column);
        model.text("label", words);
        model.end_object();
    }
    model.end_list();
    model.begin_list("rows");
}

void end_table(ModelWriter& model, std::string_view page) {
    model.end_list();
    model.text("empty", "No patient matches.");
    model.text("page", page);
    model.end_element();
}

void begin_row(ModelWriter& model, std::string_view id, std::string_view label) {
    model.begin_object();
    model.text("id", id);
    model.text("label", label);
    model.begin_list("cells");
}

void write_cell(ModelWriter& model, std::string_view column, std::string_view text) {
    model.begin_object();
    model.text("column", column);
    model.text("text", text);
    model.end_object();
}

void end_row(ModelWriter& model) {
    model.end_list();
    model.end_object();
}

constexpr std::array<std::string_view, stretches> stretch_columns{"to_invited", "to_set_up",
                                                                  "to_signed_in", "whole_way"};
}  // namespace

const std::string& AnalyticsView::value_of(std::string_view field) const {
    static const std::string none;
    const auto found = fields_.find(field);
    return found == fields_.end() ? none : found->second;
}

ReportQuery AnalyticsView::query() const {
    ReportQuery query;
    query.provider = value_of("provider");
    query.tag = value_of("tag");
    return query;
}

GroupBy AnalyticsView::group_by() const {
    const auto* found = std::find_if(groupings.begin(), groupings.end(), [&](const auto& known) {
        return known.first == value_of("group_by");
    });
    return found == groupings.end() ? GroupBy::None : found->second;
}

int AnalyticsView::weeks() const {
    if (value_of("weeks") == "26") return 26;
    return value_of("weeks") == "52" ? 52 : 12;
}

Result<std::string> AnalyticsView::render() {
    const auto now = instance().now();
    const auto seen = look_over(instance().database(), instance().practice(), query(), group_by(),
                                now - std::chrono::weeks{weeks() - 1}, now);
    ModelWriter model{analytics_view_id, revision(), "Portal Onboarding Analytics"};
    model.begin_sections();
    write_choices(model);
    write_funnel(model, seen.all);
    if (group_by() != GroupBy::None) write_groups(model, seen.groups);
    write_trend(model, seen.weeks);
    return model.finish({{.id = "report", .label = "Back to the report"}});
}

void AnalyticsView::write_choices(ModelWriter& model) const {
    std::vector<std::string> providers;
    std::vector<std::string> tags;
    {
        Reading reading{instance().database()};
        providers = known_choices(reading, ChoiceKind::Provider, most_choices);
        tags = known_choices(reading, ChoiceKind::Tag, most_choices);
    }
    model.begin_section("choices", "What to look at");
    model.choice("group_by", "Side by side", value_of("group_by"),
                 {{"", "Everybody together"},
                  {"provider", "By primary provider"},
                  {"tag", "By tag"},
                  {"week", "By the week of enabling"}});
    model.choice("provider", "Primary provider", value_of("provider"), with_any(providers));
    model.choice("tag", "Tag", value_of("tag"), with_any(tags));
    model.choice("weeks", "Weeks", std::to_string(weeks()),
                 {{"12", "The last 12"}, {"26", "The last 26"}, {"52", "The last 52"}});
    model.button({.id = "show", .label = "Show", .primary = true});
    model.end_section();
}

void AnalyticsView::write_funnel(ModelWriter& model, const FunnelGroup& all) {
    model.begin_section("funnel", "The way to the portal");
    model.chart(
        {.id = "funnel",
         .label = "How many patients came how far",
         .text = funnel_sentence(all),
         .form = "steps",
         .axis = "Step",
         .categories = {"Patients", "Enabled", "Invited", "Set up", "Signed in"},
         .series = {{"patients",
                     "Patients",
                     {all.patients, all.enabled, all.invited, all.set_up, all.signed_in}}}});
    write_stretches(model, all);
    model.end_section();
}

void AnalyticsView::write_stretches(ModelWriter& model, const FunnelGroup& all) {
    begin_table(model, "stretches", "How long it takes from step to step",
                {{"stretch", "From step to step"}, {"median", "Median"}, {"of", "Patients"}});
    for (std::size_t i = 0; i < stretches; ++i) {
        const auto word = stretch_word(static_cast<Stretch>(i));
        const auto& time = all.times.at(i);
        begin_row(model, stretch_columns.at(i), word);
        write_cell(model, "stretch", word);
        write_cell(model, "median", time.people == 0 ? "nobody yet" : median_words(time));
        write_cell(model, "of", grouped(time.people));
        end_row(model);
    }
    end_table(model, "Half of the patients took at most the median.");
}

void AnalyticsView::write_groups(ModelWriter& model, const std::vector<FunnelGroup>& groups) const {
    const auto grouping = group_by();
    const std::string_view first = grouping == GroupBy::Provider ? "Primary provider"
                                   : grouping == GroupBy::Tag    ? "Tag"
                                                                 : "Week of enabling";
    model.begin_section("groups", "Side by side");
    begin_table(model, "groups", "The way to the portal, side by side",
                {{"group", first},
                 {"patients", "Patients"},
                 {"enabled", "Enabled"},
                 {"invited", "Invited"},
                 {"set_up", "Set up"},
                 {"signed_in", "Signed in"},
                 {"share", "Of the enabled"},
                 {"to_invited", "Enabled to invited"},
                 {"to_set_up", "Invited to set up"},
                 {"to_signed_in", "Set up to signed in"},
                 {"whole_way", "Enabled to signed in"}});
    std::size_t number = 0;
    for (const auto& group : groups) {
        if (++number > most_groups) break;
        const std::string label{group.label.empty() ? word_for_none(grouping)
                                                    : std::string_view{group.label}};
        begin_row(model, "group:" + std::to_string(number), label);
        write_cell(model, "group", label);
        write_cell(model, "patients", grouped(group.patients));
        write_cell(model, "enabled", grouped(group.enabled));
        write_cell(model, "invited", grouped(group.invited));
        write_cell(model, "set_up", grouped(group.set_up));
        write_cell(model, "signed_in", grouped(group.signed_in));
        write_cell(model, "share", share_words(group.signed_in, group.enabled));
        for (std::size_t i = 0; i < stretches; ++i)
            write_cell(model, stretch_columns.at(i), median_words(group.times.at(i)));
        end_row(model);
    }
    const auto all = counted(static_cast<std::int64_t>(groups.size()), "group");
    end_table(model, groups.size() <= most_groups
                         ? all
                         : "The first " + std::to_string(most_groups) + " of " + all);
    if (grouping == GroupBy::Tag)
        model.note("neutral", "Who has several tags is counted with each of them.");
    model.end_section();
}

void AnalyticsView::write_trend(ModelWriter& model, const std::vector<TrendWeek>& weeks) {
    ModelChart chart{.id = "trend",
                     .label = "How many took each step for the first time",
                     .text = {},
                     .form = "time",
                     .axis = "Week",
                     .categories = {},
                     .series = {{"enabled", "Enabled", {}},
                                {"invited", "Invited", {}},
                                {"set_up", "Set up", {}},
                                {"signed_in", "Signed in", {}}}};
    std::array<std::int64_t, 4> sums{};
    for (const auto& week : weeks) {
        const std::array<std::int64_t, 4> values{week.enabled, week.invited, week.set_up,
                                                 week.signed_in};
        chart.categories.push_back(week.label);
        for (std::size_t i = 0; i < values.size(); ++i) {
            chart.series.at(i).values.push_back(values.at(i));
            sums.at(i) += values.at(i);
        }
    }
    chart.text = "In these " + std::to_string(weeks.size()) + " weeks " + grouped(sums[0]) +
                 " were enabled, " + grouped(sums[1]) + " invited, " + grouped(sums[2]) +
                 " set up, " + grouped(sums[3]) +
                 " signed in, each for the first time. The last "
                 "week is not over.";
    model.begin_section("trend", "Week by week");
    model.chart(chart);
    model.end_section();
}

Outcome AnalyticsView::edit(std::string_view field, std::string_view value) {
    if (std::find(field_ids.begin(), field_ids.end(), field) == field_ids.end())
        throw Misuse{PPO_MISUSE_UNKNOWN_ID, "field_id", "There is no such field in this view."};
    // A provider or tag is never longer; nothing else would match.
    fields_[std::string{field}] = value.size() > longest_value ? std::string_view{} : value;
    changed();
    return PPO_OK;
}

Outcome AnalyticsView::invoke(std::string_view action, std::string_view, Effects& effects) {
    changed();
    if (action == "report") {
        effects.open_view(report_view_id, {});
        return PPO_OK;
    }
    if (action != "show")
        throw Misuse{PPO_MISUSE_UNKNOWN_ID, "action_id", "There is no such action in this view."};
    effects.refresh({});
    return PPO_OK;
}
}  // namespace ppo

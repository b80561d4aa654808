// SPDX-License-Identifier: Apache-2.0
// Which rows the report shows: the filters in use, and what stands where there are no rows.
#include "boundary/batch_words.hpp"
#include "boundary/report_view.hpp"

#include <algorithm>
#include <array>

namespace ppo {
namespace {
struct FilterName {
    std::string_view field{};
    std::string_view label{};
};
constexpr std::array<FilterName, 9> filter_names{
    {{"search", "Search"},
     {"status", "Portal status"},
     {"mark", "Mark"},
     {"tag", "Tag"},
     {"provider", "Primary provider"},
     {"access_enabled", "Access enabled"},
     {"has_username", "Has a username"},
     {"appointment_after", "Next appointment from"},
     {"appointment_before", "Next appointment before"}}};

/// The filter's value as people read it.
std::string shown_value(std::string_view field, const std::string& value,
                        const ReportQuery& query) {
    if (field == "status") {
        std::string words;
        for (const auto status : query.statuses)
            words += (words.empty() ? "" : " or ") + std::string{status_word(status, "en")};
        return words;
    }
    if (field == "mark") return mark_words(query.marks, "en");
    return value == "yes" ? "Yes" : value == "no" ? "No" : value;
}

/// Whether what stands in the field leaves rows out; a day that is none does not.
bool filters(std::string_view field, const ReportQuery& query) {
    if (field == "status") return !query.statuses.empty();
    if (field == "mark") return query.marks != Marks{};
    if (field == "access_enabled") return query.access_enabled.has_value();
    if (field == "has_username") return query.has_username.has_value();
    if (field == "appointment_after") return query.appointment_after.has_value();
    if (field == "appointment_before") return query.appointment_before.has_value();
    return true;
}
}  // namespace

std::vector<ModelSetter> ReportView::filters_in_use() const {
    std::vector<ModelSetter> used;
    const auto asked = query();
    for (const auto& [field, label] : filter_names) {
        const auto& value = value_of(field);
        if (value.empty() || !filters(field, asked)) continue;
        const std::string words = std::string{label} + ": " + shown_value(field, value, asked);
        used.push_back({.field = field, .label = words, .hint = "Remove the filter " + words});
    }
    return used;
}

void ReportView::write_shown(ModelWriter& model, std::int64_t patients) const {
    const auto used = filters_in_use();
    model.begin_element("chips");
    model.text("id", "shown");
    model.text("label", "Filters in use");
    model.text("text", (used.empty() && patients > 1 ? "All " : "") + counted(patients, "patient"));
    model.begin_list("items");
    for (const auto& filter : used) model.write_setter(filter);
    model.end_list();
    if (!used.empty()) model.action("action", {.id = "clear", .label = "Clear filters"});
    model.end_element();
}

void ReportView::write_welcome(ModelWriter& model, const ReportCounts& counts) {
    // It stays as long as the view is open: what is about to be clicked must not move up.
    if (!is_welcome_)
        is_welcome_ = counts.patients > 0 && counts.enabled == 0 && filters_in_use().empty();
    if (*is_welcome_)
        model.note(
            "neutral",
            "Nobody has portal access yet. Click a red rectangle to enable it for a patient, "
            "then the e-mail address to send the invitation; or tick patients and invite "
            "many at once.");
}

bool ReportView::is_directory_being_read() const {
    return instance().directory_reading().state == DirectoryReading::State::Reading;
}

void ReportView::write_directory(ModelWriter& model) const {
    const auto& reading = instance().directory_reading();
    const auto taken = counted(static_cast<std::int64_t>(reading.taken.load()), "patient");
    if (is_directory_being_read())
        model.note("neutral", "The patients are being read from the EMR: " + taken + " so far.");
    else if (reading.state == DirectoryReading::State::BrokeOff)
        model.note("warning", "Reading the patients from the EMR broke off after " + taken +
                                  ". Whoever is missing here has not been read.");
}

void ReportView::write_empty(ModelWriter& model, std::int64_t patients) const {
    if (patients > 0) {  // They went while the page was turned.
        model.text("empty", "Nobody is left on this page.");
        model.action("empty_action", {.id = "page", .label = "First page"});
    } else if (filters_in_use().empty()) {
        model.text("empty",
                   "There are no patients yet. Whoever is added to the EMR appears here at once; "
                   "reading a large EMR for the first time takes a few minutes.");
    } else {
        model.text("empty", "Nobody matches these filters.");
        model.action("empty_action", {.id = "clear", .label = "Clear all filters"});
    }
}
}  // namespace ppo

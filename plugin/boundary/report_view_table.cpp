// SPDX-License-Identifier: Apache-2.0
#include "boundary/batch_words.hpp"
#include "boundary/misuse.hpp"
#include "boundary/report_view.hpp"
#include "domain/local_time.hpp"

#include <algorithm>
#include <array>

namespace ppo {
namespace {
struct SortName {
    std::string_view id{};
    ReportSort sort = ReportSort::Name;
};
constexpr std::array<SortName, 5> sort_names{{{"name", ReportSort::Name},
                                              {"status", ReportSort::Status},
                                              {"last_invited", ReportSort::LastInvited},
                                              {"last_signed_in", ReportSort::LastSignedIn},
                                              {"next_appointment", ReportSort::NextAppointment}}};

std::string shown_day(const std::optional<UnixTime>& time) {
    return time ? write_iso(*time).substr(0, 10) : "";
}

/// "Anna Weber", as in a question.
std::string called(const ReportRow& row) {
    return row.first_name.empty() || row.last_name.empty() ? shown_name(row)
                                                           : row.first_name + " " + row.last_name;
}

ModelAction why_action(const ReportRow& row) {
    return {.id = "why",
            .label = "Why?",
            .argument = row.patient_id,
            .hint = "Why is " + called(row) + " " + std::string{status_colour(row.status)} + "?"};
}

ModelAction toggle_action(const ReportRow& row) {
    const auto name = shown_name(row);
    if (!row.access_enabled)
        return {.id = "enable",
                .label = "Enable",
                .argument = row.patient_id,
                .hint = "Enable portal access for " + name};
    return {.id = "disable",
            .label = "Disable",
            .argument = row.patient_id,
            .hint = "Disable portal access for " + name,
            .confirm = "Disable portal access for " + name +
                       "? Links that are out stop working and the patient cannot sign in.",
            .tone = "danger"};
}
}  // namespace

void ReportView::write_columns(ModelWriter& model) const {
    struct Column {
        std::string_view id{};
        std::string_view label{};
        std::string_view kind{};
    };
    static constexpr std::array<Column, 8> columns{
        {{"status", "Portal status", "status"},
         {"name", "Patient", "text"},
         {"email", "E-mail", "email"},
         {"username", "Username", "text"},
         {"marks", "Marks", "marks"},
         {"last_invited", "Last invited", "day"},
         {"last_signed_in", "Last sign-in", "day"},
         {"next_appointment", "Next appointment", "day"}}};
    model.begin_list("columns");
    for (const auto& [id, label, kind] : columns) {
        model.begin_object();
        model.text("id", id);
        model.text("label", label);
        model.text("kind", kind);
        const auto* sort = std::find_if(sort_names.begin(), sort_names.end(),
                                        [&id = id](const SortName& name) { return name.id == id; });
        if (sort != sort_names.end()) {
            const bool sorted = sort->sort == sort_;
            model.text("sorted", !sorted ? "none" : descending_ ? "descending" : "ascending");
            model.action("action",
                         {.id = "sort",
                          .label = label,
                          .argument = std::string{id} + (sorted && !descending_ ? ":down" : ":up"),
                          .hint = "Sort by " + std::string{label}});
        }
        model.end_object();
    }
    model.end_list();
}

void ReportView::write_row(ModelWriter& model, const ReportRow& row) const {
    const auto begin_cell = [&model](std::string_view column, std::string_view text) {
        model.begin_object();
        model.text("column", column);
        model.text("text", text);
    };
    const auto plain_cell = [&](std::string_view column, std::string_view text) {
        begin_cell(column, text);
        model.end_object();
    };
    const auto name = shown_name(row);
    model.begin_object();
    model.text("id", row.patient_id);
    model.text("label", name);
    write_check(model, row);
    model.begin_list("cells");
    begin_cell("status", status_word(row.status, "en"));
    model.write_status(row.status);
    model.action("action", toggle_action(row));
    model.begin_list("actions");
    model.write_action(why_action(row));
    model.end_list();
    model.end_object();
    begin_cell("name", name);
    model.action("action", {.id = "open",
                            .label = name,
                            .argument = row.patient_id,
                            .hint = "Open the Patient Portal tab of " + name});
    model.end_object();
    begin_cell("email", row.email);
    if (!row.email.empty())
        model.action("action", {.id = "send_invitation",
                                .label = row.email,
                                .argument = row.patient_id,
                                .hint = "Send the invitation/reset email to " + name});
    model.end_object();
    plain_cell("username", row.username);
    begin_cell("marks", "");
    model.write_marks(row.marks);
    model.end_object();
    plain_cell("last_invited", shown_day(row.last_invited_at));
    plain_cell("last_signed_in", shown_day(row.last_signed_in_at));
    plain_cell("next_appointment", shown_day(row.next_appointment_at));
    model.end_list();
    model.end_object();
}

void ReportView::write_table(ModelWriter& model, const ReportPage& page,
                             const ReportCounts& counts) {
    const auto patients = counts.patients;
    model.begin_section("patients", "Patients");
    write_shown(model, patients);
    write_directory(model);
    write_welcome(model, counts);
    write_selection(model, patients);
    model.begin_element("table");
    model.text("id", "patients");
    model.text("label", "Patients and how far they have come");
    write_check_all(model, patients);
    write_columns(model);
    model.begin_list("rows");
    for (const auto& row : page.rows) write_row(model, row);
    model.end_list();
    write_pages(model, page, patients);
    model.end_element();
    model.end_section();
}

void ReportView::write_pages(ModelWriter& model, const ReportPage& page,
                             std::int64_t patients) const {
    write_empty(model, patients);
    model.text("page", counted(patients, "patient"));
    if (!page.previous_cursor.empty())
        model.action("previous",
                     {.id = "page", .label = "Previous page", .argument = page.previous_cursor});
    if (!page.next_cursor.empty())
        model.action("next", {.id = "page", .label = "Next page", .argument = page.next_cursor});
}

void ReportView::sort_by(std::string_view argument) {
    const auto colon = argument.find(':');
    const auto* sort = std::find_if(
        sort_names.begin(), sort_names.end(),
        [&](const SortName& name) { return name.id == argument.substr(0, colon); });
    if (sort == sort_names.end())
        throw Misuse{PPO_MISUSE_VALUE, "argument", "The report cannot be sorted by that."};
    sort_ = sort->sort;
    descending_ = argument.substr(colon == std::string_view::npos ? argument.size() : colon) ==
                  ":down";
    cursor_.clear();
}
}  // namespace ppo

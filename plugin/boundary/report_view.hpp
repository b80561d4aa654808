// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/model_writer.hpp"
#include "boundary/view.hpp"
#include "domain/account.hpp"
#include "domain/batch.hpp"
#include "domain/report_query.hpp"
#include "onboarding/access_of_many.hpp"
#include "onboarding/report.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ppo {
inline constexpr std::string_view report_view_id = "onboarding.report";

/// The onboarding report: My Links, Patient Portal Onboarding Tool.
class ReportView : public View {
public:
    using View::View;

    Result<std::string> render() override;
    Outcome edit(std::string_view field, std::string_view value) override;
    Outcome invoke(std::string_view action, std::string_view argument, Effects& effects) override;

private:
    [[nodiscard]] ReportQuery query() const;
    [[nodiscard]] const std::string& value_of(std::string_view field) const;
    void write_counts(ModelWriter& model, const ReportCounts& counts) const;
    void write_filters(ModelWriter& model) const;
    void write_table(ModelWriter& model, const ReportPage& page, const ReportCounts& counts);
    void write_empty(ModelWriter& model, std::int64_t patients) const;
    void write_pages(ModelWriter& model, const ReportPage& page, std::int64_t patients) const;
    void write_columns(ModelWriter& model) const;
    void write_row(ModelWriter& model, const ReportRow& row) const;
    void sort_by(std::string_view argument);
    [[nodiscard]] bool turn(std::string_view action, std::string_view argument);
    Outcome save_list(std::string_view format, Effects& effects);

    // Which rows are shown: report_view_shown.cpp.
    [[nodiscard]] std::vector<ModelSetter> filters_in_use() const;
    void write_shown(ModelWriter& model, std::int64_t patients) const;
    void write_welcome(ModelWriter& model, const ReportCounts& counts);
    [[nodiscard]] bool is_directory_being_read() const;
    void write_directory(ModelWriter& model) const;

    // Why a patient has not come further: report_view_why.cpp.
    [[nodiscard]] std::optional<Account> whose_why();
    void write_why(ModelWriter& model, const Account& account, UnixTime now) const;
    Outcome open_why(std::string_view patient_id, Effects& effects);

    // Whom staff choose, and the batch that mails them: report_view_batches.cpp.
    [[nodiscard]] std::vector<BatchProgress> batches_to_show(UnixTime now) const;
    void write_batches(ModelWriter& model, const std::vector<BatchProgress>& batches,
                       UnixTime now) const;
    void write_selection(ModelWriter& model, std::int64_t patients) const;
    void write_check_all(ModelWriter& model, std::int64_t patients) const;
    void write_check(ModelWriter& model, const ReportRow& row) const;
    void write_dialog(ModelWriter& model, UnixTime now) const;
    [[nodiscard]] bool choose(std::string_view field, bool chosen);
    void tick(std::string_view patient_id, bool chosen);
    void choose_nobody();
    [[nodiscard]] BatchSelection selection() const;
    void preview();
    Outcome open_dialog(Effects& effects);
    Outcome send_batch(Effects& effects);

    void close_dialogs();

    // Access of whom staff choose: report_view_access.cpp.
    struct AccessDialog {
        bool enables = true;
        AccessPreview says{};
    };
    void write_access_buttons(ModelWriter& model, std::int64_t selected) const;
    void write_access_dialog(ModelWriter& model) const;
    [[nodiscard]] std::optional<Outcome> act_on_access(std::string_view action, Effects& effects);
    Outcome ask_for_access(bool enables, Effects& effects);
    Outcome set_access_of_many(Effects& effects);

    // What staff find again: report_view_saved.cpp.
    void write_saved_views(ModelWriter& model) const;
    [[nodiscard]] bool edit_saved_view(std::string_view field, std::string_view value);
    [[nodiscard]] std::optional<Outcome> act_on_saved_view(std::string_view action,
                                                           Effects& effects);
    Outcome open_saved_view(Effects& effects);
    Outcome save_view(Effects& effects);
    Outcome drop_view(Effects& effects);
    void show(const ReportQuery& wanted);

    std::map<std::string, std::string, std::less<>> fields_{};  // Filters as typed.
    ReportSort sort_ = ReportSort::Name;
    bool descending_ = false;
    std::string cursor_{};

    std::set<std::string, std::less<>> ticked_{};  // Patient ids, on whichever page they are.
    bool all_matching_ = false;                    // Everybody of the filters, instead of these.
    bool signed_in_too_ = false;
    std::optional<BatchPreview> preview_{};  // What the open dialog says; nothing = none is open.
    std::string why_{};  // Whose panel is open; empty = nobody's. Never beside another.
    std::optional<bool> is_welcome_{};  // Nobody had access when the view was opened.
    std::optional<AccessDialog> access_dialog_{};

    std::string chosen_view_{};  // "ready:soon", "own:My recalls"; empty = none.
    std::string view_name_{};    // As typed, for the next one.
};
}  // namespace ppo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/model_writer.hpp"
#include "boundary/view.hpp"
#include "domain/report_query.hpp"
#include "onboarding/analytics.hpp"

#include <map>
#include <string>
#include <string_view>

namespace ppo {
inline constexpr std::string_view analytics_view_id = "onboarding.analytics";

/// How patients come along on the way to the portal: the funnel, the time between its steps, groups
/// side by side, and the weeks. Reached from the onboarding report.
class AnalyticsView : public View {
public:
    using View::View;

    Result<std::string> render() override;
    Outcome edit(std::string_view field, std::string_view value) override;
    Outcome invoke(std::string_view action, std::string_view argument, Effects& effects) override;

private:
    [[nodiscard]] const std::string& value_of(std::string_view field) const;
    [[nodiscard]] ReportQuery query() const;
    [[nodiscard]] GroupBy group_by() const;
    [[nodiscard]] int weeks() const;
    void write_choices(ModelWriter& model) const;
    static void write_funnel(ModelWriter& model, const FunnelGroup& all);
    static void write_stretches(ModelWriter& model, const FunnelGroup& all);
    void write_groups(ModelWriter& model, const std::vector<FunnelGroup>& groups) const;
    static void write_trend(ModelWriter& model, const std::vector<TrendWeek>& weeks);

    std::map<std::string, std::string, std::less<>> fields_{};
};
}  // namespace ppo

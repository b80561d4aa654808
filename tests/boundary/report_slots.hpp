// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/live_plugin.hpp"

#include <functional>
#include <map>
#include <string>

namespace ppo {
/// What the calls hand over.
struct Hands {
    const ppo_caller* caller = nullptr;
    const ppo_visitor* visitor = nullptr;
};
using Slot = std::function<ppo_result(ppo_instance*, const Hands&)>;
using Slots = std::map<std::string, Slot>;

/// The slots of ppo.report/1, each with arguments that it takes.
class ReportSlots {
public:
    ReportSlots() = default;
    ReportSlots(const ReportSlots&) = delete;
    ReportSlots& operator=(const ReportSlots&) = delete;

    [[nodiscard]] const Slots& all() const { return all_; }

private:
    TextSink text_{};
    const RowsSink rows_{[](const ppo_rows&) { return PPO_OK; }};
    const SinkTo<ppo_report_group_sink, ppo_report_group> groups_{
        [](const ppo_report_group&) { return PPO_OK; }};
    const SinkTo<ppo_report_week_sink, ppo_report_week> weeks_{
        [](const ppo_report_week&) { return PPO_OK; }};
    const SinkTo<ppo_saved_view_sink, ppo_saved_view> views_{
        [](const ppo_saved_view&) { return PPO_OK; }};
    const ppo_text id_ = to_text("P001");
    const ppo_report_query query_ = fresh<ppo_report_query>();
    mutable ppo_report_counts counts_ = fresh<ppo_report_counts>();
    const ppo_report_1& report_ = LivePlugin::report();

    const Slots all_{
        {"report.read",
         [this](ppo_instance* self, const Hands& by) {
             return report_.read(self, by.caller, &query_, rows_, nullptr);
         }},
        {"report.count",
         [this](ppo_instance* self, const Hands& by) {
             return report_.count(self, by.caller, &query_, &counts_, nullptr);
         }},
        {"report.write",
         [this](ppo_instance* self, const Hands& by) {
             return report_.write(self, by.caller, &query_, to_text("csv"), text_, nullptr);
         }},
        {"report.read_json",
         [this](ppo_instance* self, const Hands& by) {
             return report_.read_json(self, by.caller, &query_, text_, nullptr);
         }},
        {"report.save_view",
         [this](ppo_instance* self, const Hands& by) {
             return report_.save_view(self, by.caller, id_, &query_, nullptr);
         }},
        {"report.each_view",
         [this](ppo_instance* self, const Hands& by) {
             return report_.each_view(self, by.caller, views_, nullptr);
         }},
        {"report.drop_view",
         [this](ppo_instance* self, const Hands& by) {
             return report_.drop_view(self, by.caller, id_, nullptr);
         }},
        {"report.analyse",
         [this](ppo_instance* self, const Hands& by) {
             return report_.analyse(self, by.caller, &query_, PPO_GROUP_NONE, groups_, nullptr);
         }},
        {"report.trend", [this](ppo_instance* self, const Hands& by) {
             return report_.trend(self, by.caller, &query_, 1, 2, weeks_, nullptr);
         }}};
};
}  // namespace ppo

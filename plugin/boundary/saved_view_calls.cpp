// SPDX-License-Identifier: Apache-2.0
#include "boundary/saved_view_calls.hpp"

#include "boundary/convert.hpp"
#include "boundary/report_filter.hpp"
#include "onboarding/saved_views.hpp"

namespace ppo::saved_view_calls {
namespace {
constexpr std::size_t longest_name = 512;

bool put_view(const SavedView& saved, const ppo_saved_view_sink& sink) {
    auto query = to_given(saved.query);
    query.columns = saved.columns.empty() ? nullptr : saved.columns.data();
    query.column_count = saved.columns.size();
    ppo_saved_view out{};
    out.struct_size = sizeof out;
    out.name = to_text(saved.name);
    out.query = &query;
    out.changed_at = to_milliseconds(saved.changed_at);
    return goes_on(sink.put(sink.context, &out));
}
}  // namespace

Outcome save_view(Instance& self, const ppo_caller* caller, ppo_text name,
                  const ppo_report_query* query) {
    const ppo_report_query& from = filled(query, "query");
    SavedView view;
    view.name = required_text(name, "name", longest_name);
    view.query = to_query(from);
    if (from.column_count != 0) view.columns = to_columns(from);
    const auto who = to_caller(caller);
    if (!who.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    const auto saved = ppo::save_view(self.database(), std::move(view), who.actor, self.now());
    if (!saved) return saved.refusal();
    return PPO_OK;
}

Outcome each_view(Instance& self, const ppo_caller* caller, const ppo_saved_view_sink* sink) {
    check_sink(sink);
    const auto who = to_caller(caller);
    if (!who.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    for (const auto& view : saved_views(self.database(), who.actor.id))
        if (!put_view(view, *sink)) return PPO_STOPPED;
    return PPO_OK;
}

Outcome drop_view(Instance& self, const ppo_caller* caller, ppo_text name) {
    const auto named = required_text(name, "name", longest_name);
    const auto who = to_caller(caller);
    if (!who.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    const auto dropped = ppo::drop_view(self.database(), named, who.actor, self.now());
    if (!dropped) return dropped.refusal();
    return PPO_OK;
}
}  // namespace ppo::saved_view_calls

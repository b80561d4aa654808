// SPDX-License-Identifier: Apache-2.0
#include "boundary/analytics_calls.hpp"

#include "boundary/convert.hpp"
#include "boundary/report_filter.hpp"
#include "onboarding/analytics.hpp"

namespace ppo::analytics_calls {
namespace {
std::uint64_t number(std::int64_t value) { return static_cast<std::uint64_t>(value); }

ppo_report_group to_group(const FunnelGroup& group) {
    ppo_report_group out{};
    out.struct_size = sizeof out;
    out.label = to_text(group.label);
    out.patients = number(group.patients);
    out.enabled = number(group.enabled);
    out.invited = number(group.invited);
    out.set_up = number(group.set_up);
    out.signed_in = number(group.signed_in);
    for (std::size_t i = 0; i < stretches; ++i) {
        out.median_tenths[i] = group.times.at(i).median_tenths.value_or(-1);
        out.timed[i] = number(group.times.at(i).people);
    }
    return out;
}
}  // namespace

Outcome analyse(Instance& self, const ppo_caller* caller, const ppo_report_query* query,
                std::uint32_t group_by, const ppo_report_group_sink* sink) {
    check_sink(sink);
    const auto wanted = to_query(filled(query, "query"));
    if (group_by > PPO_GROUP_WEEK)
        throw Misuse{PPO_MISUSE_VALUE, "group_by", "There is no such grouping."};
    if (!to_caller(caller).may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    const auto groups = ppo::analyse(self.database(), self.practice(), wanted,
                                     static_cast<GroupBy>(group_by), self.now());
    for (const auto& group : groups) {
        const auto out = to_group(group);
        if (!goes_on(sink->put(sink->context, &out))) return PPO_STOPPED;
    }
    return PPO_OK;
}

Outcome trend(Instance& self, const ppo_caller* caller, const ppo_report_query* query,
              ppo_time from, ppo_time until, const ppo_report_week_sink* sink) {
    check_sink(sink);
    const auto wanted = to_query(filled(query, "query"));
    constexpr ppo_time week = 7LL * 24 * 60 * 60 * 1000;
    constexpr ppo_time end_of_times = 253'402'300'800'000;    // The year 10000.
    constexpr ppo_time begin_of_times = -62'135'596'800'000;  // The year 1.
    if (from < begin_of_times || from >= until)
        throw Misuse{PPO_MISUSE_VALUE, "from", "The trend ends before it begins."};
    if (until > end_of_times || until - from > week * (most_trend_weeks - 2))
        throw Misuse{PPO_MISUSE_VALUE, "until", "A trend has at most 530 weeks."};
    if (!to_caller(caller).may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    const auto weeks = ppo::trend(self.database(), self.practice(), wanted, from_milliseconds(from),
                                  from_milliseconds(until), self.now());
    for (const auto& one : weeks) {
        const ppo_report_week out{sizeof out,
                                  0,
                                  to_milliseconds(one.begins),
                                  to_text(one.label),
                                  number(one.enabled),
                                  number(one.invited),
                                  number(one.set_up),
                                  number(one.signed_in)};
        if (!goes_on(sink->put(sink->context, &out))) return PPO_STOPPED;
    }
    return PPO_OK;
}
}  // namespace ppo::analytics_calls

// SPDX-License-Identifier: Apache-2.0
#include "boundary/analytics_calls.hpp"

#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>
#include <vector>

using namespace ppo;

class AnalyticsCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AnalyticsCallsTest);
    CPPUNIT_TEST(analyse_tells_the_funnel_with_medians);
    CPPUNIT_TEST(analyse_says_minus_one_for_nobody);
    CPPUNIT_TEST(analyse_groups_by_provider_and_tag);
    CPPUNIT_TEST(analyse_agrees_with_count);
    CPPUNIT_TEST(analyse_knows_no_other_grouping);
    CPPUNIT_TEST(analyse_stops_when_told);
    CPPUNIT_TEST(trend_tells_each_week);
    CPPUNIT_TEST(trend_refuses_times_that_are_none);
    CPPUNIT_TEST(trend_stops_when_told);
    CPPUNIT_TEST(no_lock_is_held_while_a_sink_runs);
    CPPUNIT_TEST_SUITE_END();

    using GroupSink = SinkTo<ppo_report_group_sink, ppo_report_group>;
    using WeekSink = SinkTo<ppo_report_week_sink, ppo_report_week>;
    static constexpr ppo_time week = 7LL * 24 * 3600 * 1000;

public:
    void setUp() override {
        live_.emplace();
        live_->host.time = to_milliseconds(noon);
    }
    void tearDown() override { live_.reset(); }

    void analyse_tells_the_funnel_with_medians() {
        live_->enable("P001");
        live_->advance(std::chrono::hours{24 * 2});
        live_->set_up("P001", "anna.w", "maple kettle orbit");
        live_->advance(std::chrono::hours{12});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", "maple kettle orbit"));
        CPPUNIT_ASSERT_EQUAL(std::string{":2/1/1/1/1 20,0,5,25 1,1,1,1"}, analysed(PPO_GROUP_NONE));
    }

    void analyse_says_minus_one_for_nobody() {
        CPPUNIT_ASSERT_EQUAL(std::string{":2/0/0/0/0 -1,-1,-1,-1 0,0,0,0"},
                             analysed(PPO_GROUP_NONE));
    }

    void analyse_groups_by_provider_and_tag() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Dr. Reed:1/0/0/0/0 -1,-1,-1,-1 0,0,0,0|"
                                         "Dr. Stone:1/0/0/0/0 -1,-1,-1,-1 0,0,0,0"},
                             analysed(PPO_GROUP_PROVIDER));
        query_.provider = to_text("Dr. Stone");
        CPPUNIT_ASSERT_EQUAL(std::string{"recall:1/0/0/0/0 -1,-1,-1,-1 0,0,0,0"},
                             analysed(PPO_GROUP_TAG));
    }

    void analyse_agrees_with_count() {
        live_->set_up("P001", "anna.w", "maple kettle orbit");
        live_->enable("P002");
        auto counts = fresh<ppo_report_counts>();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             calls_.count(live_->self, &live_->caller, &query_, &counts, nullptr));
        const auto expected = ":" + std::to_string(counts.patients) + "/" +
                              std::to_string(counts.enabled) + "/" +
                              std::to_string(counts.invited) + "/" + std::to_string(counts.set_up) +
                              "/" + std::to_string(counts.signed_in) + " ";
        CPPUNIT_ASSERT_EQUAL(expected, analysed(PPO_GROUP_NONE).substr(0, expected.size()));
    }

    void analyse_knows_no_other_grouping() {
        const GroupSink sink{[](const ppo_report_group&) { return PPO_OK; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, analyse(4, sink));
        CPPUNIT_ASSERT_EQUAL(std::string{"group_by"}, std::string{error_.field});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, analyse(PPO_GROUP_NONE, nullptr));
    }

    void analyse_stops_when_told() {
        int groups = 0;
        const GroupSink sink{[&](const ppo_report_group&) {
            ++groups;
            return PPO_STOPPED;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_STOPPED}, analyse(PPO_GROUP_PROVIDER, sink));
        CPPUNIT_ASSERT_EQUAL(1, groups);
        const GroupSink failing{[](const ppo_report_group&) { return 0; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, analyse(PPO_GROUP_PROVIDER, failing));
    }

    void trend_tells_each_week() {
        live_->enable("P001");
        live_->advance(std::chrono::hours{24 * 7});
        static_cast<void>(live_->invited("P001"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-W47 1/0/0/0;2026-W48 0/1/0/0;"},
                             trended(to_milliseconds(noon), live_->host.time));
    }

    void trend_refuses_times_that_are_none() {
        const WeekSink sink{[](const ppo_report_week&) { return PPO_OK; }};
        const auto at = to_milliseconds(noon);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, trend(at, at, sink));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, trend(PPO_TIME_NONE, at, sink));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, trend(at, INT64_MAX, sink));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, trend(at, at + 530 * week, sink));
        CPPUNIT_ASSERT_EQUAL(std::string{"until"}, std::string{error_.field});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, trend(at, at + 528 * week, sink));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, trend(at, at + week, nullptr));
    }

    void trend_stops_when_told() {
        int weeks = 0;
        const WeekSink sink{[&](const ppo_report_week&) {
            ++weeks;
            return PPO_STOPPED;
        }};
        const auto at = to_milliseconds(noon);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_STOPPED}, trend(at, at + 3 * week, sink));
        CPPUNIT_ASSERT_EQUAL(1, weeks);
    }

    void no_lock_is_held_while_a_sink_runs() {
        ppo_result inner = 0;
        const GroupSink sink{[&](const ppo_report_group&) {
            inner = LivePlugin::onboarding().set_access(live_->self, &live_->caller,
                                                        to_text("P001"), 1, nullptr, nullptr);
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, analyse(PPO_GROUP_NONE, sink));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, inner);
    }

private:
    ppo_result analyse(std::uint32_t group_by, const ppo_report_group_sink* sink) {
        return calls_.analyse(live_->self, &live_->caller, &query_, group_by, sink, &error_);
    }
    ppo_result trend(ppo_time from, ppo_time until, const ppo_report_week_sink* sink) {
        return calls_.trend(live_->self, &live_->caller, &query_, from, until, sink, &error_);
    }
    /// "label:patients/enabled/invited/set up/signed in medians counts", "|" between.
    std::string analysed(std::uint32_t group_by) {
        std::string all;
        const GroupSink sink{[&](const ppo_report_group& group) {
            if (!all.empty()) all += "|";
            all += copy_of(group.label) + ":" + std::to_string(group.patients);
            for (const auto step : {group.enabled, group.invited, group.set_up, group.signed_in})
                all += "/" + std::to_string(step);
            for (std::size_t i = 0; i < PPO_STRETCHES; ++i)
                all += (i == 0 ? " " : ",") + std::to_string(group.median_tenths[i]);
            for (std::size_t i = 0; i < PPO_STRETCHES; ++i)
                all += (i == 0 ? " " : ",") + std::to_string(group.timed[i]);
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, analyse(group_by, sink));
        return all;
    }
    std::string trended(ppo_time from, ppo_time until) {
        std::string all;
        const WeekSink sink{[&](const ppo_report_week& one) {
            all += copy_of(one.label) + " " + std::to_string(one.enabled) + "/" +
                   std::to_string(one.invited) + "/" + std::to_string(one.set_up) + "/" +
                   std::to_string(one.signed_in) + ";";
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, trend(from, until, sink));
        return all;
    }

    std::optional<LivePlugin> live_{};
    const ppo_report_1& calls_ = LivePlugin::report();
    ppo_report_query query_ = fresh<ppo_report_query>();
    ppo_error error_ = fresh_error();
};
CPPUNIT_TEST_SUITE_REGISTRATION(AnalyticsCallsTest);

// SPDX-License-Identifier: Apache-2.0
#include "onboarding/analytics.hpp"

#include "onboarding/report.hpp"
#include "store/account_table.hpp"
#include "support/crowd.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;
using std::chrono::hours;

class AnalyticsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AnalyticsTest);
    CPPUNIT_TEST(nobody_is_one_group_without_medians);
    CPPUNIT_TEST(funnel_agrees_with_the_counts_of_the_same_filter);
    CPPUNIT_TEST(groups_by_provider_add_up_to_all);
    CPPUNIT_TEST(who_has_two_tags_counts_with_both);
    CPPUNIT_TEST(those_without_a_label_come_last);
    CPPUNIT_TEST(week_is_the_one_in_which_access_was_first_enabled);
    CPPUNIT_TEST(median_is_what_half_of_them_took_at_most);
    CPPUNIT_TEST(medians_grow_coarser_with_their_length);
    CPPUNIT_TEST(step_before_the_one_it_follows_took_no_time);
    CPPUNIT_TEST(who_lost_access_is_in_no_median);
    CPPUNIT_TEST(trend_counts_first_times_in_their_week);
    CPPUNIT_TEST(trend_has_every_week_also_an_empty_one);
    CPPUNIT_TEST(trend_of_too_long_a_time_keeps_the_last_weeks);
    CPPUNIT_TEST(trend_of_no_time_has_no_week);
    CPPUNIT_TEST(one_look_over_says_the_same);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    Practice practice_ = elm_practice();

    std::vector<FunnelGroup> groups(GroupBy by, const ReportQuery& query = {}) {
        return analyse(store_, practice_, query, by, noon);
    }
    StretchTime time(Stretch stretch) {
        return groups(GroupBy::None).front().times.at(static_cast<std::size_t>(stretch));
    }
    /// Enabled at noon, invited so much later.
    void add_invited(const std::string& id, std::chrono::milliseconds later) {
        store_.add(anna(id));
        store_.change(id, [&](Transaction& t) { put_invited(t, id, noon + later); });
    }
    static std::string labels(const std::vector<FunnelGroup>& groups) {
        std::string all;
        for (const auto& group : groups)
            all += group.label + "=" + std::to_string(group.patients) + ";";
        return all;
    }
    static void expect_funnel(const ReportCounts& counts, const FunnelGroup& group) {
        CPPUNIT_ASSERT_EQUAL(counts.patients, group.patients);
        CPPUNIT_ASSERT_EQUAL(counts.enabled, group.enabled);
        CPPUNIT_ASSERT_EQUAL(counts.invited, group.invited);
        CPPUNIT_ASSERT_EQUAL(counts.set_up, group.set_up);
        CPPUNIT_ASSERT_EQUAL(counts.signed_in, group.signed_in);
    }

    void nobody_is_one_group_without_medians() {
        const auto all = groups(GroupBy::None);
        CPPUNIT_ASSERT_EQUAL(std::string{"=0;"}, labels(all));
        for (const auto& stretch : all.front().times)
            CPPUNIT_ASSERT(stretch.people == 0 && !stretch.median_tenths);
        CPPUNIT_ASSERT(groups(GroupBy::Provider).empty());
    }

    void funnel_agrees_with_the_counts_of_the_same_filter() {
        add_crowd(store_, 400);
        ReportQuery recalled;
        recalled.tag = "recall";
        ReportQuery searched;
        searched.search = "nunez";
        for (const auto& query : {ReportQuery{}, recalled, searched})
            expect_funnel(count(store_, query, noon), groups(GroupBy::None, query).front());
    }

    void groups_by_provider_add_up_to_all() {
        add_crowd(store_, 400);
        FunnelGroup sum;
        for (const auto& group : groups(GroupBy::Provider)) {
            ReportQuery query;
            query.provider = group.label;
            expect_funnel(count(store_, query, noon), group);
            sum.patients += group.patients;
        }
        CPPUNIT_ASSERT_EQUAL(count(store_, {}, noon).patients, sum.patients);
    }

    void who_has_two_tags_counts_with_both() {
        store_.add(anna());
        store_.add(bruno());
        CPPUNIT_ASSERT_EQUAL(std::string{"diabetes=1;recall=2;"}, labels(groups(GroupBy::Tag)));
    }

    void those_without_a_label_come_last() {
        auto patient = anna();
        patient.tags.clear();
        patient.provider.clear();
        store_.add(patient, false);
        store_.add(bruno());
        CPPUNIT_ASSERT_EQUAL(std::string{"recall=1;=1;"}, labels(groups(GroupBy::Tag)));
        CPPUNIT_ASSERT_EQUAL(std::string{"Dr. Stone=1;=1;"}, labels(groups(GroupBy::Provider)));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-W47=1;=1;"}, labels(groups(GroupBy::Week)));
    }

    void week_is_the_one_in_which_access_was_first_enabled() {
        store_.add(anna(), false);
        const auto enable = [this](bool enabled, UnixTime at) {
            store_.change("P001", [&](Transaction& t) {
                CPPUNIT_ASSERT(put_access(t, "P001", enabled, at));
            });
        };
        enable(true, noon - hours{24 * 14});
        enable(false, noon - hours{24 * 7});
        enable(true, noon);
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-W45=1;"}, labels(groups(GroupBy::Week)));
    }

    void median_is_what_half_of_them_took_at_most() {
        for (const int days : {1, 2, 9}) add_invited("D" + std::to_string(days), hours{24 * days});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{20}, *time(Stretch::EnabledToInvited).median_tenths);
        add_invited("D0", hours{5});  // Of four the second one.
        CPPUNIT_ASSERT_EQUAL(std::int64_t{10}, *time(Stretch::EnabledToInvited).median_tenths);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{4}, time(Stretch::EnabledToInvited).people);
        CPPUNIT_ASSERT(!time(Stretch::InvitedToSetUp).median_tenths);
    }

    void medians_grow_coarser_with_their_length() {
        const std::vector<std::pair<hours, std::int64_t>> lengths{{hours{1}, 0},
                                                                  {hours{2}, 1},
                                                                  {hours{24 * 29 + 12}, 295},
                                                                  {hours{24 * 31}, 310},
                                                                  {hours{24 * 31 + 5}, 310},
                                                                  {hours{24 * 400}, 4000},
                                                                  {hours{24 * 401}, 4010},
                                                                  {hours{24 * 800}, 8000},
                                                                  {hours{24 * 9000}, 74010}};
        for (const auto& [length, tenths] : lengths) {
            TempStore alone;
            alone.add(anna());
            alone.change("P001",
                         [at = noon + length](Transaction& t) { put_invited(t, "P001", at); });
            const auto told = analyse(alone, practice_, {}, GroupBy::None, noon).front().times[0];
            CPPUNIT_ASSERT_EQUAL_MESSAGE(std::to_string(length.count()), tenths,
                                         *told.median_tenths);
        }
    }

    void step_before_the_one_it_follows_took_no_time() {
        add_invited("P001", -hours{48});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, *time(Stretch::EnabledToInvited).median_tenths);
    }

    void who_lost_access_is_in_no_median() {
        add_invited("P001", hours{24});
        store_.change("P001", [](Transaction& t) {
            CPPUNIT_ASSERT(put_access(t, "P001", false, noon + hours{30}));
        });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, time(Stretch::EnabledToInvited).people);
    }

    void trend_counts_first_times_in_their_week() {
        add_invited("P001", hours{24 * 3});  // Monday of the next week.
        store_.set_up("P001", "anna.w", noon + hours{24 * 3});
        const auto weeks = trend(store_, practice_, {}, noon, noon + hours{24 * 7}, noon);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, weeks.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-W47 1 0"}, shown(weeks[0]));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-W48 0 1"}, shown(weeks[1]));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, weeks[1].set_up);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, weeks[1].signed_in);
    }

    static std::string shown(const TrendWeek& week) {
        return week.label + " " + std::to_string(week.enabled) + " " + std::to_string(week.invited);
    }

    void trend_has_every_week_also_an_empty_one() {
        const auto weeks = trend(store_, practice_, {}, noon - hours{24 * 7 * 11}, noon, noon);
        CPPUNIT_ASSERT_EQUAL(std::size_t{12}, weeks.size());
        for (std::size_t i = 1; i < weeks.size(); ++i)
            CPPUNIT_ASSERT(weeks[i].begins > weeks[i - 1].begins);
    }

    void trend_of_too_long_a_time_keeps_the_last_weeks() {
        const auto weeks = trend(store_, practice_, {}, noon - hours{24 * 365 * 20}, noon, noon);
        CPPUNIT_ASSERT_EQUAL(std::size_t{most_trend_weeks}, weeks.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-W47"}, weeks.back().label);
    }

    void trend_of_no_time_has_no_week() {
        store_.add(anna());
        CPPUNIT_ASSERT(trend(store_, practice_, {}, noon, noon, noon).empty());
    }

    void one_look_over_says_the_same() {
        add_crowd(store_, 300);
        const auto from = noon - hours{24 * 7 * 5};
        const auto seen = look_over(store_, practice_, {}, GroupBy::Tag, from, noon);
        CPPUNIT_ASSERT_EQUAL(labels(groups(GroupBy::None)), labels({seen.all}));
        CPPUNIT_ASSERT_EQUAL(labels(groups(GroupBy::Tag)), labels(seen.groups));
        const auto weeks = trend(store_, practice_, {}, from, noon, noon);
        CPPUNIT_ASSERT_EQUAL(weeks.size(), seen.weeks.size());
        for (std::size_t i = 0; i < weeks.size(); ++i)
            CPPUNIT_ASSERT_EQUAL(shown(weeks[i]), shown(seen.weeks[i]));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AnalyticsTest);

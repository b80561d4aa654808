// SPDX-License-Identifier: Apache-2.0
#include "domain/deviation.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>

using namespace ppo;
using std::chrono::hours;

class DeviationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DeviationTest);
    CPPUNIT_TEST(the_defaults_deviate_from_the_standards_alone);
    CPPUNIT_TEST(strict_leaves_what_no_setting_mends);
    CPPUNIT_TEST(each_weaker_setting_is_told_under_its_name);
    CPPUNIT_TEST(a_figure_at_the_product_s_own_is_no_deviation_from_it);
    CPPUNIT_TEST(permanent_passwords_hide_that_they_would_lapse_late);
    CPPUNIT_TEST(every_code_is_its_own_and_every_sentence_a_sentence);
    CPPUNIT_TEST_SUITE_END();

    Practice practice_{};
    GuessCost cost_{};

    std::string codes() const {
        std::string all;
        for (const auto& deviation : deviations(practice_, cost_))
            all += (all.empty() ? "" : " ") + std::string{deviation.code};
        return all;
    }

    struct Weaker {
        std::string code{};
        std::string setting{};
        std::function<void(Practice&, GuessCost&)> weaken{};
    };
    static std::vector<Weaker> weaker() {
        return {
            {"permanent_staff_passwords", "flags",
             [](Practice& p, GuessCost&) { p.permanent_staff_passwords = true; }},
            {"no_identity_check", "link_identity_check",
             [](Practice& p, GuessCost&) { p.identity_check = IdentityCheck::Nothing; }},
            {"first_links_live_long", "first_link_minutes",
             [](Practice& p, GuessCost&) { p.first_link = hours{7 * 24 + 1}; }},
            {"reset_links_live_long", "reset_link_minutes",
             [](Practice& p, GuessCost&) { p.reset_link = hours{25}; }},
            {"requested_links_live_long", "requested_link_minutes",
             [](Practice& p, GuessCost&) { p.requested_link = hours{2}; }},
            {"staff_passwords_live_long", "staff_password_hours",
             [](Practice& p, GuessCost&) { p.staff_password = hours{169}; }},
            {"cheap_guesses", "password_memory_kib",
             [](Practice&, GuessCost& c) { c.memory_kib = 65'535; }},
            {"quick_guesses", "password_passes", [](Practice&, GuessCost& c) { c.passes = 2; }}};
    }

public:
    void the_defaults_deviate_from_the_standards_alone() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"short_passwords first_links_over_a_day staff_passwords_over_three_days "
                        "staff_choose_passwords one_factor"},
            codes());
    }

    void strict_leaves_what_no_setting_mends() {
        practice_.profile = Profile::Strict;
        practice_.first_link = hours{24};
        practice_.staff_password = hours{72};
        CPPUNIT_ASSERT_EQUAL(std::string{"staff_choose_passwords one_factor"}, codes());
        for (const auto& deviation : deviations(practice_, cost_))
            CPPUNIT_ASSERT(deviation.setting.empty());
    }

    void each_weaker_setting_is_told_under_its_name() {
        for (const auto& [code, setting, weaken] : weaker()) {
            Practice practice;
            GuessCost cost;
            weaken(practice, cost);
            const auto found = deviations(practice, cost);
            CPPUNIT_ASSERT_EQUAL(code, std::string{found.front().code});
            CPPUNIT_ASSERT_EQUAL(setting, std::string{found.front().setting});
        }
    }

    void a_figure_at_the_product_s_own_is_no_deviation_from_it() {
        practice_.first_link = hours{7 * 24};
        practice_.requested_link = hours{1};
        CPPUNIT_ASSERT(codes().find("live_long") == std::string::npos);
    }

    void permanent_passwords_hide_that_they_would_lapse_late() {
        practice_.permanent_staff_passwords = true;
        practice_.staff_password = hours{720};
        CPPUNIT_ASSERT(codes().find("staff_passwords_") == codes().rfind("staff_passwords_"));
        CPPUNIT_ASSERT(codes().find("staff_passwords_live_long") == std::string::npos);
        CPPUNIT_ASSERT(codes().find("over_three_days") == std::string::npos);
    }

    void every_code_is_its_own_and_every_sentence_a_sentence() {
        for (const auto& each : weaker()) each.weaken(practice_, cost_);
        std::set<std::string_view> seen;
        for (const auto& deviation : deviations(practice_, cost_)) {
            CPPUNIT_ASSERT(seen.insert(deviation.code).second);
            CPPUNIT_ASSERT(deviation.english.back() == '.' && deviation.spanish.back() == '.');
            CPPUNIT_ASSERT(deviation.english != deviation.spanish && !deviation.rule.empty());
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DeviationTest);

// SPDX-License-Identifier: Apache-2.0
#include "domain/deviation.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <set>
#include <string>

using namespace ppo;
using std::chrono::hours;
using std::chrono::minutes;

class DeviationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DeviationTest);
    CPPUNIT_TEST(the_defaults_fall_behind_the_standards_alone);
    CPPUNIT_TEST(the_strict_profile_leaves_what_no_setting_mends);
    CPPUNIT_TEST(tells_permanent_staff_passwords_once);
    CPPUNIT_TEST(tells_a_link_that_asks_nothing);
    CPPUNIT_TEST(tells_each_lifetime_beyond_the_products);
    CPPUNIT_TEST(tells_first_links_of_more_than_a_day);
    CPPUNIT_TEST(tells_staff_passwords_of_more_than_three_days);
    CPPUNIT_TEST(tells_a_cost_below_the_default);
    CPPUNIT_TEST(a_stricter_practice_is_no_deviation);
    CPPUNIT_TEST(names_a_setting_or_says_that_there_is_none);
    CPPUNIT_TEST(speaks_both_languages_and_names_whose_rule_it_is);
    CPPUNIT_TEST_SUITE_END();

    using Codes = std::set<std::string>;

    [[nodiscard]] Codes codes() const {
        Codes found;
        for (const auto& deviation : deviations(practice_, cost_))
            CPPUNIT_ASSERT_MESSAGE("told twice", found.insert(std::string{deviation.code}).second);
        return found;
    }
    [[nodiscard]] bool tells(const std::string& code) const { return codes().count(code) == 1; }

public:
    void setUp() override {
        practice_ = {};
        cost_ = {};
    }

    void the_defaults_fall_behind_the_standards_alone() {
        CPPUNIT_ASSERT((codes() == Codes{"short_passwords", "first_links_over_a_day",
                                         "staff_passwords_over_three_days",
                                         "staff_choose_passwords", "one_factor"}));
    }

    void the_strict_profile_leaves_what_no_setting_mends() {
        be_strict();
        CPPUNIT_ASSERT((codes() == Codes{"staff_choose_passwords", "one_factor"}));
    }

    void tells_permanent_staff_passwords_once() {
        practice_.permanent_staff_passwords = true;
        practice_.staff_password = hours{720};  // Of no account: they do not lapse.
        CPPUNIT_ASSERT(tells("permanent_staff_passwords"));
        CPPUNIT_ASSERT(!tells("staff_passwords_live_long"));
        CPPUNIT_ASSERT(!tells("staff_passwords_over_three_days"));
    }

    void tells_a_link_that_asks_nothing() {
        practice_.identity_check = IdentityCheck::Nothing;
        CPPUNIT_ASSERT(tells("no_identity_check"));
    }

    void tells_each_lifetime_beyond_the_products() {
        practice_.first_link = hours{7 * 24} + minutes{1};
        practice_.reset_link = hours{24} + minutes{1};
        practice_.requested_link = minutes{61};
        practice_.staff_password = hours{7 * 24 + 1};
        for (const char* code : {"first_links_live_long", "reset_links_live_long",
                                 "requested_links_live_long", "staff_passwords_live_long"})
            CPPUNIT_ASSERT_MESSAGE(code, tells(code));
    }

    void tells_first_links_of_more_than_a_day() {
        practice_.first_link = hours{24} + minutes{1};
        CPPUNIT_ASSERT(tells("first_links_over_a_day"));
        practice_.first_link = hours{24};
        CPPUNIT_ASSERT(!tells("first_links_over_a_day"));
    }

    void tells_staff_passwords_of_more_than_three_days() {
        practice_.staff_password = hours{73};
        CPPUNIT_ASSERT(tells("staff_passwords_over_three_days"));
        practice_.staff_password = hours{72};
        CPPUNIT_ASSERT(!tells("staff_passwords_over_three_days"));
    }

    void tells_a_cost_below_the_default() {
        cost_ = {65'535, 3};
        CPPUNIT_ASSERT(tells("cheap_guesses") && !tells("quick_guesses"));
        cost_ = {65'536, 2};
        CPPUNIT_ASSERT(!tells("cheap_guesses") && tells("quick_guesses"));
    }

    void a_stricter_practice_is_no_deviation() {
        be_strict();
        practice_.first_link = minutes{15};
        practice_.reset_link = minutes{15};
        practice_.requested_link = minutes{15};
        practice_.staff_password = hours{1};
        practice_.identity_check = IdentityCheck::BirthDateAndPostalCode;
        cost_ = {1'048'576, 10};
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, codes().size());
    }

    void names_a_setting_or_says_that_there_is_none() {
        for (const auto& deviation : all_there_are()) {
            const bool mendable = deviation.code != "staff_choose_passwords" &&
                                  deviation.code != "one_factor";
            CPPUNIT_ASSERT_EQUAL(mendable, !deviation.setting.empty());
        }
    }

    void speaks_both_languages_and_names_whose_rule_it_is() {
        for (const auto& deviation : all_there_are()) {
            CPPUNIT_ASSERT(!deviation.english.empty() && deviation.english.back() == '.');
            CPPUNIT_ASSERT(!deviation.spanish.empty() && deviation.spanish.back() == '.');
            CPPUNIT_ASSERT(deviation.english != deviation.spanish);
            const bool known = std::any_of(std::begin(rules_), std::end(rules_), [&](auto rule) {
                return deviation.rule.find(rule) != std::string_view::npos;
            });
            CPPUNIT_ASSERT_MESSAGE(std::string{deviation.rule}, known);
        }
    }

private:
    void be_strict() {
        practice_.profile = Profile::Strict;
        practice_.first_link = hours{24};
        practice_.staff_password = hours{72};
    }
    [[nodiscard]] static std::vector<Deviation> all_there_are() {
        Practice lax;
        lax.identity_check = IdentityCheck::Nothing;
        lax.first_link = lax.reset_link = lax.requested_link = hours{720};
        lax.staff_password = hours{720};
        auto all = deviations(lax, {19'456, 2});
        lax.permanent_staff_passwords = true;
        for (const auto& deviation : deviations(lax, {19'456, 2})) all.push_back(deviation);
        return all;
    }

    static constexpr std::string_view rules_[] = {"Product", "NIST SP 800-63B-4", "OWASP ASVS 5.0"};
    Practice practice_{};
    GuessCost cost_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(DeviationTest);

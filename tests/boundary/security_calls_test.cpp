// SPDX-License-Identifier: Apache-2.0
#include "boundary/tables.hpp"
#include "domain/deviation.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace ppo;

namespace {
const ppo_security_1& security() {
    const auto* table = static_cast<const ppo_security_1*>(
        plugin_table.query(to_text(PPO_SECURITY_1)));
    CPPUNIT_ASSERT(table != nullptr);
    return *table;
}

ppo_security_rules rules_of(const LivePlugin& live) {
    auto rules = fresh<ppo_security_rules>();
    CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, security().get_rules(live.self, &rules, nullptr));
    return rules;
}

void strict(FakeHost&, TestSettings& settings) { settings.given.profile = PPO_PROFILE_STRICT; }
}  // namespace

class SecurityCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SecurityCallsTest);
    CPPUNIT_TEST(tells_the_rules_of_the_standard_profile);
    CPPUNIT_TEST(tells_the_rules_of_the_strict_profile);
    CPPUNIT_TEST(permanent_staff_passwords_have_no_hours);
    CPPUNIT_TEST(lists_every_deviation);
    CPPUNIT_TEST(speaks_the_language_of_the_practice);
    CPPUNIT_TEST(stops_when_the_host_has_enough);
    CPPUNIT_TEST(is_for_those_who_change_settings);
    CPPUNIT_TEST(missing_places_are_misuse);
    CPPUNIT_TEST(strict_refuses_fourteen_characters_of_patients_and_of_staff);
    CPPUNIT_TEST_SUITE_END();

    using DeviationSink = SinkTo<ppo_deviation_sink, ppo_deviation>;

public:
    void tells_the_rules_of_the_standard_profile() {
        const LivePlugin live;
        const auto rules = rules_of(live);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_PROFILE_STANDARD}, rules.profile);
        CPPUNIT_ASSERT_EQUAL(8U, rules.fewest_password_characters);
        CPPUNIT_ASSERT_EQUAL(256U, rules.most_password_characters);
        CPPUNIT_ASSERT_EQUAL(7U * 24 * 60, rules.first_link_minutes);
        CPPUNIT_ASSERT_EQUAL(24U * 60, rules.reset_link_minutes);
        CPPUNIT_ASSERT_EQUAL(60U, rules.requested_link_minutes);
        CPPUNIT_ASSERT_EQUAL(168U, rules.staff_password_hours);
    }

    void tells_the_rules_of_the_strict_profile() {
        const LivePlugin live{strict};
        const auto rules = rules_of(live);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_PROFILE_STRICT}, rules.profile);
        CPPUNIT_ASSERT_EQUAL(15U, rules.fewest_password_characters);
        CPPUNIT_ASSERT_EQUAL(24U * 60, rules.first_link_minutes);
        CPPUNIT_ASSERT_EQUAL(72U, rules.staff_password_hours);
    }

    void permanent_staff_passwords_have_no_hours() {
        const LivePlugin live{[](FakeHost&, TestSettings& settings) {
            settings.given.flags |= PPO_SETTING_PERMANENT_STAFF_PASSWORDS;
        }};
        CPPUNIT_ASSERT_EQUAL(0U, rules_of(live).staff_password_hours);
    }

    void lists_every_deviation() {
        const LivePlugin live;
        std::size_t found = 0;
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_OK}, each(live, [&](const ppo_deviation& deviation) {
                CPPUNIT_ASSERT(deviation.sentence.size > 0 && deviation.rule.size > 0);
                ++found;
                return PPO_OK;
            }));
        const auto& given = live.settings.given;
        const GuessCost cost{given.password_memory_kib, given.password_passes};
        CPPUNIT_ASSERT_EQUAL(deviations({}, cost).size(), found);
    }

    void speaks_the_language_of_the_practice() {
        const LivePlugin live{[](FakeHost&, TestSettings& settings) {
            settings.given.language = settings.keep("es");
        }};
        std::string last;
        static_cast<void>(each(live, [&](const ppo_deviation& deviation) {
            last = copy_of(deviation.sentence);
            return PPO_OK;
        }));
        CPPUNIT_ASSERT(last.find("La contraseña es un solo factor") == 0);
    }

    void stops_when_the_host_has_enough() {
        const LivePlugin live;
        int taken = 0;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_STOPPED}, each(live, [&](const ppo_deviation&) {
                                 return ++taken == 2 ? PPO_STOPPED : PPO_OK;
                             }));
        CPPUNIT_ASSERT_EQUAL(2, taken);
    }

    void is_for_those_who_change_settings() {
        const LivePlugin live;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED},
                             each(
                                 live, [](const ppo_deviation&) { return PPO_OK; },
                                 PPO_MAY_ONBOARD | PPO_MAY_SET_PASSWORD | PPO_MAY_READ_AUDIT));
    }

    void missing_places_are_misuse() {
        const LivePlugin live;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             security().get_rules(live.self, nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             security().each_deviation(live.self, &live.caller, nullptr, nullptr));
    }

    void strict_refuses_fourteen_characters_of_patients_and_of_staff() {
        LivePlugin live{strict};
        const auto link = live.invited("P001");
        const auto answers = live.answers(link, "1980-02-29");
        auto error = fresh_error();
        const auto complete = [&](const char* password) {
            return LivePlugin::selfservice().complete_setup(
                live.self, &live.visitor, &answers, to_text("anna.w"), to_text(password), &error);
        };
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_PASSWORD_TOO_SHORT},
                             complete("maple ketl orb"));
        CPPUNIT_ASSERT(std::string{error.message}.find("at least 15 characters") !=
                       std::string::npos);
        auto credentials = fresh<ppo_credentials>();
        credentials.username = to_text("anna.w");
        credentials.password = to_text("maple ketl orb");
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_REFUSED_PASSWORD_TOO_SHORT},
            LivePlugin::onboarding().set_credentials(live.self, &live.caller, to_text("P001"),
                                                     &credentials, nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, complete("maple ketle orb"));
    }

private:
    static ppo_result each(const LivePlugin& live, const DeviationSink::Take& take,
                           std::uint32_t permissions = PPO_MAY_CHANGE_SETTINGS) {
        const DeviationSink sink{take};
        ppo_caller caller = live.caller;
        caller.permissions = permissions;
        return security().each_deviation(live.self, &caller, sink, nullptr);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SecurityCallsTest);

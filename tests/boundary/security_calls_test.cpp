// SPDX-License-Identifier: Apache-2.0
#include "boundary/tables.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>
#include <string>
#include <vector>

using namespace ppo;

class SecurityCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SecurityCallsTest);
    CPPUNIT_TEST(tells_the_rules_of_the_standard_profile);
    CPPUNIT_TEST(tells_the_rules_of_the_strict_profile);
    CPPUNIT_TEST(a_staff_password_that_does_not_lapse_has_no_hours);
    CPPUNIT_TEST(writes_as_much_as_the_callers_struct_holds);
    CPPUNIT_TEST(rules_need_a_place_to_stand);
    CPPUNIT_TEST(puts_every_deviation_with_its_setting_and_rule);
    CPPUNIT_TEST(the_cost_in_use_counts);
    CPPUNIT_TEST(speaks_the_practices_language);
    CPPUNIT_TEST(stops_when_the_sink_has_enough);
    CPPUNIT_TEST(deviations_need_permission_and_a_sink);
    CPPUNIT_TEST_SUITE_END();

    using DeviationSink = SinkTo<ppo_deviation_sink, ppo_deviation>;
    struct Told {
        std::string code{};
        std::string setting{};
        std::string sentence{};
        std::string rule{};
    };

    void start(const LivePlugin::Change& change = {}) {
        live_.emplace(change);
        live_->caller.permissions = PPO_MAY_CHANGE_SETTINGS;
    }
    [[nodiscard]] ppo_security_rules rules() {
        auto found = fresh<ppo_security_rules>();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             security_table.get_rules(live_->self, &found, nullptr));
        return found;
    }
    [[nodiscard]] std::vector<Told> told() {
        std::vector<Told> all;
        const DeviationSink sink{[&](const ppo_deviation& deviation) {
            all.push_back({copy_of(deviation.code), copy_of(deviation.setting),
                           copy_of(deviation.sentence), copy_of(deviation.rule)});
            return ppo_result{PPO_OK};
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, security_table.each_deviation(
                                                     live_->self, &live_->caller, sink, nullptr));
        return all;
    }
    static void be_strict(FakeHost&, TestSettings& settings) {
        settings.given.profile = PPO_PROFILE_STRICT;
    }
    std::optional<LivePlugin> live_{};

public:
    void tearDown() override { live_.reset(); }

    void tells_the_rules_of_the_standard_profile() {
        start();
        const auto found = rules();
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_PROFILE_STANDARD}, found.profile);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{8}, found.fewest_password_characters);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{256}, found.most_password_characters);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{10'080}, found.first_link_minutes);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{1440}, found.reset_link_minutes);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{60}, found.requested_link_minutes);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{168}, found.staff_password_hours);
    }

    void tells_the_rules_of_the_strict_profile() {
        start(be_strict);
        const auto found = rules();
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_PROFILE_STRICT}, found.profile);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{15}, found.fewest_password_characters);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{1440}, found.first_link_minutes);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{72}, found.staff_password_hours);
    }

    void a_staff_password_that_does_not_lapse_has_no_hours() {
        start([](FakeHost&, TestSettings& settings) {
            settings.given.flags = PPO_SETTING_PERMANENT_STAFF_PASSWORDS;
        });
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{0}, rules().staff_password_hours);
    }

    void writes_as_much_as_the_callers_struct_holds() {
        start();
        ppo_security_rules shorter{};
        shorter.struct_size = offsetof(ppo_security_rules, first_link_minutes);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             security_table.get_rules(live_->self, &shorter, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{8}, shorter.fewest_password_characters);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{0}, shorter.first_link_minutes);
    }

    void rules_need_a_place_to_stand() {
        start();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             security_table.get_rules(live_->self, nullptr, nullptr));
        ppo_security_rules none{};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_STRUCT_SIZE},
                             security_table.get_rules(live_->self, &none, nullptr));
    }

    void puts_every_deviation_with_its_setting_and_rule() {
        start([](FakeHost&, TestSettings& settings) {
            settings.given.password_memory_kib = 0;
            settings.given.password_passes = 0;
            settings.given.link_identity_check = PPO_LINK_ASKS_NOTHING;
        });
        const auto all = told();
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, all.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"no_identity_check"}, all.front().code);
        CPPUNIT_ASSERT_EQUAL(std::string{"link_identity_check"}, all.front().setting);
        CPPUNIT_ASSERT_EQUAL(std::string{"Product"}, all.front().rule);
        CPPUNIT_ASSERT_EQUAL(std::string{"one_factor"}, all.back().code);
        CPPUNIT_ASSERT_EQUAL(std::string{}, all.back().setting);
    }

    void the_cost_in_use_counts() {
        start();  // Tests run at the floor.
        CPPUNIT_ASSERT_EQUAL(std::string{"cheap_guesses"}, told().at(0).code);
        CPPUNIT_ASSERT_EQUAL(std::string{"quick_guesses"}, told().at(1).code);
    }

    void speaks_the_practices_language() {
        start([](FakeHost&, TestSettings& settings) {
            settings.given.language = settings.keep("es");
        });
        CPPUNIT_ASSERT(told().back().sentence.find("contraseña") != std::string::npos);
    }

    void stops_when_the_sink_has_enough() {
        start();
        int seen = 0;
        const DeviationSink sink{[&](const ppo_deviation&) {
            ++seen;
            return ppo_result{PPO_STOPPED};
        }};
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_STOPPED},
            security_table.each_deviation(live_->self, &live_->caller, sink, nullptr));
        CPPUNIT_ASSERT_EQUAL(1, seen);
    }

    void deviations_need_permission_and_a_sink() {
        start();
        const DeviationSink sink{[](const ppo_deviation&) { return ppo_result{PPO_OK}; }};
        live_->caller.permissions = ~std::uint32_t{PPO_MAY_CHANGE_SETTINGS};
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_REFUSED_NOT_PERMITTED},
            security_table.each_deviation(live_->self, &live_->caller, sink, nullptr));
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_MISUSE_NULL},
            security_table.each_deviation(live_->self, &live_->caller, nullptr, nullptr));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SecurityCallsTest);

// SPDX-License-Identifier: Apache-2.0
#include "faults/villain/villain.hpp"
#include "support/live_plugin.hpp"

#include "boundary/tables.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;
using namespace ppo_test;
using namespace std::chrono_literals;

class ShutdownTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ShutdownTest);
    CPPUNIT_TEST(ends_soon_while_the_mail_server_says_nothing);
    CPPUNIT_TEST_SUITE_END();

    VillainPapers papers_{};

    void ends_soon_while_the_mail_server_says_nothing() {
        for (const auto step : {Step::Greeting, Step::Handshake, Step::Dot}) {
            Villain villain{{step, Trick::Stall}, true, papers_};
            LivePlugin plugin{[&](FakeHost&, TestSettings& settings) {
                settings.given.flags |= PPO_SETTING_OWN_THREAD;
                settings.given.mail_transport = settings.keep("smtp+starttls://127.0.0.1:" +
                                                              std::to_string(villain.port()));
                settings.given.mail_authorities = settings.keep(papers_.authority.ca_file());
            }};
            plugin.enable("P001");
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().send_invitation(
                                                         plugin.self, &plugin.caller,
                                                         to_text("P001"), nullptr, nullptr));
            CPPUNIT_ASSERT_MESSAGE(name_of(step), villain.await_trick());
            const auto start = std::chrono::steady_clock::now();
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                                 plugin_table.shutdown(plugin.self, 0, nullptr));
            CPPUNIT_ASSERT_MESSAGE(name_of(step), std::chrono::steady_clock::now() - start < 5s);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ShutdownTest);

// SPDX-License-Identifier: Apache-2.0
#include "boundary/tables.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>

using namespace ppo;

namespace {
const ppo_store_1& store() {
    const auto* table = static_cast<const ppo_store_1*>(plugin_table.query(to_text(PPO_STORE_1)));
    CPPUNIT_ASSERT(table != nullptr);
    return *table;
}
}  // namespace

class StoreCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StoreCallsTest);
    CPPUNIT_TEST(a_file_is_copied_and_a_server_told_how);
    CPPUNIT_TEST(a_copy_needs_a_name);
    CPPUNIT_TEST(restored_store_ends_links_and_keeps_mails_back);
    CPPUNIT_TEST(the_next_start_leaves_new_links_alone);
    CPPUNIT_TEST(a_host_that_says_too_little_is_refused);
    CPPUNIT_TEST(a_generation_that_is_no_counter_is_refused);
    CPPUNIT_TEST_SUITE_END();

    void a_file_is_copied_and_a_server_told_how() {
        LivePlugin live;
        const auto copy = live.settings.file("copy");
        auto error = fresh_error();
        const auto result = store().back_up(live.self, to_text(copy), &error);
        if (std::getenv("PPO_TEST_STORE_AT") == nullptr) {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, result);
            CPPUNIT_ASSERT(std::filesystem::file_size(copy) > 0);
        } else {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_STATE}, result);
            CPPUNIT_ASSERT(std::string{error.message}.find("pg_dump") != std::string::npos);
        }
    }

    void a_copy_needs_a_name() {
        LivePlugin live;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_EMPTY},
                             store().back_up(live.self, {}, nullptr));
    }

    void restored_store_ends_links_and_keeps_mails_back() {
        LivePlugin live;
        const auto link = live.invited("P001");
        live.enable("P002");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::onboarding().send_invitation(
                                 live.self, &live.caller, to_text("P002"), nullptr, nullptr));
        const auto sent = live.host.mails().size();
        live.settings.given.restore_generation = 1;
        live.restart();
        live.work();
        CPPUNIT_ASSERT_EQUAL(sent, live.host.mails().size());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_LINK_RESTORED}, state_of(live, link));
    }

    void the_next_start_leaves_new_links_alone() {
        LivePlugin live;
        live.settings.given.restore_generation = 1;
        live.restart();
        const auto link = live.invited("P001");
        live.restart();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, state_of(live, link));
    }

    static void cannot_begin_with(LivePlugin& live, std::uint64_t generation) {
        live.settings.given.restore_generation = generation;
        auto error = fresh_error();
        ppo_instance* made = nullptr;
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_MISUSE_SETTING},
            plugin_table.create(&live.host.table, &live.settings.given, &made, &error));
        CPPUNIT_ASSERT_EQUAL(std::string{"restore_generation"}, std::string{error.field});
    }

    void a_host_that_says_too_little_is_refused() {
        LivePlugin live;
        live.settings.given.restore_generation = 2;
        live.restart();
        cannot_begin_with(live, 1);
    }

    void a_generation_that_is_no_counter_is_refused() {
        LivePlugin live;
        cannot_begin_with(live, std::uint64_t{1} << 53);
    }

    static ppo_result state_of(LivePlugin& live, const std::string& link) {
        ppo_result state = 0;
        const LinkPageSink sink{[&](const ppo_link_page& page) {
            state = page.state;
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::selfservice().open_link(live.self, &live.visitor,
                                                                 to_text(link), sink, nullptr));
        return state;
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StoreCallsTest);

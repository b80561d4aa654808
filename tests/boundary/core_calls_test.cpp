// SPDX-License-Identifier: Apache-2.0
#include "boundary/tables.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <thread>

using namespace ppo;

class CoreCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CoreCallsTest);
    CPPUNIT_TEST(says_who_it_is);
    CPPUNIT_TEST(knows_its_five_interfaces);
    CPPUNIT_TEST(knows_no_other_interface);
    CPPUNIT_TEST(fills_every_slot);
    CPPUNIT_TEST(create_needs_a_place_for_the_handle);
    CPPUNIT_TEST(create_leaves_the_handle_alone_when_it_fails);
    CPPUNIT_TEST(create_does_not_repeat_an_address_that_is_mistyped);
    CPPUNIT_TEST(create_needs_host_and_settings);
    CPPUNIT_TEST(several_instances_live_at_once);
    CPPUNIT_TEST(work_says_more_until_nothing_is_due);
    CPPUNIT_TEST(work_keeps_on_within_its_budget);
    CPPUNIT_TEST(work_is_not_for_instances_with_a_thread);
    CPPUNIT_TEST(shutdown_works_twice);
    CPPUNIT_TEST(shutdown_refuses_handles_that_are_none);
    CPPUNIT_TEST(destroy_ignores_handles_that_are_none);
    CPPUNIT_TEST(destroy_waits_for_a_call_that_still_runs);
    CPPUNIT_TEST(destroy_ends_the_views);
    CPPUNIT_TEST_SUITE_END();

public:
    void says_who_it_is() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Patient Portal Onboarding"}, copy_of(plugin_table.name));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_ABI_MAJOR}, plugin_table.abi_major);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{sizeof(ppo_plugin)}, plugin_table.struct_size);
        CPPUNIT_ASSERT(plugin_table.version.size > 0 && plugin_table.vendor.size > 0);
    }

    void knows_its_five_interfaces() {
        for (const char* id :
             {PPO_ONBOARDING_1, PPO_REPORT_1, PPO_SELFSERVICE_1, PPO_AUDIT_1, PPO_UI_1})
            CPPUNIT_ASSERT_MESSAGE(id, plugin_table.query(to_text(id)) != nullptr);
    }

    void knows_no_other_interface() {
        for (const char* id :
             {"", "ppo.onboarding/2", "ppo.onboarding/", "PPO.UI/1", "ppo.ui/1 ", "ppo.host.ui/1"})
            CPPUNIT_ASSERT_MESSAGE(id, plugin_table.query(to_text(id)) == nullptr);
        CPPUNIT_ASSERT(plugin_table.query({nullptr, 8}) == nullptr);
    }

    void fills_every_slot() {
        CPPUNIT_ASSERT(has_no_hole(LivePlugin::onboarding()));
        CPPUNIT_ASSERT(has_no_hole(LivePlugin::report()));
        CPPUNIT_ASSERT(has_no_hole(LivePlugin::selfservice()));
        CPPUNIT_ASSERT(has_no_hole(LivePlugin::audit()));
        CPPUNIT_ASSERT(has_no_hole(LivePlugin::ui()));
    }

    void create_needs_a_place_for_the_handle() {
        FakeHost host;
        const TestSettings settings;
        auto error = fresh_error();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             plugin_table.create(&host.table, &settings.given, nullptr, &error));
        CPPUNIT_ASSERT_EQUAL(std::string{"out"}, std::string{error.field});
    }

    void create_leaves_the_handle_alone_when_it_fails() {
        FakeHost host;
        host.time = 0;
        const TestSettings settings;
        int mine = 0;
        auto* out = reinterpret_cast<ppo_instance*>(&mine);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_CLOCK},
                             plugin_table.create(&host.table, &settings.given, &out, nullptr));
        CPPUNIT_ASSERT(out == reinterpret_cast<ppo_instance*>(&mine));
    }

    void create_does_not_repeat_an_address_that_is_mistyped() {
        FakeHost host;
        TestSettings settings;
        settings.given.store = to_text("postgresl://staff:secret@db.example/portal");
        ppo_instance* out = nullptr;
        auto error = fresh_error();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_SETTING},
                             plugin_table.create(&host.table, &settings.given, &out, &error));
        CPPUNIT_ASSERT_EQUAL(std::string{"store"}, std::string{error.field});
        CPPUNIT_ASSERT(std::string_view{error.message}.find("secret") == std::string_view::npos);
    }

    void create_needs_host_and_settings() {
        FakeHost host;
        const TestSettings settings;
        ppo_instance* out = nullptr;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             plugin_table.create(nullptr, &settings.given, &out, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             plugin_table.create(&host.table, nullptr, &out, nullptr));
        CPPUNIT_ASSERT(out == nullptr);
    }

    void several_instances_live_at_once() {
        LivePlugin one;
        LivePlugin other;
        one.enable("P001");
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_INVITED}, one.account("P001").status);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_ENABLED}, other.account("P001").status);
    }

    void work_says_more_until_nothing_is_due() {
        LivePlugin live;
        live.enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::onboarding().send_invitation(
                                 live.self, &live.caller, to_text("P001"), nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MORE}, plugin_table.work(live.self, 0, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, plugin_table.work(live.self, 0, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, live.host.mails().size());
    }

    void work_keeps_on_within_its_budget() {
        LivePlugin live;
        for (const char* id : {"P001", "P002"}) {
            live.enable(id);
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                                 LivePlugin::onboarding().send_invitation(
                                     live.self, &live.caller, to_text(id), nullptr, nullptr));
        }
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, plugin_table.work(live.self, 60'000, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, live.host.mails().size());
    }

    void work_is_not_for_instances_with_a_thread() {
        const LivePlugin live{[](FakeHost&, TestSettings& settings) {
            settings.given.flags = PPO_SETTING_OWN_THREAD;
            settings.given.mail_transport = settings.keep("folder:" + settings.file("mails"));
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_STATE},
                             plugin_table.work(live.self, 0, nullptr));
    }

    void shutdown_works_twice() {
        const LivePlugin live;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, plugin_table.shutdown(live.self, 0, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, plugin_table.shutdown(live.self, 0, nullptr));
    }

    void shutdown_refuses_handles_that_are_none() {
        int foreign = 0;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             plugin_table.shutdown(nullptr, 0, nullptr));
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_MISUSE_HANDLE},
            plugin_table.shutdown(reinterpret_cast<ppo_instance*>(&foreign), 0, nullptr));
    }

    void destroy_ignores_handles_that_are_none() {
        int foreign = 0;
        plugin_table.destroy(nullptr);
        plugin_table.destroy(reinterpret_cast<ppo_instance*>(&foreign));
        LivePlugin live;
        auto* ended = live.self;
        live.restart();
        plugin_table.destroy(ended);
        live.work();
    }

    void destroy_waits_for_a_call_that_still_runs() {
        LivePlugin live;
        std::atomic<bool> inside{false};
        std::atomic<bool> left{false};
        const AccountSink sink{[&](const ppo_account&) {
            inside = true;
            // The handle ends as soon as destroy has begun; only then does this call go on.
            while (LivePlugin::onboarding().sync_directory(live.self, nullptr, nullptr) !=
                   PPO_MISUSE_HANDLE)
                std::this_thread::yield();
            left = true;
            return PPO_OK;
        }};
        std::thread caller{[&] {
            static_cast<void>(LivePlugin::onboarding().get_account(live.self, &live.caller,
                                                                   to_text("P001"), sink, nullptr));
        }};
        while (!inside) std::this_thread::yield();
        plugin_table.destroy(live.self);
        const bool had_left = left;
        caller.join();
        CPPUNIT_ASSERT(had_left);
    }

    void destroy_ends_the_views() {
        LivePlugin live;
        auto request = fresh<ppo_view_request>();
        request.view_id = to_text("onboarding.report");
        ppo_view* view = nullptr;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::ui().open(live.self, &live.caller,
                                                                       &request, &view, nullptr));
        plugin_table.destroy(live.self);
        TextSink text;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_HANDLE},
                             LivePlugin::ui().render(view, text, nullptr));
        LivePlugin::ui().close(view);
    }

private:
    template <class Table>
    static bool has_no_hole(const Table& table) {
        struct Head {
            std::uint32_t struct_size = 0;
            std::uint32_t reserved = 0;
        };
        const auto* slots = reinterpret_cast<void* const*>(
            reinterpret_cast<const unsigned char*>(&table) + sizeof(Head));
        const auto count = (sizeof table - sizeof(Head)) / sizeof(void*);
        for (std::size_t i = 0; i < count; ++i)
            if (slots[i] == nullptr) return false;
        return table.struct_size == sizeof table && table.reserved == 0;
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CoreCallsTest);

// SPDX-License-Identifier: Apache-2.0
#include "boundary/checkpoints.hpp"

#include "boundary/tables.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <map>
#include <optional>
#include <thread>

using namespace ppo;

class CheckpointsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CheckpointsTest);
    CPPUNIT_TEST(the_first_change_of_a_new_store_is_told);
    CPPUNIT_TEST(every_thousandth_entry_is_told_and_none_before);
    CPPUNIT_TEST(the_first_change_an_hour_later_is_told);
    CPPUNIT_TEST(the_rest_is_told_at_shutdown_once);
    CPPUNIT_TEST(a_restart_remembers_where_the_last_one_stood);
    CPPUNIT_TEST(another_process_has_told_it_already);
    CPPUNIT_TEST(an_answer_that_is_not_good_is_told_again_and_logged_once);
    CPPUNIT_TEST(a_host_that_throws_leaves_the_change_stored_and_answered);
    CPPUNIT_TEST(the_host_may_call_back_in);
    CPPUNIT_TEST(a_call_that_only_reads_tells_nothing);
    CPPUNIT_TEST(a_host_without_the_interface_is_told_nothing);
    CPPUNIT_TEST(the_plugin_s_own_thread_tells_nothing);
    CPPUNIT_TEST(what_was_told_proves_the_record);
    CPPUNIT_TEST(sixty_four_threads_leave_one_entry_a_change_and_no_gap);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { live_.emplace(); }
    void tearDown() override { live_.reset(); }

    void the_first_change_of_a_new_store_is_told() {
        const auto told = live_->host.checkpoints();  // The directory was read at create.
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told.size());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, told.at(0).sequence);
        CPPUNIT_ASSERT_EQUAL(to_milliseconds(noon), told.at(0).at);
        CPPUNIT_ASSERT_EQUAL(std::string{"fake-1:"}, told.at(0).mac.substr(0, 7));
    }

    void every_thousandth_entry_is_told_and_none_before() {
        toggle(999);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told());
        toggle(1);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1001}, live_->host.checkpoints().back().sequence);
        toggle(999);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told());
    }

    void the_first_change_an_hour_later_is_told() {
        live_->advance(std::chrono::hours{1} - std::chrono::milliseconds{1});
        toggle(1);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told());
        live_->advance(std::chrono::milliseconds{1});
        toggle(1);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, live_->host.checkpoints().back().sequence);
    }

    void the_rest_is_told_at_shutdown_once() {
        toggle(2);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, plugin_table.shutdown(live_->self, 0, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, live_->host.checkpoints().back().sequence);
        plugin_table.destroy(live_->self);
        live_->self = nullptr;
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told());
    }

    void a_restart_remembers_where_the_last_one_stood() {
        toggle(2);
        live_->restart();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told());
        live_->restart();  // Nothing new in between.
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told());
        toggle(999);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told());
        toggle(1);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, told());
    }

    void another_process_has_told_it_already() {
        live_->advance(std::chrono::hours{2});
        tamper("UPDATE store_fact SET value = '1:" + std::to_string(live_->host.time) +
               "' WHERE name = 'audit_checkpoint'");
        toggle(1);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told());
    }

    void an_answer_that_is_not_good_is_told_again_and_logged_once() {
        live_->host.checkpoint_answers = 0;
        live_->advance(std::chrono::hours{2});
        toggle(3);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, told());
        CPPUNIT_ASSERT_EQUAL(1, warnings());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{4}, number("SELECT MAX(sequence) FROM audit"));
        live_->host.checkpoint_answers = PPO_OK;
        toggle(2);
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, told());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, live_->host.checkpoints().back().sequence);
    }

    void a_host_that_throws_leaves_the_change_stored_and_answered() {
        live_->advance(std::chrono::hours{2});
        live_->host.audit.checkpoint = [](void*, const ppo_checkpoint*, ppo_error*) -> ppo_result {
            throw 7;
        };
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_INVITED}, live_->account("P001").status);
        CPPUNIT_ASSERT_EQUAL(1, warnings());
    }

    void the_host_may_call_back_in() {
        live_->advance(std::chrono::hours{2});
        int times = 0;
        live_->host.ui.refresh = [](void*, const char*, std::size_t) {};
        live_->host.meanwhile = [&] {
            ++times;
            live_->enable("P002");
        };
        live_->enable("P001");
        live_->host.meanwhile = {};
        CPPUNIT_ASSERT_EQUAL(1, times);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_INVITED}, live_->account("P002").status);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told());
    }

    void a_call_that_only_reads_tells_nothing() {
        toggle(1);
        live_->advance(std::chrono::hours{2});
        const auto before = live_->store_bytes();
        static_cast<void>(live_->account("P001"));
        const SinkTo<ppo_link_page_sink, ppo_link_page> page{
            [](const ppo_link_page&) { return PPO_OK; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::selfservice().open_link(
                                 live_->self, &live_->visitor, to_text("nothing"), page, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told());
        CPPUNIT_ASSERT(before == live_->store_bytes());
    }

    void a_host_without_the_interface_is_told_nothing() {
        live_.emplace([](FakeHost& host, TestSettings&) { host.absent = {PPO_HOST_AUDIT_1}; });
        toggle(3);
        live_->restart();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, told());
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{0},
            number("SELECT COUNT(*) FROM store_fact WHERE name = 'audit_checkpoint'"));
    }

    void the_plugin_s_own_thread_tells_nothing() {
        live_.emplace([](FakeHost&, TestSettings& settings) {
            settings.given.flags = PPO_SETTING_OWN_THREAD;
            settings.given.mail_transport = settings.keep("folder:" + settings.file("mails"));
            std::filesystem::create_directory(settings.file("mails"));
        });
        const auto ours = std::this_thread::get_id();
        std::atomic<bool> another{false};
        live_->host.meanwhile = [&] {
            if (std::this_thread::get_id() != ours) another = true;
        };
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::onboarding().send_invitation(
                                 live_->self, &live_->caller, to_text("P001"), nullptr, nullptr));
        live_->advance(std::chrono::hours{2});  // So that whatever is written next is due.
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{30};
        while (number("SELECT COUNT(*) FROM audit WHERE action = 'mail_sent'") == 0 &&
               std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told());
        live_->enable("P002");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told());
        CPPUNIT_ASSERT(!another);
        live_->host.meanwhile = {};
    }

    void what_was_told_proves_the_record() {
        for (int hour = 0; hour < 5; ++hour) {
            live_->advance(std::chrono::hours{1});
            toggle(3);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, told());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, first_bad());
        tamper(
            "DELETE FROM audit WHERE sequence > 10; UPDATE audit_head SET sequence = 10, "
            "mac = (SELECT mac FROM audit WHERE sequence = 10)");
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{11}, first_bad());
    }

    void sixty_four_threads_leave_one_entry_a_change_and_no_gap() {
        live_.emplace([](FakeHost& host, TestSettings&) {
            for (int i = 0; i < threads; ++i) {
                host.patients.push_back(anna("T" + std::to_string(i)));
                host.patients.back().email = "t" + std::to_string(i) + "@example.org";
            }
        });
        std::array<std::atomic<int>, 3> refused{};
        std::vector<std::thread> running;
        for (int i = 0; i < threads; ++i) running.emplace_back([&, i] { change_one(i, refused); });
        for (auto& thread : running) thread.join();
        std::map<std::string, int> count;
        const AuditSink sink{[&](const ppo_audit_entry& entry) {
            ++count[copy_of(entry.action)];
            return PPO_OK;
        }};
        const auto query = fresh<ppo_audit_query>();
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_OK},
            LivePlugin::audit().read(live_->self, &live_->caller, &query, sink, nullptr));
        CPPUNIT_ASSERT_EQUAL(2 * threads, count["access_enabled"]);
        CPPUNIT_ASSERT_EQUAL(threads, count["access_disabled"]);
        CPPUNIT_ASSERT_EQUAL(threads, count["invitation_queued"]);
        CPPUNIT_ASSERT_EQUAL(threads, count["invitation_withdrawn"]);
        CPPUNIT_ASSERT_EQUAL(threads, count["delays_lifted"]);
        CPPUNIT_ASSERT_EQUAL(threads, count["username_set"]);
        CPPUNIT_ASSERT_EQUAL(threads - 1, refused[0].load());  // One got the name all wanted.
        CPPUNIT_ASSERT_EQUAL(threads, refused[1].load());      // Invited twice within a minute.
        CPPUNIT_ASSERT_EQUAL(threads, refused[2].load());      // Nobody of that name.
        int all = 0;
        for (const auto& [action, times] : count) all += times;
        CPPUNIT_ASSERT_EQUAL(7 * threads + count["patients_read"], all);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{all}, number("SELECT MAX(sequence) FROM audit"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, first_bad());
    }

private:
    static constexpr int threads = 64;

    /// What one thread does to its own patient, and what all do to the same.
    void change_one(int i, std::array<std::atomic<int>, 3>& refused) {
        const auto& onboarding = LivePlugin::onboarding();
        const auto id = "T" + std::to_string(i);
        const auto set_access = [&](int on) {
            return onboarding.set_access(live_->self, &live_->caller, to_text(id), on, nullptr,
                                         nullptr);
        };
        const auto name = [&](const std::string& username) {
            auto credentials = fresh<ppo_credentials>();
            credentials.username = to_text(username);
            return onboarding.set_credentials(live_->self, &live_->caller, to_text(id),
                                              &credentials, nullptr, nullptr);
        };
        const auto invite = [&] {
            return onboarding.send_invitation(live_->self, &live_->caller, to_text(id), nullptr,
                                              nullptr);
        };
        static_cast<void>(set_access(1));
        static_cast<void>(set_access(0));
        static_cast<void>(set_access(1));
        static_cast<void>(set_access(1));  // Which is no change.
        if (name("sam.winter") == PPO_REFUSED_USERNAME_TAKEN) {
            ++refused[0];
            static_cast<void>(name("sam." + id));
        }
        static_cast<void>(invite());
        if (invite() == PPO_REFUSED_COOLING_DOWN) ++refused[1];
        static_cast<void>(
            onboarding.revoke_invitation(live_->self, &live_->caller, to_text(id), nullptr));
        if (onboarding.lift_delays(live_->self, &live_->caller, to_text("P404"), nullptr) ==
            PPO_REFUSED_UNKNOWN_PATIENT)
            ++refused[2];
        static_cast<void>(
            onboarding.lift_delays(live_->self, &live_->caller, to_text(id), nullptr));
    }

    void toggle(int times) {
        for (int i = 0; i < times; ++i) {
            enabled_ = !enabled_;
            CPPUNIT_ASSERT_EQUAL(
                ppo_result{PPO_OK},
                LivePlugin::onboarding().set_access(live_->self, &live_->caller, to_text("P001"),
                                                    enabled_ ? 1 : 0, nullptr, nullptr));
        }
    }
    [[nodiscard]] std::size_t told() const { return live_->host.checkpoints().size(); }
    [[nodiscard]] int warnings() const {
        int count = 0;
        for (const auto& [level, text] : live_->host.log_lines())
            if (level == PPO_LOG_WARNING && text.find("checkpoint") != std::string::npos) ++count;
        return count;
    }
    std::uint64_t first_bad() {
        const auto kept = live_->host.checkpoints();
        std::vector<ppo_checkpoint> given;
        given.reserve(kept.size());
        for (const auto& one : kept) given.push_back({one.sequence, one.at, to_text(one.mac)});
        auto verdict = fresh<ppo_audit_verdict>();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::audit().verify_against(
                                                     live_->self, &live_->caller, given.data(),
                                                     given.size(), &verdict, nullptr));
        return verdict.first_bad_sequence;
    }
    void tamper(const std::string& sql) {
        const auto connection = live_->settings.connect();
        tamper_with(*connection, sql);
    }
    std::int64_t number(const std::string& sql) {
        const auto connection = live_->settings.connect();
        auto rows = connection->query(sql);
        return rows.next() ? rows.integer(0) : -1;
    }

    std::optional<LivePlugin> live_{};
    bool enabled_ = false;
};
CPPUNIT_TEST_SUITE_REGISTRATION(CheckpointsTest);

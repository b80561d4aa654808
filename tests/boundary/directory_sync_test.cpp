// SPDX-License-Identifier: Apache-2.0
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class DirectorySyncTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DirectorySyncTest);
    CPPUNIT_TEST(progress_tells_what_was_read);
    CPPUNIT_TEST(progress_is_seen_while_the_directory_is_read);
    CPPUNIT_TEST(progress_tells_of_who_is_gone_and_left_out);
    CPPUNIT_TEST(a_chart_that_cannot_be_used_has_not_gone);
    CPPUNIT_TEST(a_directory_without_a_patient_is_not_believed);
    CPPUNIT_TEST(progress_tells_that_a_reading_broke_off);
    CPPUNIT_TEST(progress_of_an_instance_that_read_nothing_is_none);
    CPPUNIT_TEST(a_reading_within_a_reading_is_misuse);
    CPPUNIT_TEST(first_reading_of_many_leaves_every_index);
    CPPUNIT_TEST(first_reading_that_breaks_off_leaves_every_index_and_whom_it_has);
    CPPUNIT_TEST(reading_again_writes_nothing_if_nothing_changed);
    CPPUNIT_TEST(reading_again_takes_what_changed);
    CPPUNIT_TEST(search_finds_everybody_before_and_after_background_work);
    CPPUNIT_TEST_SUITE_END();

    static ppo_directory_progress progress_of(const LivePlugin& live) {
        auto progress = fresh<ppo_directory_progress>();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().directory_progress(
                                                     live.self, &progress, nullptr));
        return progress;
    }
    static ppo_result sync(const LivePlugin& live) {
        return LivePlugin::onboarding().sync_directory(live.self, nullptr, nullptr);
    }
    static void add_many(FakeHost& host, int count) {
        for (int i = 0; i < count; ++i) host.patients.push_back(anna("M" + std::to_string(i)));
    }
    static std::uint64_t found(const LivePlugin& live, const std::string& search) {
        auto query = fresh<ppo_report_query>();
        query.search = to_text(search);
        auto counts = fresh<ppo_report_counts>();
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_OK},
            LivePlugin::report().count(live.self, &live.caller, &query, &counts, nullptr));
        return counts.patients;
    }
    void progress_tells_what_was_read() {
        LivePlugin live;
        const auto progress = progress_of(live);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_DIRECTORY_READ}, progress.state);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, progress.taken);
        CPPUNIT_ASSERT(progress.started_at != PPO_TIME_NONE && progress.ended_at != PPO_TIME_NONE);
    }

    void progress_is_seen_while_the_directory_is_read() {
        LivePlugin live;
        std::uint32_t state = 0;
        live.host.meanwhile = [&] { state = progress_of(live).state; };
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sync(live));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_DIRECTORY_READING}, state);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_DIRECTORY_READ}, progress_of(live).state);
    }

    void progress_tells_of_who_is_gone_and_left_out() {
        LivePlugin live;
        live.host.patients.pop_back();
        live.host.patients.push_back(anna(std::string(65, 'x')));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sync(live));
        const auto progress = progress_of(live);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, progress.taken);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, progress.left_out);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, progress.gone);
    }

    void a_chart_that_cannot_be_used_has_not_gone() {
        LivePlugin live;
        live.host.patients.at(1).birth_date = "1951-02-30";
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sync(live));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, found(live, ""));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, progress_of(live).gone);
        CPPUNIT_ASSERT(live.host.ended_sessions().empty());
    }

    void a_directory_without_a_patient_is_not_believed() {
        LivePlugin live;
        live.host.patients.clear();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sync(live));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, found(live, ""));
        CPPUNIT_ASSERT_EQUAL(
            std::string{"A directory without a patient is not believed: nobody was removed."},
            live.host.log_lines().back().second);
    }

    void progress_tells_that_a_reading_broke_off() {
        LivePlugin live;
        live.host.directory_answers = 0;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, sync(live));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_DIRECTORY_BROKE_OFF}, progress_of(live).state);
        live.host.directory_answers.reset();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sync(live));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_DIRECTORY_READ}, progress_of(live).state);
    }

    void progress_of_an_instance_that_read_nothing_is_none() {
        LivePlugin live{[](FakeHost&, TestSettings& settings) {
            settings.given.flags = PPO_SETTING_NO_FIRST_SYNC;
        }};
        const auto progress = progress_of(live);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_DIRECTORY_NOT_READ}, progress.state);
        CPPUNIT_ASSERT_EQUAL(PPO_TIME_NONE, progress.started_at);
    }

    void a_reading_within_a_reading_is_misuse() {
        LivePlugin live;
        ppo_result within = 0;
        live.host.meanwhile = [&] { within = sync(live); };
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sync(live));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_STATE}, within);
    }

    static std::int64_t indexes_of(const LivePlugin& live) {
        const auto connection = live.settings.connect();
        auto rows = connection->query(
            connection->engine() == Engine::Sqlite
                ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND name LIKE "
                  "'patient_by_%'"
                : "SELECT COUNT(*) FROM pg_indexes WHERE indexname LIKE 'patient_by_%'");
        return rows.next() ? rows.integer(0) : 0;
    }

    void first_reading_of_many_leaves_every_index() {
        LivePlugin few;
        LivePlugin many{[](FakeHost& host, TestSettings&) { add_many(host, 5'100); }};
        CPPUNIT_ASSERT(indexes_of(few) > 5);
        CPPUNIT_ASSERT_EQUAL(indexes_of(few), indexes_of(many));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5'102}, progress_of(many).taken);
    }

    void first_reading_that_breaks_off_leaves_every_index_and_whom_it_has() {
        LivePlugin live{[](FakeHost& host, TestSettings& settings) {
            add_many(host, 5'100);
            settings.given.flags = PPO_SETTING_NO_FIRST_SYNC;
        }};
        const auto before = indexes_of(live);
        live.host.directory_answers = PPO_FAULT_HOST;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, sync(live));
        CPPUNIT_ASSERT_EQUAL(before, indexes_of(live));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5'102}, found(live, ""));
    }

    void reading_again_writes_nothing_if_nothing_changed() {
        LivePlugin live;
        const auto before = live.store_bytes();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sync(live));
        CPPUNIT_ASSERT(before == live.store_bytes());
    }

    void reading_again_takes_what_changed() {
        LivePlugin live;
        live.host.patients.at(0).last_name = "Quist";
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sync(live));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, found(live, "quist"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, found(live, "winter"));
    }

    void search_finds_everybody_before_and_after_background_work() {
        LivePlugin live;
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, found(live, "winter"));
        live.work();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, found(live, "winter"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, found(live, "inte"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, found(live, "intex"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DirectorySyncTest);

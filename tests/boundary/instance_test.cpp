// SPDX-License-Identifier: Apache-2.0
#include "boundary/instance.hpp"

#include "boundary/misuse.hpp"
#include "boundary/tables.hpp"
#include "store/fault.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <thread>

using namespace ppo;

namespace {
std::size_t entries_in(const std::string& folder) {
    std::error_code error;  // A folder that is not there yet has none.
    std::size_t count = 0;
    for (auto at = std::filesystem::directory_iterator{folder, error};
         !error && at != std::filesystem::directory_iterator{}; at.increment(error))
        ++count;
    return count;
}

// Threads of other tests in this program may end meanwhile: fewer than before is as good as none
// more.

/// Waits for a condition, yielding; false after a time that only a broken program needs.
template <class Condition>
bool comes_true(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{30};
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::yield();
    }
    return true;
}

void use_own_thread(FakeHost&, TestSettings& settings) {
    settings.given.flags = PPO_SETTING_OWN_THREAD;
    settings.given.mail_transport = settings.keep("folder:" + settings.file("mails"));
    std::filesystem::create_directory(settings.file("mails"));
}
}  // namespace

class InstanceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InstanceTest);
    CPPUNIT_TEST(a_spoilt_chart_stands_before_nobody_s_request);
    CPPUNIT_TEST(requests_that_grew_old_are_erased_at_create);
    CPPUNIT_TEST(reads_the_directory_at_create);
    CPPUNIT_TEST(a_batch_goes_past_a_chart_that_cannot_be_used);
    CPPUNIT_TEST(does_not_read_it_if_told_so);
    CPPUNIT_TEST(works_without_a_directory);
    CPPUNIT_TEST(create_fails_if_the_directory_breaks_off);
    CPPUNIT_TEST(reads_more_patients_than_one_batch);
    CPPUNIT_TEST(removes_who_has_gone_from_the_directory);
    CPPUNIT_TEST(removes_nobody_if_the_directory_breaks_off);
    CPPUNIT_TEST(says_in_the_log_how_many_were_read_and_left_out);
    CPPUNIT_TEST(a_chart_added_with_access_starts_enabled);
    CPPUNIT_TEST(makes_store_and_key_file_for_this_user_only);
    CPPUNIT_TEST(makes_no_key_file_if_the_host_has_keys);
    CPPUNIT_TEST(refuses_a_written_store_without_its_key_file);
    CPPUNIT_TEST(refuses_a_store_written_with_other_keys);
    CPPUNIT_TEST(leaves_a_damaged_store_as_it_is);
    CPPUNIT_TEST(keeps_everything_over_a_restart);
    CPPUNIT_TEST(answers_requests_and_sends_mails_in_work);
    CPPUNIT_TEST(a_directory_that_fails_keeps_no_mail_from_leaving);
    CPPUNIT_TEST(its_own_thread_sends_without_a_call_of_work);
    CPPUNIT_TEST(its_own_thread_calls_only_log_and_now);
    CPPUNIT_TEST(its_own_thread_survives_a_clock_that_stops);
    CPPUNIT_TEST(shutdown_ends_the_thread);
    CPPUNIT_TEST_SUITE_END();

public:
    void a_batch_goes_past_a_chart_that_cannot_be_used() {
        LivePlugin live;
        live.enable("P001");
        const ppo_text id = to_text("P001");
        ppo_batch_selection one{};
        one.struct_size = sizeof one;
        one.patient_ids = &id;
        one.patient_id_count = 1;
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_OK},
            onboarding_table.start_batch(live.self, &live.caller, &one, nullptr, nullptr));
        live.advance(std::chrono::minutes{3});
        live.host.spoils = [](ppo_patient& patient) { patient.birth_date = to_text("1980-99-99"); };
        live.work();
        CPPUNIT_ASSERT(live.host.mails().empty());
        std::uint64_t skipped = 0;
        ppo_batch_sink sink{
            &skipped, [](void* context, const ppo_batch* batch) {
                *static_cast<std::uint64_t*>(context) = batch->by_outcome[PPO_OUTCOME_SKIPPED];
                return ppo_result{PPO_OK};
            }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, onboarding_table.each_batch(
                                                     live.self, &live.caller, {}, &sink, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, skipped);
    }

    static void ask_for_annas_account(LivePlugin& live) {
        auto facts = fresh<ppo_identity>();
        facts.email = to_text("anna@example.org");
        facts.birth_date = to_text("1980-02-29");
        facts.last_name = to_text("Winter");
        facts.postal_code = to_text("02139");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::selfservice().request(
                                 live.self, &live.visitor, PPO_REQUEST_ACCOUNT, &facts, nullptr));
    }

    void a_spoilt_chart_stands_before_nobody_s_request() {
        LivePlugin live;
        live.enable("P001");
        ask_for_annas_account(live);
        live.host.spoils = [](ppo_patient& patient) { patient.birth_date = to_text("1980-99-99"); };
        live.work();  // Throws if `work` fails.
        CPPUNIT_ASSERT(live.host.mails().empty());
    }

    void requests_that_grew_old_are_erased_at_create() {
        LivePlugin live;
        ask_for_annas_account(live);
        live.advance(std::chrono::minutes{15});
        live.restart();
        const auto connection = live.settings.connect();
        auto rows = connection->query("SELECT COUNT(*) FROM portal_request");
        CPPUNIT_ASSERT(rows.next() && rows.integer(0) == 0);
    }

    void reads_the_directory_at_create() {
        LivePlugin live;
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_ENABLED}, live.account("P001").status);
    }

    void does_not_read_it_if_told_so() {
        LivePlugin live{[](FakeHost&, TestSettings& settings) {
            settings.given.flags = PPO_SETTING_NO_FIRST_SYNC;
        }};
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, patients(live));
        std::uint64_t read = 0;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sync(live, &read));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, read);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, patients(live));
    }

    void works_without_a_directory() {
        LivePlugin live{
            [](FakeHost& host, TestSettings&) { host.absent = {PPO_HOST_DIRECTORY_1}; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_STATE}, sync(live));
        std::vector<ppo_text> tags;
        const auto patient = anna();
        const auto given = as_given(patient, tags);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::onboarding().patient_changed(live.self, &given, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::size_t{43}, live.invited("P001").size());
    }

    void create_fails_if_the_directory_breaks_off() {
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_FAULT_HOST},
            create_with([](FakeHost& host, TestSettings&) { host.directory_answers = 0; }));
    }

    void reads_more_patients_than_one_batch() {
        LivePlugin live{[](FakeHost& host, TestSettings&) {
            host.patients.clear();
            for (int i = 0; i < 2'001; ++i) host.patients.push_back(anna("N" + std::to_string(i)));
        }};
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2'001}, patients(live));
    }

    void removes_who_has_gone_from_the_directory() {
        LivePlugin live;
        live.host.patients.pop_back();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sync(live));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, patients(live));
    }

    void removes_nobody_if_the_directory_breaks_off() {
        LivePlugin live;
        live.host.patients.pop_back();
        live.host.directory_answers = 0;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, sync(live));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, patients(live));
    }

    void says_in_the_log_how_many_were_read_and_left_out() {
        LivePlugin live{
            [](FakeHost& host, TestSettings&) { host.patients.at(1).birth_date = "1951-02-30"; }};
        const auto [level, text] = live.host.log_lines().at(0);
        CPPUNIT_ASSERT_EQUAL(int{PPO_LOG_WARNING}, level);
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Directory read: 1 patients taken, 1 left out because they "
                        "cannot be used, 0 gone."},
            text);
    }

    void a_chart_added_with_access_starts_enabled() {
        LivePlugin live{
            [](FakeHost& host, TestSettings&) { host.patients.at(0).access_granted = true; }};
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_INVITED}, live.account("P001").status);
    }

    void makes_store_and_key_file_for_this_user_only() {
        const LivePlugin live{
            [](FakeHost& host, TestSettings&) { host.absent = {PPO_HOST_SECRETS_1}; }};
        using std::filesystem::perms;
        for (const auto& entry : std::filesystem::directory_iterator{live.settings.file("")})
            CPPUNIT_ASSERT(entry.status().permissions() == (perms{0600}));
    }

    void makes_no_key_file_if_the_host_has_keys() {
        const LivePlugin live;
        CPPUNIT_ASSERT(!std::filesystem::exists(live.settings.key_file()));
    }

    void refuses_a_written_store_without_its_key_file() {
        LivePlugin live{[](FakeHost& host, TestSettings&) { host.absent = {PPO_HOST_SECRETS_1}; }};
        plugin_table.destroy(live.self);
        std::filesystem::remove(live.settings.key_file());
        const auto before = live.store_bytes();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_KEYS}, create_again(live));
        CPPUNIT_ASSERT(before == live.store_bytes());
        CPPUNIT_ASSERT(!std::filesystem::exists(live.settings.key_file()));
    }

    void refuses_a_store_written_with_other_keys() {
        LivePlugin live;
        plugin_table.destroy(live.self);
        live.host.root_keys = {{"fake-1", std::string(32, '\x77')}};
        const auto before = live.store_bytes();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_KEYS}, create_again(live));
        CPPUNIT_ASSERT(before == live.store_bytes());
    }

    void leaves_a_damaged_store_as_it_is() {
        LivePlugin live;
        if (live.settings.is_on_server()) return;
        plugin_table.destroy(live.self);
        const std::string damaged(8'192, 'x');
        write_file(live.settings.file("portal.db"), damaged);
        auto error = fresh_error();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_STORE_DAMAGED}, create_again(live, &error));
        CPPUNIT_ASSERT(damaged == live.store_bytes());
        CPPUNIT_ASSERT(std::string{error.message}.find("portal.db") != std::string::npos);
    }

    void keeps_everything_over_a_restart() {
        LivePlugin live;
        live.set_up("P001", "anna.w", "maple kettle orbit");
        live.restart();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live.sign_in("anna.w", "maple kettle orbit"));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_SIGNED_IN}, live.account("P001").status);
    }

    void answers_requests_and_sends_mails_in_work() {
        LivePlugin live;
        live.enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, request(live));
        live.work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, live.host.mails().size());
    }

    void a_directory_that_fails_keeps_no_mail_from_leaving() {
        LivePlugin live;
        live.enable("P001");
        live.enable("P002");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, invite(live, "P002"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, request(live));
        live.host.directory_answers = 0;
        for (int i = 0; i < 3; ++i) static_cast<void>(plugin_table.work(live.self, 0, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, live.host.mails().size());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, plugin_table.work(live.self, 0, nullptr));
        live.host.directory_answers.reset();
        live.work();  // The request has waited meanwhile.
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, live.host.mails().size());
    }

    void its_own_thread_sends_without_a_call_of_work() {
        LivePlugin live{use_own_thread};
        live.enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, invite(live, "P001"));
        CPPUNIT_ASSERT(comes_true([&] { return entries_in(live.settings.file("mails")) == 1; }));
        CPPUNIT_ASSERT(
            comes_true([&] { return live.account("P001").status == PPO_STATUS_INVITED; }));
    }

    void its_own_thread_calls_only_log_and_now() {
        LivePlugin live{use_own_thread};
        live.enable("P001");
        std::atomic<int> elsewhere{0};
        const auto here = std::this_thread::get_id();
        live.host.meanwhile = [&] {
            if (std::this_thread::get_id() != here) ++elsewhere;
        };
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, request(live));
        CPPUNIT_ASSERT(comes_true([&] { return entries_in(live.settings.file("mails")) == 1; }));
        plugin_table.destroy(live.self);
        CPPUNIT_ASSERT_EQUAL(0, elsewhere.load());
    }

    void its_own_thread_survives_a_clock_that_stops() {
        LivePlugin live{use_own_thread};
        live.enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, request(live));
        live.host.time = 0;
        CPPUNIT_ASSERT(comes_true([&] {
                           return live.host.whole_log().find("Background") != std::string::npos;
                       }) ||
                       entries_in(live.settings.file("mails")) == 1);
        live.host.time = to_milliseconds(noon);
        CPPUNIT_ASSERT(comes_true([&] { return entries_in(live.settings.file("mails")) == 1; }));
    }

    void shutdown_ends_the_thread() {
        const auto threads = entries_in("/proc/self/task");
        const LivePlugin live{use_own_thread};
        CPPUNIT_ASSERT_EQUAL(threads + 1, entries_in("/proc/self/task"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, plugin_table.shutdown(live.self, 0, nullptr));
        CPPUNIT_ASSERT(comes_true([&] { return entries_in("/proc/self/task") <= threads; }));
    }

private:
    static ppo_result sync(LivePlugin& live, std::uint64_t* read = nullptr) {
        return LivePlugin::onboarding().sync_directory(live.self, read, nullptr);
    }
    static ppo_result invite(LivePlugin& live, std::string_view id) {
        return LivePlugin::onboarding().send_invitation(live.self, &live.caller, to_text(id),
                                                        nullptr, nullptr);
    }
    static ppo_result request(LivePlugin& live) {
        const ppo_identity annas{sizeof annas,
                                 0,
                                 to_text("anna@example.org"),
                                 to_text("2/29/1980"),
                                 to_text("Winter"),
                                 to_text("02139")};
        return LivePlugin::selfservice().request(live.self, &live.visitor, PPO_REQUEST_ACCOUNT,
                                                 &annas, nullptr);
    }
    static std::uint64_t patients(LivePlugin& live) {
        const auto query = fresh<ppo_report_query>();
        auto counts = fresh<ppo_report_counts>();
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_OK},
            LivePlugin::report().count(live.self, &live.caller, &query, &counts, nullptr));
        return counts.patients;
    }
    static ppo_result create_with(const LivePlugin::Change& change) {
        FakeHost host;
        TestSettings settings;
        change(host, settings);
        ppo_instance* out = nullptr;
        return plugin_table.create(&host.table, &settings.given, &out, nullptr);
    }
    static ppo_result create_again(LivePlugin& live, ppo_error* error = nullptr) {
        return plugin_table.create(&live.host.table, &live.settings.given, &live.self, error);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(InstanceTest);

class InstanceLifeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InstanceLifeTest);
    CPPUNIT_TEST(two_hundred_lives_leave_no_thread_and_no_file_open);
    CPPUNIT_TEST(lives_that_fail_leave_no_thread_and_no_file_open);
    CPPUNIT_TEST_SUITE_END();

public:
    void two_hundred_lives_leave_no_thread_and_no_file_open() {
        LivePlugin live{use_own_thread};
        plugin_table.destroy(live.self);
        const auto threads = entries_in("/proc/self/task");
        const auto files = entries_in("/proc/self/fd");
        for (int i = 0; i < 200; ++i) {
            CPPUNIT_ASSERT_EQUAL(
                ppo_result{PPO_OK},
                plugin_table.create(&live.host.table, &live.settings.given, &live.self, nullptr));
            plugin_table.destroy(live.self);
        }
        CPPUNIT_ASSERT(comes_true([&] { return entries_in("/proc/self/task") <= threads; }));
        CPPUNIT_ASSERT_EQUAL(files, entries_in("/proc/self/fd"));
    }

    void lives_that_fail_leave_no_thread_and_no_file_open() {
        LivePlugin live;
        plugin_table.destroy(live.self);
        live.host.directory_answers = 0;
        const auto threads = entries_in("/proc/self/task");
        const auto files = entries_in("/proc/self/fd");
        for (int i = 0; i < 20; ++i)
            CPPUNIT_ASSERT_EQUAL(
                ppo_result{PPO_FAULT_HOST},
                plugin_table.create(&live.host.table, &live.settings.given, &live.self, nullptr));
        CPPUNIT_ASSERT(entries_in("/proc/self/task") <= threads);
        CPPUNIT_ASSERT_EQUAL(files, entries_in("/proc/self/fd"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(InstanceLifeTest);

// SPDX-License-Identifier: Apache-2.0
#include "store/database.hpp"

#include "store/audit_table.hpp"
#include "store/patient_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <future>
#include <memory>
#include <thread>
#include <vector>

using namespace ppo;

namespace {
std::int64_t patients_in(Connection& connection) {
    auto rows = connection.query("SELECT COUNT(*) FROM patient");
    return rows.next() ? rows.integer(0) : -1;
}
}  // namespace

class DatabaseTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DatabaseTest);
    PPO_TEST_OF_A_FILE(new_file_is_for_its_owner_only);
    PPO_TEST_OF_A_FILE(journal_is_for_its_owner_only_too);
    CPPUNIT_TEST(committed_changes_survive_a_restart);
    CPPUNIT_TEST(leaving_without_commit_undoes_everything);
    CPPUNIT_TEST(an_exception_undoes_everything);
    CPPUNIT_TEST(next_transaction_works_after_an_undone_one);
    CPPUNIT_TEST(readers_do_not_see_what_is_not_committed);
    CPPUNIT_TEST(a_reading_keeps_one_picture_while_others_wait_to_write);
    CPPUNIT_TEST(a_reading_cannot_write);
    CPPUNIT_TEST(looks_of_their_own_cannot_write_either);
    CPPUNIT_TEST(looks_of_their_own_hold_no_picture_on_a_server);
    CPPUNIT_TEST(plans_follow_a_table_that_grows);
    CPPUNIT_TEST(more_readers_than_connections_all_get_their_turn);
    CPPUNIT_TEST(writers_of_several_processes_take_turns);
    CPPUNIT_TEST(fault_names_the_file);
    CPPUNIT_TEST(another_stores_key_is_refused_and_the_file_unchanged);
    CPPUNIT_TEST(folder_that_is_not_there_is_refused);
    CPPUNIT_TEST(a_thread_sees_whether_it_recorded_anything);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    void a_thread_sees_whether_it_recorded_anything() {
        const auto before = Transaction::recorded_by_this_thread();
        const auto record_one = [this](bool commits) {
            Transaction transaction{store_};
            record(transaction, {.action = "tested"}, nurse, noon);
            if (commits) transaction.commit();
        };
        record_one(false);
        store_.add(anna());  // Writes, and records nothing.
        std::thread{[&] { record_one(true); }}.join();
        CPPUNIT_ASSERT_EQUAL(before, Transaction::recorded_by_this_thread());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, store_.database().last_audit_entry());
        record_one(true);
        CPPUNIT_ASSERT_EQUAL(before + 1, Transaction::recorded_by_this_thread());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, store_.database().last_audit_entry());
    }

    void new_file_is_for_its_owner_only() {
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat(store_.path().c_str(), &status));
        CPPUNIT_ASSERT_EQUAL(mode_t{0600}, status.st_mode & mode_t{07777});
    }

    void journal_is_for_its_owner_only_too() {
        Transaction transaction{store_};
        put_patient(transaction, anna());
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat((store_.path() + "-journal").c_str(), &status));
        CPPUNIT_ASSERT_EQUAL(mode_t{0600}, status.st_mode & mode_t{07777});
    }

    void committed_changes_survive_a_restart() {
        store_.add(anna());
        store_.reopen();
        CPPUNIT_ASSERT_EQUAL(std::string{"Winter"}, store_.account("P001").patient.last_name);
    }

    void leaving_without_commit_undoes_everything() {
        {
            Transaction transaction{store_};
            put_patient(transaction, anna());
            record(transaction, {.action = "test"}, nurse, noon);
        }
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, store_.number("SELECT COUNT(*) FROM patient"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, store_.number("SELECT COUNT(*) FROM audit"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, store_.number("SELECT sequence FROM audit_head"));
    }

    void an_exception_undoes_everything() {
        try {
            Transaction transaction{store_};
            put_patient(transaction, anna());
            throw std::runtime_error{"half-way"};
        } catch (const std::runtime_error&) {
            CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, store_.number("SELECT COUNT(*) FROM patient"));
            return;
        }
        CPPUNIT_FAIL("nothing was thrown");
    }

    void next_transaction_works_after_an_undone_one() {
        {
            Transaction transaction{store_};
            put_patient(transaction, anna("P001"));
        }
        store_.add(anna("P002"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, store_.number("SELECT COUNT(*) FROM patient"));
    }

    void readers_do_not_see_what_is_not_committed() {
        Transaction transaction{store_};
        put_patient(transaction, anna());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, store_.ask(patients_in));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, patients_in(transaction));
    }

    void a_reading_keeps_one_picture_while_others_wait_to_write() {
        store_.add(anna("P001"));
        std::future<void> writing;
        std::promise<void> inside;
        {
            Reading reading{store_};
            CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, patients_in(reading));
            writing = std::async(std::launch::async, [&] {
                Transaction transaction{store_};
                put_patient(transaction, anna("P002"));
                inside.set_value();
                transaction.commit();
            });
            inside.get_future().wait();
            CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, patients_in(reading));
        }
        writing.get();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, store_.ask(patients_in));
    }

    void looks_of_their_own_cannot_write_either() {
        Reading reading{store_, Reading::Sees::EachItsOwn};
        const auto fault = fault_of([&] { reading.connection().run("DELETE FROM patient"); });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::ReadOnly, fault.kind());
    }

    void looks_of_their_own_hold_no_picture_on_a_server() {
        Reading reading{store_, Reading::Sees::EachItsOwn};
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, patients_in(reading));
        CPPUNIT_ASSERT_EQUAL(store_.database().engine() == Engine::Sqlite,
                             reading.connection().in_transaction());
    }

    void plans_follow_a_table_that_grows() {
        constexpr int patients = 3000;
        Transaction transaction{store_};
        for (int i = 0; i < patients; ++i) put_patient(transaction, anna("P" + std::to_string(i)));
        if (store_.database().engine() == Engine::Sqlite) return;  // Its plans know no sizes.
        auto read = transaction.connection().query(
            "SELECT idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'patient'");
        CPPUNIT_ASSERT(read.next());
        CPPUNIT_ASSERT(read.integer(0) < 400 * patients);  // Without, 1,500 a patient and more.
    }

    void a_reading_cannot_write() {
        Reading reading{store_};
        const auto fault = fault_of([&] { reading.connection().run("DELETE FROM patient"); });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::ReadOnly, fault.kind());
    }

    void more_readers_than_connections_all_get_their_turn() {
        store_.add(anna());
        std::atomic<int> right{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 24; ++i)
            threads.emplace_back([&] {
                for (int turn = 0; turn < 10; ++turn)
                    if (store_.ask(patients_in) == 1) ++right;
            });
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(240, right.load());
    }

    void writers_of_several_processes_take_turns() {
        constexpr int processes = 4;
        std::vector<std::unique_ptr<Database>> databases;
        for (int i = 0; i < processes; ++i)
            databases.push_back(std::make_unique<Database>(store_.path(), test_keyring()));
        std::vector<std::future<void>> writing;
        for (auto& database : databases)
            writing.push_back(std::async(std::launch::async, [&database] {
                for (int i = 0; i < 10; ++i) {
                    Transaction transaction{*database};
                    record(transaction, {.action = "test"}, nurse, noon);
                    transaction.commit();
                }
            }));
        for (auto& done : writing) done.get();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{40}, store_.number("SELECT MAX(sequence) FROM audit"));
    }

    void fault_names_the_file() {
        const auto fault = fault_of([&] { Database other{store_.path(), test_keyring(9)}; });
        CPPUNIT_ASSERT(std::string{fault.what()}.find(StoreAddress{store_.path()}.shown()) !=
                       std::string::npos);
    }

    void another_stores_key_is_refused_and_the_file_unchanged() {
        const auto before = store_.bytes();
        const auto fault = fault_of([&] { Database other{store_.path(), test_keyring(9)}; });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Keys, fault.kind());
        CPPUNIT_ASSERT(before == store_.bytes());
    }

    void folder_that_is_not_there_is_refused() {
        const TempFolder folder;
        const auto path = folder.file("none/store.db");
        const auto fault = fault_of([&] { Database database{path, test_keyring()}; });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Unreadable, fault.kind());
        CPPUNIT_ASSERT(!std::filesystem::exists(folder.file("none")));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DatabaseTest);

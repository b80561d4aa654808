// SPDX-License-Identifier: Apache-2.0
#include "store/backup.hpp"

#include "store/audit_table.hpp"
#include "store/fault.hpp"
#include "store/patient_table.hpp"
#include "support/prints.hpp"
#include "support/store_check.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <thread>

using namespace ppo;

namespace {
void record_one(Database& database) {
    Transaction transaction{database};
    record(transaction, {.action = "tried"}, nurse, noon);
    transaction.commit();
}
}  // namespace

class BackupTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BackupTest);
    PPO_TEST_OF_A_FILE(the_copy_is_a_store_with_everything_in_it);
    PPO_TEST_OF_A_FILE(only_the_owner_may_read_it);
    PPO_TEST_OF_A_FILE(what_comes_later_is_not_in_it);
    PPO_TEST_OF_A_FILE(is_on_record_after_the_copy);
    PPO_TEST_OF_A_FILE(a_file_that_is_there_is_not_replaced);
    PPO_TEST_OF_A_FILE(a_folder_that_is_missing_is_named_and_nothing_left);
    PPO_TEST_OF_A_FILE(writers_go_on_and_the_copy_is_of_one_moment);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    TempFolder folder_{};

    [[nodiscard]] std::string copy() const { return folder_.file("copy.sqlite"); }
    void back_up_now() { back_up(store_, copy(), noon); }
    [[nodiscard]] std::size_t entries_of(Database& database) const {
        Reading reading{database};
        return read_audit(reading, 0, {}, 1'000'000).size();
    }
    [[nodiscard]] std::size_t files() const {
        const std::filesystem::directory_iterator all{std::filesystem::path{copy()}.parent_path()};
        return static_cast<std::size_t>(std::distance(begin(all), end(all)));
    }

    void the_copy_is_a_store_with_everything_in_it() {
        store_.add(anna());
        back_up_now();
        Database copied{copy(), test_keyring()};
        Reading reading{copied};
        CPPUNIT_ASSERT(find_account(reading, "P001").has_value());
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue_words(find_untrue(copy())));
    }

    void only_the_owner_may_read_it() {
        back_up_now();
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat(copy().c_str(), &status));
        CPPUNIT_ASSERT_EQUAL(mode_t{0600}, status.st_mode & 07777);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, files());
    }

    void what_comes_later_is_not_in_it() {
        back_up_now();
        store_.add(anna());
        Database copied{copy(), test_keyring()};
        Reading reading{copied};
        CPPUNIT_ASSERT(!find_account(reading, "P001").has_value());
    }

    void is_on_record_after_the_copy() {
        back_up_now();
        Database copied{copy(), test_keyring()};
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, entries_of(copied));
        const auto entries = store_.ask([](Connection& c) { return read_audit(c, 0, {}, 10); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, entries.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"store_backed_up"}, entries.front().action);
    }

    void a_file_that_is_there_is_not_replaced() {
        write_file(copy(), "something else");
        const auto fault = fault_of([&] { back_up_now(); });
        CPPUNIT_ASSERT(std::string{fault.what()}.find("choose another name") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string{"something else"}, bytes_of_file(copy()));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, entries_of(store_.database()));
    }

    void a_folder_that_is_missing_is_named_and_nothing_left() {
        const auto path = folder_.file("nowhere") + "/copy.sqlite";
        const auto fault = fault_of([&] { back_up(store_, path, noon); });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Unreadable, fault.kind());
        CPPUNIT_ASSERT(std::string{fault.what()}.find(path) != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, files());
    }

    void writers_go_on_and_the_copy_is_of_one_moment() {
        static_cast<void>(store_.database());
        std::atomic<bool> over{false};
        std::atomic<int> written{0};
        std::thread writer{[&] {
            Database other_process{store_.path(), test_keyring()};
            while (!over) {
                record_one(other_process);
                ++written;
            }
        }};
        while (written == 0) std::this_thread::yield();
        const auto before = written.load();
        back_up_now();
        const auto done = written.load();
        while (written == done) std::this_thread::yield();
        over = true;
        writer.join();
        Database copied{copy(), test_keyring()};
        const auto entries = static_cast<int>(entries_of(copied));
        CPPUNIT_ASSERT(entries >= before && entries <= written);
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue_words(find_untrue(copy())));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BackupTest);

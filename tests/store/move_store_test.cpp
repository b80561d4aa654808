// SPDX-License-Identifier: Apache-2.0
#include "store/move_store.hpp"

#include "store/audit_table.hpp"
#include "store/audit_verify.hpp"
#include "store/connect.hpp"
#include "support/crowd.hpp"
#include "support/postgres_admin.hpp"
#include "support/prints.hpp"
#include "support/store_check.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>

using namespace ppo;

class MoveStoreTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MoveStoreTest);
    CPPUNIT_TEST(moved_store_is_true_and_opens_with_the_same_keys);
    CPPUNIT_TEST(record_verifies_in_the_new_store);
    CPPUNIT_TEST(old_store_stays_as_it_was);
    CPPUNIT_TEST(way_back_gives_the_same_rows);
    CPPUNIT_TEST(broken_off_after_any_step_it_goes_on_where_it_was);
    CPPUNIT_TEST(store_that_is_being_moved_to_is_not_opened);
    CPPUNIT_TEST(store_that_changed_meanwhile_is_not_mixed);
    CPPUNIT_TEST(store_that_holds_something_else_is_left_alone);
    CPPUNIT_TEST(row_that_differs_is_found);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    TempFolder folder_{};
    std::unique_ptr<TestDatabase> server_{};
    std::string target_{};

    static bool go_on(std::string_view, std::int64_t) { return true; }

    /// From where the tests' stores are, a file, to the server that they run on, or to a file.
    [[nodiscard]] bool move(const MoveProgress& progress = go_on) {
        return move_store(source(), target_, progress, 50);
    }
    [[nodiscard]] StoreAddress source() { return store_.path(); }

public:
    void setUp() override {
        target_ = folder_.file("moved.db");
        if (const auto server = test_server()) {
            server_ = std::make_unique<TestDatabase>(*server);
            target_ = server_->administrators_address();
        }
        add_crowd(store_, 120);
        store_.change("P00001", [](Transaction& transaction) {
            record(transaction, {.action = "tested"}, nurse, noon);
        });
    }

    void moved_store_is_true_and_opens_with_the_same_keys() {
        CPPUNIT_ASSERT(move());
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue_words(find_untrue(target_)));
        Database moved{target_, test_keyring()};
        Reading reading{moved};
        auto rows = reading.connection().query("SELECT COUNT(*) FROM patient");
        CPPUNIT_ASSERT(rows.next());
        CPPUNIT_ASSERT_EQUAL(store_.number("SELECT COUNT(*) FROM patient"), rows.integer(0));
    }

    void record_verifies_in_the_new_store() {
        CPPUNIT_ASSERT(move());
        Database moved{target_, test_keyring()};
        const auto verdict = verify_audit(moved, {});
        CPPUNIT_ASSERT(verdict.flaw == AuditFlaw::None);
        CPPUNIT_ASSERT_EQUAL(store_.number("SELECT COUNT(*) FROM audit"), verdict.entries);
    }

    void old_store_stays_as_it_was() {
        const auto before = store_.bytes();
        CPPUNIT_ASSERT(move());
        CPPUNIT_ASSERT(before == store_.bytes());
    }

    void way_back_gives_the_same_rows() {
        CPPUNIT_ASSERT(move());
        const auto back = folder_.file("back.db");
        CPPUNIT_ASSERT(move_store(target_, back, go_on));
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue_words(find_untrue(back)));
    }

    void broken_off_after_any_step_it_goes_on_where_it_was() {
        int steps = 0;
        int moves = 0;
        bool is_done = false;
        while (!is_done) {
            is_done = move([&](std::string_view, std::int64_t) {
                ++steps;
                return false;
            });
            CPPUNIT_ASSERT(++moves < 100);
        }
        CPPUNIT_ASSERT(steps > 6);
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue_words(find_untrue(target_)));
    }

    void store_that_is_being_moved_to_is_not_opened() {
        CPPUNIT_ASSERT(!move([](std::string_view, std::int64_t) { return false; }));
        const auto fault = fault_of([&] { Database half{target_, test_keyring()}; });
        CPPUNIT_ASSERT(std::string{fault.what()}.find("let that move end") != std::string::npos);
    }

    void store_that_changed_meanwhile_is_not_mixed() {
        CPPUNIT_ASSERT(!move([](std::string_view, std::int64_t) { return false; }));
        store_.change("P00001", [](Transaction& transaction) {
            record(transaction, {.action = "tested"}, nurse, noon);
        });
        const auto fault = fault_of([&] { static_cast<void>(move()); });
        CPPUNIT_ASSERT(std::string{fault.what()}.find("changed") != std::string::npos);
    }

    void store_that_holds_something_else_is_left_alone() {
        CPPUNIT_ASSERT(move());
        const auto fault = fault_of([&] { static_cast<void>(move()); });
        CPPUNIT_ASSERT(std::string{fault.what()}.find("not empty") != std::string::npos);
    }

    void row_that_differs_is_found() {
        bool has_altered = false;
        const auto fault = fault_of([&] {
            static_cast<void>(move([&](std::string_view table, std::int64_t) {
                if (table != "patient" || has_altered) return true;
                has_altered = true;
                connect_to(target_, Connection::Role::Writer)
                    ->execute("UPDATE patient SET first_name = 'Eve'");
                return true;
            }));
        });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Damaged, fault.kind());
        CPPUNIT_ASSERT(std::string{fault.what()}.find("patient") != std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MoveStoreTest);

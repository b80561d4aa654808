// SPDX-License-Identifier: Apache-2.0
#include "store/fact_table.hpp"

#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
RootKey key(const std::string& id, std::uint8_t byte) {
    RootKey made{id, {}};
    made.bytes.fill(byte);
    return made;
}
}  // namespace

class FactTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FactTableTest);
    CPPUNIT_TEST(same_key_opens_the_store_again);
    CPPUNIT_TEST(other_bytes_under_the_same_name_are_another_stores_key);
    CPPUNIT_TEST(a_key_that_never_wrote_here_is_not_enough);
    CPPUNIT_TEST(new_key_beside_the_old_one_is_remembered);
    CPPUNIT_TEST(new_key_without_the_old_one_is_refused_and_the_missing_one_named);
    CPPUNIT_TEST(old_key_without_the_new_one_is_refused_and_the_missing_one_named);
    CPPUNIT_TEST(a_key_that_has_written_nothing_may_go);
    CPPUNIT_TEST(many_missing_keys_leave_room_for_the_mend);
    CPPUNIT_TEST(wrong_keys_are_named);
    CPPUNIT_TEST(wrong_keys_are_found_before_an_old_store_is_migrated);
    CPPUNIT_TEST(wrong_old_key_beside_a_new_one_is_refused);
    CPPUNIT_TEST(refused_keys_leave_no_trace);
    CPPUNIT_TEST(store_holds_no_byte_of_the_key);
    CPPUNIT_TEST(remembers_the_last_word_under_a_name);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    StoreFault fault_with(std::vector<RootKey> keys) {
        return fault_of([&] { const Database database{store_.path(), Keyring{std::move(keys)}}; });
    }
    void open_with(std::vector<RootKey> keys) {
        const Database database{store_.path(), Keyring{std::move(keys)}};
    }

    void remembers_the_last_word_under_a_name() {
        const auto found = [this] {
            return store_.ask([](Connection& c) { return find_fact(c, "place"); });
        };
        CPPUNIT_ASSERT(!found());
        for (const auto* word : {"first", "second"}) {
            Transaction transaction{store_};
            put_fact(transaction, "place", word);
            transaction.commit();
        }
        CPPUNIT_ASSERT_EQUAL(std::string{"second"}, found().value_or(""));
    }

    void same_key_opens_the_store_again() {
        store_.reopen();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, store_.number("SELECT COUNT(*) FROM store_fact"));
    }

    void other_bytes_under_the_same_name_are_another_stores_key() {
        const auto fault = fault_with({key("k1", 9)});
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Keys, fault.kind());
        CPPUNIT_ASSERT(std::string{fault.what()}.find("another store's") != std::string::npos);
    }

    void a_key_that_never_wrote_here_is_not_enough() {
        const auto fault = fault_with({key("k2", 7)});
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Keys, fault.kind());
        CPPUNIT_ASSERT(std::string{fault.what()}.find("missing (k1); restore them") !=
                       std::string::npos);
    }

    void new_key_beside_the_old_one_is_remembered() {
        open_with({key("k2", 8), key("k1", 7)});
        open_with({key("k1", 7), key("k2", 8)});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, store_.number("SELECT COUNT(*) FROM store_fact"));
    }

    void says_missing(const std::string& ids, std::vector<RootKey> keys) {
        const auto fault = fault_with(std::move(keys));
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Keys, fault.kind());
        CPPUNIT_ASSERT(std::string{fault.what()}.find("missing (" + ids + "); restore") !=
                       std::string::npos);
    }

    void new_key_without_the_old_one_is_refused_and_the_missing_one_named() {
        open_with({key("k2", 8), key("k1", 7)});
        says_missing("k1", {key("k2", 8)});
    }

    void old_key_without_the_new_one_is_refused_and_the_missing_one_named() {
        open_with({key("k2", 8), key("k1", 7)});
        says_missing("k2", {key("k1", 7)});
    }

    void a_key_that_has_written_nothing_may_go() {
        open_with({key("k1", 7), key("k2", 8)});
        CPPUNIT_ASSERT_NO_THROW(open_with({key("k1", 7)}));
    }

    void many_missing_keys_leave_room_for_the_mend() {
        const std::vector<RootKey> all{key("k6", 6), key("k5", 5), key("k4", 4),
                                       key("k3", 3), key("k2", 2), key("k1", 7)};
        for (std::size_t writing = 6; writing-- > 0;)
            open_with({all.begin() + static_cast<std::ptrdiff_t>(writing), all.end()});
        says_missing("k1, k2, k3, k4 and 1 more", {all.front()});
    }

    void wrong_keys_are_named() {
        open_with({key("k2", 8), key("k1", 7)});
        const std::string what = fault_with({key("k2", 1), key("k1", 2)}).what();
        CPPUNIT_ASSERT(what.find("(k1, k2)") != std::string::npos);
    }

    void wrong_keys_are_found_before_an_old_store_is_migrated() {
        store_.close();
        store_.tamper("DELETE FROM schema_migration WHERE number > 1");
        const auto before = store_.bytes();
        static_cast<void>(fault_with({key("k1", 9)}));
        CPPUNIT_ASSERT(before == store_.bytes());
    }

    void wrong_old_key_beside_a_new_one_is_refused() {
        const auto fault = fault_with({key("k2", 8), key("k1", 9)});
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Keys, fault.kind());
    }

    void refused_keys_leave_no_trace() {
        static_cast<void>(fault_with({key("k2", 8)}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, store_.number("SELECT COUNT(*) FROM store_fact"));
    }

    void store_holds_no_byte_of_the_key() {
        const auto bytes = store_.bytes();
        CPPUNIT_ASSERT(bytes.find(std::string(32, '\x07')) == std::string::npos);
        CPPUNIT_ASSERT(bytes.find("0707070707070707") == std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FactTableTest);

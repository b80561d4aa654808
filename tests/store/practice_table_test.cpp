// SPDX-License-Identifier: Apache-2.0
#include "store/practice_table.hpp"

#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/audit_verify.hpp"
#include "store/patient_table.hpp"
#include "store/relay_table.hpp"
#include "store/report_counts.hpp"
#include "store/report_table.hpp"
#include "store/search_index.hpp"
#include "support/store_check.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <thread>
#include <vector>

using namespace ppo;

/// Practices "a" and "b" in one file, beside the one without a name.
class PracticeTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PracticeTableTest);
    CPPUNIT_TEST(the_practice_without_a_name_is_the_first);
    CPPUNIT_TEST(a_practice_keeps_its_number);
    CPPUNIT_TEST(several_at_once_add_a_practice_once);
    CPPUNIT_TEST(a_new_practice_begins_with_an_empty_record_and_a_fresh_relay);
    CPPUNIT_TEST(both_have_a_patient_of_the_same_id);
    CPPUNIT_TEST(a_username_is_taken_within_its_practice_alone);
    CPPUNIT_TEST(search_finds_within_its_practice_alone);
    CPPUNIT_TEST(counts_are_of_its_practice_alone);
    CPPUNIT_TEST(records_are_chained_and_verified_apart);
    CPPUNIT_TEST(store_check_looks_at_every_practice);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    std::unique_ptr<Database> a_{};
    std::unique_ptr<Database> b_{};

public:
    void setUp() override {
        a_ = open("a");
        b_ = open("b");
    }
    void tearDown() override {
        a_.reset();
        b_.reset();
    }

    void the_practice_without_a_name_is_the_first() {
        CPPUNIT_ASSERT(number_of("") == only_practice);
    }

    void a_practice_keeps_its_number() {
        const auto before = number_of("b");
        b_ = open("b");
        CPPUNIT_ASSERT(before == number_of("b"));
        CPPUNIT_ASSERT(number_of("a") != before);
        CPPUNIT_ASSERT(!number_of("c"));
    }

    void several_at_once_add_a_practice_once() {
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) threads.emplace_back([this] { open("c").reset(); });
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{1},
            store_.number("SELECT COUNT(*) FROM practice WHERE practice_id = 'c'"));
    }

    void a_new_practice_begins_with_an_empty_record_and_a_fresh_relay() {
        Reading reading{*a_};
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, audit_head(reading).sequence);
        CPPUNIT_ASSERT(!read_relay(reading).broken_since);
    }

    void both_have_a_patient_of_the_same_id() {
        add(*a_, anna());
        auto other = bruno("P001");
        add(*b_, other);
        CPPUNIT_ASSERT_EQUAL(std::string{"Winter"}, account(*a_).patient.last_name);
        CPPUNIT_ASSERT_EQUAL(other.last_name, account(*b_).patient.last_name);
    }

    void a_username_is_taken_within_its_practice_alone() {
        const auto name = prepare_username("anna.w").value();
        for (auto* database : {a_.get(), b_.get()}) {
            add(*database, anna());
            add(*database, anna("P002"));
            Transaction transaction{*database};
            CPPUNIT_ASSERT(claim_username(transaction, "P001", name));
            CPPUNIT_ASSERT(!claim_username(transaction, "P002", name));
            transaction.commit();
        }
    }

    void search_finds_within_its_practice_alone() {
        add(*a_, anna());
        add(*b_, bruno("P001"));
        for (const bool indexed : {false, true}) {
            if (indexed) index();
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found(*a_, "winter"));
            CPPUNIT_ASSERT_EQUAL(std::size_t{0}, found(*b_, "winter"));
        }
    }

    void counts_are_of_its_practice_alone() {
        add(*a_, anna());
        add(*a_, anna("P002"));
        add(*b_, bruno("P001"));
        Reading a{*a_};
        Reading b{*b_};
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, count_report(a, {}, noon).patients);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count_report(b, {}, noon).patients);
    }

    void records_are_chained_and_verified_apart() {
        for (auto* database : {a_.get(), b_.get(), a_.get()}) {
            Transaction transaction{*database};
            record(transaction, {.action = "tested"}, nurse, noon);
            transaction.commit();
        }
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, verify_audit(*a_).entries);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, verify_audit(*b_).entries);
        store_.tamper("UPDATE audit SET detail = 'x' WHERE sequence = 1 AND practice = " +
                      std::to_string(*number_of("a")));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, verify_audit(*a_).first_bad);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, verify_audit(*b_).first_bad);
        // What b wrote is worth nothing as an entry of a, though the root keys are the same.
        store_.tamper("DELETE FROM audit WHERE practice = " + std::to_string(*number_of("a")) +
                      "; UPDATE audit SET practice = " + std::to_string(*number_of("a")));
        CPPUNIT_ASSERT(verify_audit(*a_).flaw == AuditFlaw::Altered);
    }

    void store_check_looks_at_every_practice() {
        add(*a_, anna());
        add(*b_, bruno("P001"));
        index();
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue_words(find_untrue(store_.path())));
        for (const auto* id : {"a", "b"}) {
            store_.tamper("UPDATE patient SET marks = marks + 1 WHERE practice = " +
                          std::to_string(*number_of(id)));
            CPPUNIT_ASSERT(untrue_words(find_untrue(store_.path())).find("marks in row") !=
                           std::string::npos);
            store_.tamper("UPDATE patient SET marks = marks - 1 WHERE practice = " +
                          std::to_string(*number_of(id)));
        }
    }

private:
    std::unique_ptr<Database> open(const std::string& practice_id) {
        return std::make_unique<Database>(store_.path(), test_keyring(), practice_id);
    }
    std::optional<std::int64_t> number_of(const std::string& practice_id) {
        return store_.ask([&](Connection& c) { return find_practice(c, practice_id); });
    }
    static void add(Database& database, const Patient& patient) {
        Transaction transaction{database};
        put_patient(transaction, patient);
        transaction.commit();
    }
    static Account account(Database& database) {
        Reading reading{database};
        return find_account(reading, "P001").value();
    }
    void index() {
        for (auto* database : {a_.get(), b_.get()})
            while (extend_search_index(*database)) continue;
    }
    static std::size_t found(Database& database, const std::string& name) {
        ReportQuery query;
        query.search = name;
        Reading reading{database};
        return read_report(reading, query, std::nullopt, false, 10, noon).size();
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PracticeTableTest);

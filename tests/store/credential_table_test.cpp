// SPDX-License-Identifier: Apache-2.0
#include "store/credential_table.hpp"

#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class CredentialTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CredentialTableTest);
    CPPUNIT_TEST(nobody_has_one_at_first);
    CPPUNIT_TEST(stored_one_comes_back);
    CPPUNIT_TEST(new_password_forgets_the_failures_against_the_old);
    CPPUNIT_TEST(failures_are_counted_one_by_one);
    CPPUNIT_TEST(failures_of_nobody_are_none);
    CPPUNIT_TEST(forgetting_ends_the_wait_too);
    CPPUNIT_TEST(hash_is_replaced_only_where_it_is_still_the_old_one);
    CPPUNIT_TEST(password_in_use_does_not_lapse);
    CPPUNIT_TEST(dropped_one_is_gone);
    CPPUNIT_TEST(row_of_the_patient_says_when_it_lapses);
    CPPUNIT_TEST(disabled_password_is_a_mark_that_stays_until_it_is_forgotten);
    CPPUNIT_TEST(new_password_is_not_disabled);
    CPPUNIT_TEST(failures_move_with_the_password);
    CPPUNIT_TEST(unknown_patient_cannot_have_one);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    std::optional<Credential> find() {
        return store_.ask(
            [](Connection& connection) { return find_credential(connection, "P001"); });
    }
    template <class Action>
    void change(Action action) {
        store_.change("P001", action);
    }

public:
    void setUp() override { store_.add(anna()); }

    void nobody_has_one_at_first() { CPPUNIT_ASSERT(!find()); }

    void stored_one_comes_back() {
        change([](Transaction& t) { put_credential(t, "P001", "sealed", noon, noon); });
        const auto credential = find();
        CPPUNIT_ASSERT_EQUAL(std::string{"sealed"}, credential->sealed_password);
        CPPUNIT_ASSERT(credential->lapses_at == noon && credential->failures == 0);
    }

    void new_password_forgets_the_failures_against_the_old() {
        change([](Transaction& t) {
            put_credential(t, "P001", "old", noon, noon);
            CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count_failure(t, "P001"));
            put_sign_in_wait(t, "P001", noon);
            put_credential(t, "P001", "new", std::nullopt, noon);
        });
        const auto credential = find();
        CPPUNIT_ASSERT_EQUAL(std::string{"new"}, credential->sealed_password);
        CPPUNIT_ASSERT(credential->failures == 0 && !credential->wait_until &&
                       !credential->lapses_at);
    }

    void failures_are_counted_one_by_one() {
        change([](Transaction& t) {
            put_credential(t, "P001", "sealed", std::nullopt, noon);
            for (std::int64_t i = 1; i <= 3; ++i) CPPUNIT_ASSERT_EQUAL(i, count_failure(t, "P001"));
        });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, find()->failures);
    }

    void failures_of_nobody_are_none() {
        Transaction transaction{store_};
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, count_failure(transaction, "P001"));
    }

    void forgetting_ends_the_wait_too() {
        change([](Transaction& t) {
            put_credential(t, "P001", "sealed", std::nullopt, noon);
            CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count_failure(t, "P001"));
            put_sign_in_wait(t, "P001", noon);
            forget_failures(t, "P001");
        });
        CPPUNIT_ASSERT(find()->failures == 0 && !find()->wait_until);
    }

    void hash_is_replaced_only_where_it_is_still_the_old_one() {
        change([](Transaction& t) {
            put_credential(t, "P001", "old", std::nullopt, noon);
            CPPUNIT_ASSERT(!replace_hash(t, "P001", "older", "wrong"));
            CPPUNIT_ASSERT(replace_hash(t, "P001", "old", "stronger"));
        });
        CPPUNIT_ASSERT_EQUAL(std::string{"stronger"}, find()->sealed_password);
    }

    void password_in_use_does_not_lapse() {
        change([](Transaction& t) {
            put_credential(t, "P001", "sealed", noon, noon);
            keep_credential(t, "P001");
        });
        CPPUNIT_ASSERT(!find()->lapses_at);
    }

    void dropped_one_is_gone() {
        change([](Transaction& t) {
            put_credential(t, "P001", "sealed", std::nullopt, noon);
            drop_credential(t, "P001");
        });
        CPPUNIT_ASSERT(!find());
    }

    void row_of_the_patient_says_when_it_lapses() {
        const auto lapses = [this] { return store_.account("P001").facts.password_lapses_at; };
        const auto later = noon + std::chrono::hours{1};
        change([&](Transaction& t) { put_credential(t, "P001", "sealed", later, noon); });
        CPPUNIT_ASSERT(lapses() == later);
        change([](Transaction& t) { keep_credential(t, "P001"); });
        CPPUNIT_ASSERT(!lapses());
        change([&](Transaction& t) { put_credential(t, "P001", "sealed", later, noon); });
        change([](Transaction& t) { put_credential(t, "P001", "other", std::nullopt, noon); });
        CPPUNIT_ASSERT(!lapses());
        change([&](Transaction& t) { put_credential(t, "P001", "sealed", later, noon); });
        change([](Transaction& t) { drop_credential(t, "P001"); });
        CPPUNIT_ASSERT(!lapses());
    }

    void disabled_password_is_a_mark_that_stays_until_it_is_forgotten() {
        change([](Transaction& t) {
            put_credential(t, "P001", "sealed", std::nullopt, noon);
            disable_password(t, "P001");
        });
        CPPUNIT_ASSERT(store_.account("P001").marks.has(Mark::Locked));
        change([](Transaction& t) { forget_failures(t, "P001"); });
        CPPUNIT_ASSERT(!store_.account("P001").marks.has(Mark::Locked));
    }

    void new_password_is_not_disabled() {
        change([](Transaction& t) {
            put_credential(t, "P001", "sealed", std::nullopt, noon);
            disable_password(t, "P001");
            put_credential(t, "P001", "other", std::nullopt, noon);
        });
        CPPUNIT_ASSERT(!store_.account("P001").facts.password_disabled);
    }

    void failures_move_with_the_password() {
        change([](Transaction& t) {
            put_credential(t, "P001", "sealed", std::nullopt, noon);
            put_failures(t, "P001", 7, noon);
        });
        CPPUNIT_ASSERT(find()->failures == 7 && find()->wait_until == noon);
    }

    void unknown_patient_cannot_have_one() {
        Transaction transaction{store_};
        static_cast<void>(
            fault_of([&] { put_credential(transaction, "P404", "sealed", std::nullopt, noon); }));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CredentialTableTest);

// SPDX-License-Identifier: Apache-2.0
#include "store/account_table.hpp"

#include "store/patient_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <future>
#include <memory>
#include <vector>

using namespace ppo;

class AccountTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccountTableTest);
    CPPUNIT_TEST(username_belongs_to_the_first);
    CPPUNIT_TEST(letter_case_and_width_make_no_other_username);
    CPPUNIT_TEST(look_alikes_make_no_other_username);
    CPPUNIT_TEST(own_username_can_be_claimed_again_in_other_letters);
    CPPUNIT_TEST(the_store_itself_refuses_a_second_one);
    CPPUNIT_TEST(of_sixteen_who_claim_one_username_one_gets_it);
    CPPUNIT_TEST(of_sixteen_who_claim_look_alikes_one_gets_it);
    CPPUNIT_TEST(hint_says_taken_for_others_and_look_alikes_only);
    CPPUNIT_TEST(username_of_a_hidden_patient_stays_taken);
    CPPUNIT_TEST(holder_is_found_by_key);
    CPPUNIT_TEST(dropped_username_is_free_again);
    CPPUNIT_TEST(access_says_whether_it_changed);
    CPPUNIT_TEST(first_times_are_kept_and_last_times_move);
    CPPUNIT_TEST(new_invitation_starts_without_bounce_and_address_change);
    CPPUNIT_TEST(restated_row_agrees_with_its_facts);
    CPPUNIT_TEST(state_of_a_mail_brings_status_and_marks_along);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    static Username name(const std::string& typed) { return prepare_username(typed).value(); }

    bool claim(Database& database, const std::string& id, const std::string& typed) {
        Transaction transaction{database};
        if (!claim_username(transaction, id, name(typed))) return false;
        transaction.commit();
        return true;
    }

    bool is_taken(const std::string& id, const std::string& typed) {
        return store_.ask([&](Connection& c) { return is_username_taken(c, id, name(typed)); });
    }

    /// How many of 16 threads, spread over four processes' worth of stores, get the name they want.
    int winners(const std::vector<std::string>& wanted) {
        for (int i = 0; i < 16; ++i) store_.add(anna("R" + std::to_string(i)));
        std::vector<std::unique_ptr<Database>> databases;
        for (int i = 0; i < 4; ++i)
            databases.push_back(std::make_unique<Database>(store_.path(), test_keyring()));
        std::promise<void> start;
        const auto started = start.get_future().share();
        std::vector<std::future<bool>> claims;
        for (std::size_t i = 0; i < 16; ++i)
            claims.push_back(std::async(std::launch::async, [&, i] {
                started.wait();
                return claim(*databases[i % 4], "R" + std::to_string(i), wanted[i % wanted.size()]);
            }));
        start.set_value();
        int won = 0;
        for (auto& one : claims) won += one.get() ? 1 : 0;
        return won;
    }

public:
    void setUp() override {
        store_.add(anna("P001"));
        store_.add(bruno("P002"));
    }

    void username_belongs_to_the_first() {
        CPPUNIT_ASSERT(claim(store_, "P001", "anna.w"));
        CPPUNIT_ASSERT(!claim(store_, "P002", "anna.w"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, store_.account("P002").username);
    }

    void letter_case_and_width_make_no_other_username() {
        CPPUNIT_ASSERT(claim(store_, "P001", "anna.w"));
        for (const auto* typed : {"ANNA.W", "Anna.w", "ａnna.w"})
            CPPUNIT_ASSERT_MESSAGE(typed, !claim(store_, "P002", typed));
    }

    void look_alikes_make_no_other_username() {
        CPPUNIT_ASSERT(claim(store_, "P001", "paul01"));
        for (const auto* typed : {"рaul01", "pau101"})
            CPPUNIT_ASSERT_MESSAGE(typed, !claim(store_, "P002", typed));
    }

    void own_username_can_be_claimed_again_in_other_letters() {
        CPPUNIT_ASSERT(claim(store_, "P001", "anna.w"));
        CPPUNIT_ASSERT(claim(store_, "P001", "Anna.W"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Anna.W"}, store_.account("P001").username);
    }

    void the_store_itself_refuses_a_second_one() {
        CPPUNIT_ASSERT(claim(store_, "P001", "anna.w"));
        for (const auto* column : {"username_key", "username_skeleton"})
            static_cast<void>(fault_of([&] {
                const std::string set = std::string{column} + " = (SELECT " + column +
                                        " FROM patient WHERE patient_id = 'P001')";
                store_.tamper("UPDATE patient SET " + set + " WHERE patient_id = 'P002'");
            }));
    }

    void of_sixteen_who_claim_one_username_one_gets_it() {
        CPPUNIT_ASSERT_EQUAL(1, winners({"wanted"}));
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{1},
            store_.number("SELECT COUNT(*) FROM patient WHERE username_key = 'wanted'"));
    }

    void of_sixteen_who_claim_look_alikes_one_gets_it() {
        CPPUNIT_ASSERT_EQUAL(1, winners({"paul01", "PAUL01", "рaul01", "pau101"}));
    }

    void hint_says_taken_for_others_and_look_alikes_only() {
        CPPUNIT_ASSERT(claim(store_, "P001", "paul01"));
        CPPUNIT_ASSERT(is_taken("P002", "PAUL01"));
        CPPUNIT_ASSERT(is_taken("P002", "рaul01"));
        CPPUNIT_ASSERT(!is_taken("P001", "paul01"));
        CPPUNIT_ASSERT(!is_taken("P002", "paul02"));
    }

    void username_of_a_hidden_patient_stays_taken() {
        CPPUNIT_ASSERT(claim(store_, "P001", "anna.w"));
        store_.change("P001", [](Transaction& t) { hide_patient(t, "P001"); });
        CPPUNIT_ASSERT(!claim(store_, "P002", "anna.w"));
    }

    void holder_is_found_by_key() {
        CPPUNIT_ASSERT(claim(store_, "P001", "Anna.W"));
        const auto holder = [this](const std::string& typed) {
            return store_.ask(
                [&](Connection& c) { return patient_with_username(c, name(typed).key); });
        };
        CPPUNIT_ASSERT_EQUAL(std::string{"P001"}, holder("ANNA.w").value());
        CPPUNIT_ASSERT(!holder("anna.x"));
    }

    void dropped_username_is_free_again() {
        CPPUNIT_ASSERT(claim(store_, "P001", "anna.w"));
        store_.change("P001", [](Transaction& t) { drop_username(t, "P001"); });
        CPPUNIT_ASSERT(claim(store_, "P002", "anna.w"));
    }

    void access_says_whether_it_changed() {
        Transaction transaction{store_};
        CPPUNIT_ASSERT(!put_access(transaction, "P001", true));
        CPPUNIT_ASSERT(put_access(transaction, "P001", false));
        CPPUNIT_ASSERT(!put_access(transaction, "P404", false));
    }

    void first_times_are_kept_and_last_times_move() {
        const auto later = noon + std::chrono::hours{1};
        for (const auto at : {noon, later})
            store_.change("P001", [at](Transaction& t) {
                put_invited(t, "P001", at);
                put_signed_in(t, "P001", at);
            });
        const auto account = store_.account("P001");
        CPPUNIT_ASSERT(account.facts.credentials_issued_at == noon);
        CPPUNIT_ASSERT(account.facts.first_signed_in_at == noon);
        CPPUNIT_ASSERT(account.last_invited_at == later && account.last_signed_in_at == later);
    }

    void new_invitation_starts_without_bounce_and_address_change() {
        store_.change("P001", [](Transaction& t) {
            put_mail_state(t, "P001", MailState::Bounced);
            put_address_changed(t, "P001", true);
        });
        store_.change("P001", [](Transaction& t) { put_mail_state(t, "P001", MailState::Queued); });
        const auto marks = store_.account("P001").marks;
        CPPUNIT_ASSERT(!marks.has(Mark::Bounced) && !marks.has(Mark::AddressChanged));
    }

    void restated_row_agrees_with_its_facts() {
        store_.change("P001", [](Transaction& t) {
            put_password_facts(t, "P001", {true, true, true});
            put_credentials_issued(t, "P001", noon);
            put_mail_state(t, "P001", MailState::Failed);
        });
        const auto account = store_.account("P001");
        CPPUNIT_ASSERT_EQUAL(portal_status(account.facts), account.status);
        CPPUNIT_ASSERT(lasting_marks(account.facts) == account.marks);
        CPPUNIT_ASSERT(account.marks.has(Mark::Failed) &&
                       account.marks.has(Mark::MustChangePassword));
    }

    void state_of_a_mail_brings_status_and_marks_along() {
        for (const auto state : {MailState::Queued, MailState::Deferred, MailState::Sent,
                                 MailState::Queued, MailState::Unknown, MailState::Failed}) {
            const bool is_sent = state == MailState::Sent;
            {
                Transaction transaction{store_};
                put_mail_state(transaction, "P001", state,
                               is_sent ? std::optional{noon} : std::nullopt);
                transaction.commit();
            }
            const auto account = store_.account("P001");
            CPPUNIT_ASSERT_EQUAL(state, account.facts.mail_state);
            CPPUNIT_ASSERT_EQUAL(portal_status(account.facts), account.status);
            CPPUNIT_ASSERT(lasting_marks(account.facts) == account.marks);
        }
        CPPUNIT_ASSERT(store_.account("P001").last_invited_at == noon);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AccountTableTest);

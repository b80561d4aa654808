// SPDX-License-Identifier: Apache-2.0
#include "selfservice/sign_in.hpp"

#include "credentials/set_credentials.hpp"
#include "domain/refusal_sentence.hpp"
#include "onboarding/access.hpp"
#include "onboarding/patients.hpp"
#include "selfservice/link_fixture.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/credential_table.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

using namespace ppo;
using std::chrono::minutes;
using std::chrono::seconds;

class SignInTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SignInTest);
    CPPUNIT_TEST(says_who_signed_in);
    CPPUNIT_TEST(takes_the_username_in_any_letter_case);
    CPPUNIT_TEST(turns_the_row_green);
    CPPUNIT_TEST(keeps_the_first_sign_in_and_moves_the_last);
    CPPUNIT_TEST(refuses_a_wrong_password);
    CPPUNIT_TEST(answers_every_refusal_alike);
    CPPUNIT_TEST(takes_the_password_of_staff_until_it_lapses);
    CPPUNIT_TEST(keeps_the_password_of_staff_once_it_was_used);
    CPPUNIT_TEST(says_that_the_password_must_be_changed);
    CPPUNIT_TEST(lets_four_wrong_passwords_pass_without_a_wait);
    CPPUNIT_TEST(waits_grow_from_half_a_minute_to_an_hour);
    CPPUNIT_TEST(does_not_count_what_comes_during_a_wait);
    CPPUNIT_TEST(forgets_the_failures_after_a_success);
    CPPUNIT_TEST(renews_a_hash_of_lower_cost);
    CPPUNIT_TEST(seals_anew_what_an_older_key_sealed);
    CPPUNIT_TEST(right_password_while_another_sign_in_renews_the_hash_is_taken);
    CPPUNIT_TEST(keeps_the_door_open_for_a_name_that_is_reserved_by_now);
    CPPUNIT_TEST(stays_green_when_access_goes_off_and_on);
    CPPUNIT_TEST(records_success_and_refusal);
    CPPUNIT_TEST(records_a_visitor_whom_nobody_knows_without_what_was_typed);
    CPPUNIT_TEST(changes_the_password);
    CPPUNIT_TEST(change_ends_the_duty_to_change);
    CPPUNIT_TEST(change_kills_the_open_link);
    CPPUNIT_TEST(change_mails_a_notice);
    CPPUNIT_TEST(change_refuses_a_wrong_current_password_and_counts_it);
    CPPUNIT_TEST(change_refuses_the_same_password_again);
    CPPUNIT_TEST(change_knows_the_same_password_from_another_keyboard);
    CPPUNIT_TEST(change_makes_wait_like_a_sign_in_and_is_refused_meanwhile);
    CPPUNIT_TEST(change_ends_the_waits);
    CPPUNIT_TEST(change_refuses_a_guessable_password);
    CPPUNIT_TEST(change_refuses_an_empty_password_by_its_field);
    CPPUNIT_TEST(change_refuses_who_has_no_access);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { it_.emplace(); }

    void tearDown() override { it_.reset(); }

    void says_who_signed_in() {
        it_->set_up("anna.w", it_->good);
        const auto who = enter("anna.w", it_->good);
        CPPUNIT_ASSERT_EQUAL(std::string{"P001"}, who->patient_id);
        CPPUNIT_ASSERT_EQUAL(std::string{"Anna"}, who->first_name);
        CPPUNIT_ASSERT_EQUAL(std::string{"anna.w"}, who->username);
        CPPUNIT_ASSERT(!who->must_change_password);
    }

    void takes_the_username_in_any_letter_case() {
        it_->set_up("Anna.W", it_->good);
        CPPUNIT_ASSERT(enter("aNNA.w", it_->good));
    }

    void turns_the_row_green() {
        it_->set_up("anna.w", it_->good);
        CPPUNIT_ASSERT(enter("anna.w", it_->good));
        CPPUNIT_ASSERT(it_->store.account("P001").status == PortalStatus::SignedIn);
    }

    void keeps_the_first_sign_in_and_moves_the_last() {
        it_->set_up("anna.w", it_->good);
        CPPUNIT_ASSERT(enter("anna.w", it_->good));
        CPPUNIT_ASSERT(enter("anna.w", it_->good, noon + minutes{9}));
        const auto account = it_->store.account("P001");
        CPPUNIT_ASSERT(account.facts.first_signed_in_at == noon);
        CPPUNIT_ASSERT(account.last_signed_in_at == noon + minutes{9});
    }

    void refuses_a_wrong_password() {
        it_->set_up("anna.w", it_->good);
        CPPUNIT_ASSERT(!enter("anna.w", it_->other));
        CPPUNIT_ASSERT(it_->store.account("P001").status == PortalStatus::Invited);
    }

    void answers_every_refusal_alike() {
        it_->set_up("anna.w", it_->good);
        is_neutral(enter("nobody.here", it_->good));
        is_neutral(enter("", ""));
        is_neutral(enter("anna.w", it_->other));
        is_neutral(enter("anna.w", ""));
        CPPUNIT_ASSERT(set_access(it_->store, "P001", false, nurse, noon));
        is_neutral(enter("anna.w", it_->good));
        CPPUNIT_ASSERT(set_access(it_->store, "P001", true, nurse, noon));
        auto patient = anna();
        for (const auto closed : {ChartStatus::Inactive, ChartStatus::Deceased}) {
            patient.chart_status = closed;
            it_->store.add(patient);
            is_neutral(enter("anna.w", it_->good));
        }
        it_->store.add(anna());
        fail(4);
        is_neutral(enter("anna.w", it_->good));  // Waiting.
        set_by_staff("bruno.n", it_->other);
        is_neutral(enter("bruno.n", it_->other, noon + it_->practice.staff_password));  // Lapsed.
        CPPUNIT_ASSERT(remove_patient(it_->store, "P001", noon));
        is_neutral(enter("anna.w", it_->good, noon + minutes{5}));
    }

    void takes_the_password_of_staff_until_it_lapses() {
        set_by_staff("bruno.n", it_->other);
        const auto lapses = noon + it_->practice.staff_password;
        CPPUNIT_ASSERT(!enter("bruno.n", it_->other, lapses));
        CPPUNIT_ASSERT(enter("bruno.n", it_->other, lapses - std::chrono::milliseconds{1}));
    }

    void keeps_the_password_of_staff_once_it_was_used() {
        set_by_staff("bruno.n", it_->other);
        CPPUNIT_ASSERT(enter("bruno.n", it_->other));
        CPPUNIT_ASSERT(enter("bruno.n", it_->other, noon + it_->practice.staff_password));
    }

    void says_that_the_password_must_be_changed() {
        set_by_staff("bruno.n", it_->other);
        CPPUNIT_ASSERT(enter("bruno.n", it_->other)->must_change_password);
    }

    void lets_four_wrong_passwords_pass_without_a_wait() {
        it_->set_up("anna.w", it_->good);
        fail(4);
        CPPUNIT_ASSERT(enter("anna.w", it_->good));
    }

    void waits_grow_from_half_a_minute_to_an_hour() {
        it_->set_up("anna.w", it_->good);
        fail(4);
        auto now = noon;
        for (const auto wait : {seconds{30}, seconds{60}, seconds{120}, seconds{240}, seconds{480},
                                seconds{960}, seconds{1920}, seconds{3600}, seconds{3600}}) {
            CPPUNIT_ASSERT(!enter("anna.w", it_->other, now));
            CPPUNIT_ASSERT(credential().wait_until == now + wait);
            CPPUNIT_ASSERT(it_->store.account("P001").facts.locked_until == now + wait);
            now += wait;
        }
        CPPUNIT_ASSERT(enter("anna.w", it_->good, now));
    }

    void does_not_count_what_comes_during_a_wait() {
        it_->set_up("anna.w", it_->good);
        fail(5);
        fail(3);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, credential().failures);
        CPPUNIT_ASSERT(credential().wait_until == noon + seconds{30});
    }

    void forgets_the_failures_after_a_success() {
        it_->set_up("anna.w", it_->good);
        fail(4);
        CPPUNIT_ASSERT(enter("anna.w", it_->good));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, credential().failures);
        CPPUNIT_ASSERT(!it_->store.account("P001").facts.locked_until);
    }

    void renews_a_hash_of_lower_cost() {
        it_->set_up("anna.w", it_->good);
        PasswordHasher dearer{{32'768, 2}};
        const auto before = credential().sealed_password;
        CPPUNIT_ASSERT(
            sign_in(it_->store, dearer, it_->practice, "anna.w", it_->good, it_->visitor, noon));
        const auto after = credential().sealed_password;
        CPPUNIT_ASSERT(before != after);
        CPPUNIT_ASSERT(
            sign_in(it_->store, dearer, it_->practice, "anna.w", it_->good, it_->visitor, noon));
        CPPUNIT_ASSERT(after == credential().sealed_password);
    }

    void seals_anew_what_an_older_key_sealed() {
        it_->set_up("anna.w", it_->good);
        it_->store.close();
        RootKey old_one{"k1", {}};
        RootKey new_one{"k2", {}};
        old_one.bytes.fill(7);
        new_one.bytes.fill(8);
        const auto sealed = [](Database& database) {
            Reading reading{database};
            return find_credential(reading, "P001").value().sealed_password;
        };
        const auto lets_in = [&](Database& database) {
            return bool{sign_in(database, LinkFixture::hasher(), it_->practice, "anna.w", it_->good,
                                it_->visitor, noon)};
        };
        Database rotated{it_->store.path(), Keyring{{new_one, old_one}}};
        CPPUNIT_ASSERT(sealed(rotated).starts_with("k1:"));
        CPPUNIT_ASSERT(lets_in(rotated));
        const auto once = sealed(rotated);
        CPPUNIT_ASSERT(once.starts_with("k2:"));
        CPPUNIT_ASSERT(lets_in(rotated));
        CPPUNIT_ASSERT_EQUAL(once, sealed(rotated));
    }

    void right_password_while_another_sign_in_renews_the_hash_is_taken() {
        it_->set_up("anna.w", it_->good);
        PasswordHasher dearer{{32'768, 2}, 4};
        std::atomic<int> refused{0};
        std::vector<std::thread> crowd;
        for (int i = 0; i < 8; ++i)
            crowd.emplace_back([&] {
                if (!sign_in(it_->store, dearer, it_->practice, "anna.w", it_->good, it_->visitor,
                             noon))
                    ++refused;
            });
        for (auto& one : crowd) one.join();
        CPPUNIT_ASSERT_EQUAL(0, refused.load());
    }

    void keeps_the_door_open_for_a_name_that_is_reserved_by_now() {
        it_->set_up("anna.w", it_->good);
        it_->store.tamper(
            "UPDATE patient SET username = 'portaI', username_key = 'portai' "
            "WHERE patient_id = 'P001'");
        CPPUNIT_ASSERT(!prepare_username("portaI"));
        CPPUNIT_ASSERT(enter("portaI", it_->good));
    }

    void stays_green_when_access_goes_off_and_on() {
        it_->set_up("anna.w", it_->good);
        CPPUNIT_ASSERT(enter("anna.w", it_->good));
        CPPUNIT_ASSERT(set_access(it_->store, "P001", false, nurse, noon));
        CPPUNIT_ASSERT(set_access(it_->store, "P001", true, nurse, noon));
        CPPUNIT_ASSERT(it_->store.account("P001").status == PortalStatus::SignedIn);
        CPPUNIT_ASSERT(enter("anna.w", it_->good));
    }

    void records_success_and_refusal() {
        it_->set_up("anna.w", it_->good);
        CPPUNIT_ASSERT(!enter("anna.w", it_->other));
        CPPUNIT_ASSERT(enter("anna.w", it_->good));
        const auto entries = it_->store.ask(
            [](Connection& connection) { return latest_audit(connection, "P001", 2); });
        CPPUNIT_ASSERT_EQUAL(std::string{"signed_in done"},
                             entries[0].action + " " + entries[0].outcome);
        CPPUNIT_ASSERT_EQUAL(std::string{"signed_in refused_sign_in"},
                             entries[1].action + " " + entries[1].outcome);
    }

    void records_a_visitor_whom_nobody_knows_without_what_was_typed() {
        CPPUNIT_ASSERT(!enter("somebodys.name", it_->good));
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{1},
            it_->store.number("SELECT COUNT(*) FROM audit WHERE action = 'signed_in'"));
        CPPUNIT_ASSERT(it_->store.bytes().find("somebodys.name") == std::string::npos);
    }

    void changes_the_password() {
        it_->set_up("anna.w", it_->good);
        CPPUNIT_ASSERT(change(it_->good, it_->other));
        CPPUNIT_ASSERT(!enter("anna.w", it_->good));
        CPPUNIT_ASSERT(enter("anna.w", it_->other));
    }

    void change_ends_the_duty_to_change() {
        set_by_staff("bruno.n", it_->other);
        CPPUNIT_ASSERT(change(it_->other, it_->good, "P002"));
        CPPUNIT_ASSERT(!enter("bruno.n", it_->good)->must_change_password);
        CPPUNIT_ASSERT(!it_->store.account("P002").facts.password_set_by_staff);
    }

    void change_kills_the_open_link() {
        it_->set_up("anna.w", it_->good);
        const auto link = it_->invite("P001", noon + minutes{3});
        CPPUNIT_ASSERT(change(it_->good, it_->other));
        CPPUNIT_ASSERT(open_link(it_->store, it_->practice, link, noon + minutes{3}).dead ==
                       Refusal::LinkCredentialsChanged);
    }

    void change_mails_a_notice() {
        it_->set_up("anna.w", it_->good);
        CPPUNIT_ASSERT(change(it_->good, it_->other));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1},
                             it_->store.number("SELECT COUNT(*) FROM outbox WHERE kind = 3"));
    }

    void change_refuses_a_wrong_current_password_and_counts_it() {
        it_->set_up("anna.w", it_->good);
        const auto refused = change("quite wrong one", it_->other).refusal();
        CPPUNIT_ASSERT(refused.reason == Refusal::SignIn);
        CPPUNIT_ASSERT_EQUAL(std::string{"current_password"}, refused.field);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, credential().failures);
    }

    void change_refuses_the_same_password_again() {
        it_->set_up("anna.w", it_->good);
        CPPUNIT_ASSERT(change(it_->good, it_->good).refusal().reason == Refusal::PasswordUnchanged);
        CPPUNIT_ASSERT_EQUAL(std::string{"This is the password that you have now. Choose another "
                                         "one."},
                             refusal_sentence(change(it_->good, it_->good).refusal(), "en"));
    }

    void change_knows_the_same_password_from_another_keyboard() {
        const std::string composed = "caf\u00E9 kettle orbit";
        it_->set_up("anna.w", composed);
        CPPUNIT_ASSERT(change(composed, "cafe\u0301 kettle orbit").refusal().reason ==
                       Refusal::PasswordUnchanged);
    }

    void change_makes_wait_like_a_sign_in_and_is_refused_meanwhile() {
        it_->set_up("anna.w", it_->good);
        for (int i = 0; i < 5; ++i) CPPUNIT_ASSERT(!change("quite wrong one", it_->other));
        CPPUNIT_ASSERT(credential().wait_until == noon + seconds{30});
        CPPUNIT_ASSERT(change(it_->good, it_->other).refusal().reason == Refusal::SignIn);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, credential().failures);
    }

    void change_ends_the_waits() {
        it_->set_up("anna.w", it_->good);
        fail(4);
        it_->store.change("P001",
                          [](Transaction& t) { put_locked_until(t, "P001", noon + minutes{1}); });
        CPPUNIT_ASSERT(change(it_->good, it_->other));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, credential().failures);
        CPPUNIT_ASSERT(!it_->store.account("P001").facts.locked_until);
    }

    void change_refuses_a_guessable_password() {
        it_->set_up("anna.w", it_->good);
        CPPUNIT_ASSERT(change(it_->good, "anna.w 1980").refusal().reason ==
                       Refusal::PasswordGuessable);
    }

    void change_refuses_an_empty_password_by_its_field() {
        it_->set_up("anna.w", it_->good);
        const auto refused = change(it_->good, "").refusal();
        CPPUNIT_ASSERT(refused.reason == Refusal::PasswordMissing);
        CPPUNIT_ASSERT_EQUAL(std::string{"password"}, refused.field);
    }

    void change_refuses_who_has_no_access() {
        it_->set_up("anna.w", it_->good);
        CPPUNIT_ASSERT(set_access(it_->store, "P001", false, nurse, noon));
        CPPUNIT_ASSERT(change(it_->good, it_->other).refusal().reason == Refusal::SignIn);
        CPPUNIT_ASSERT(change(it_->good, it_->other, "P404").refusal().reason == Refusal::SignIn);
    }

private:
    Result<SignedIn> enter(std::string_view username, std::string_view password,
                           UnixTime at = noon) {
        return sign_in(it_->store, LinkFixture::hasher(), it_->practice, username, password,
                       it_->visitor, at);
    }
    Result<PasswordChanged> change(std::string_view current, std::string_view next,
                                   std::string_view id = "P001") {
        return change_password(it_->store, LinkFixture::hasher(), it_->practice, id, current, next,
                               it_->visitor, noon);
    }
    void is_neutral(const Result<SignedIn>& answer) {
        CPPUNIT_ASSERT(!answer);
        CPPUNIT_ASSERT(answer.refusal().reason == Refusal::SignIn);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, std::int64_t{answer.refusal().retry_after.count()});
        CPPUNIT_ASSERT_EQUAL(std::string{}, answer.refusal().field + answer.refusal().advice);
    }
    void fail(int times) {
        for (int i = 0; i < times; ++i) CPPUNIT_ASSERT(!enter("anna.w", it_->other));
    }
    void set_by_staff(std::string_view username, std::string_view password) {
        CPPUNIT_ASSERT(set_credentials(it_->store, LinkFixture::hasher(), it_->practice, "P002",
                                       {username, password}, nurse, noon));
    }
    Credential credential() {
        return it_->store
            .ask([](Connection& connection) { return find_credential(connection, "P001"); })
            .value();
    }

    std::optional<LinkFixture> it_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(SignInTest);

// SPDX-License-Identifier: Apache-2.0
#include "selfservice/complete_setup.hpp"

#include "credentials/set_credentials.hpp"
#include "domain/refusal_sentence.hpp"
#include "onboarding/access.hpp"
#include "selfservice/link_fixture.hpp"
#include "selfservice/sign_in.hpp"
#include "store/audit_table.hpp"
#include "store/credential_table.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <array>
#include <atomic>
#include <optional>
#include <thread>
#include <vector>

using namespace ppo;

class CompleteSetupTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CompleteSetupTest);
    CPPUNIT_TEST(stores_what_the_patient_chose);
    CPPUNIT_TEST(consumes_the_link);
    CPPUNIT_TEST(signs_nobody_in);
    CPPUNIT_TEST(does_not_ask_to_change_the_password);
    CPPUNIT_TEST(keeps_the_username_on_file);
    CPPUNIT_TEST(refuses_another_username_than_the_one_on_file);
    CPPUNIT_TEST(refuses_to_go_without_a_username);
    CPPUNIT_TEST(refuses_an_empty_password_by_its_field);
    CPPUNIT_TEST(refuses_a_password_of_the_chosen_username);
    CPPUNIT_TEST(leaves_the_link_usable_after_each_refusal);
    CPPUNIT_TEST(says_taken_meanwhile_and_keeps_the_link);
    CPPUNIT_TEST(says_taken_for_a_look_alike_as_shown);
    CPPUNIT_TEST(username_set_by_staff_meanwhile_kills_the_link_with_its_sentence);
    CPPUNIT_TEST(fresh_link_after_that_takes_the_password_alone);
    CPPUNIT_TEST(refuses_a_wrong_birth_date);
    CPPUNIT_TEST(refuses_an_expired_link);
    CPPUNIT_TEST(refuses_a_link_whose_access_is_off);
    CPPUNIT_TEST(one_of_sixteen_wins_with_the_password_it_chose);
    CPPUNIT_TEST(tells_the_losers_that_the_link_was_used);
    CPPUNIT_TEST(says_that_a_password_was_replaced_and_mails_a_notice);
    CPPUNIT_TEST(lifts_the_wait_after_wrong_passwords);
    CPPUNIT_TEST(records_the_patient_and_where_from);
    CPPUNIT_TEST(holds_neither_link_nor_password_in_the_store);
    CPPUNIT_TEST(renewal_mails_a_fresh_link);
    CPPUNIT_TEST(renewal_of_a_usable_link_mails_nothing);
    CPPUNIT_TEST(renewal_of_an_unknown_link_looks_the_same);
    CPPUNIT_TEST(renewal_mails_once_within_the_cool_down);
    CPPUNIT_TEST(renewal_over_the_address_s_cap_looks_the_same);
    CPPUNIT_TEST(renewal_is_judged_again_before_it_mails);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { it_.emplace(); }

    void tearDown() override { it_.reset(); }

    void stores_what_the_patient_chose() {
        const auto done = it_->complete(it_->invite(), {"anna.w", it_->good});
        CPPUNIT_ASSERT_EQUAL(std::string{"P001"}, done->patient_id);
        CPPUNIT_ASSERT_EQUAL(std::string{"anna.w"}, it_->store.account("P001").username);
        CPPUNIT_ASSERT(can_sign_in("anna.w", it_->good));
    }

    void consumes_the_link() {
        const auto link = it_->invite();
        CPPUNIT_ASSERT(it_->complete(link, {"anna.w", it_->good}));
        CPPUNIT_ASSERT(it_->complete(link, {{}, it_->other}).refusal().reason == Refusal::LinkUsed);
        CPPUNIT_ASSERT(!can_sign_in("anna.w", it_->other));
    }

    void signs_nobody_in() {
        CPPUNIT_ASSERT(it_->complete(it_->invite(), {"anna.w", it_->good}));
        CPPUNIT_ASSERT(it_->store.account("P001").status == PortalStatus::Invited);
    }

    void does_not_ask_to_change_the_password() {
        CPPUNIT_ASSERT(it_->complete(it_->invite(), {"anna.w", it_->good}));
        CPPUNIT_ASSERT(!it_->store.account("P001").facts.must_change_password);
    }

    void keeps_the_username_on_file() {
        it_->store.set_up("P001", "anna.old");
        CPPUNIT_ASSERT(it_->complete(it_->invite(), {{}, it_->good}));
        CPPUNIT_ASSERT_EQUAL(std::string{"anna.old"}, it_->store.account("P001").username);
    }

    void refuses_another_username_than_the_one_on_file() {
        it_->store.set_up("P001", "anna.old");
        const auto done = it_->complete(it_->invite(), {"anna.new", it_->good});
        CPPUNIT_ASSERT(done.refusal().reason == Refusal::UsernameOnFile);
    }

    void refuses_to_go_without_a_username() {
        CPPUNIT_ASSERT(it_->complete(it_->invite(), {{}, it_->good}).refusal().reason ==
                       Refusal::UsernameMissing);
    }

    void refuses_an_empty_password_by_its_field() {
        const auto refused = it_->complete(it_->invite(), {"anna.w", ""}).refusal();
        CPPUNIT_ASSERT(refused.reason == Refusal::PasswordMissing);
        CPPUNIT_ASSERT_EQUAL(std::string{"password"}, refused.field);
    }

    void refuses_a_password_of_the_chosen_username() {
        const auto done = it_->complete(it_->invite(), {"zebrafinch", "zebrafinch1"});
        CPPUNIT_ASSERT(done.refusal().reason == Refusal::PasswordGuessable);
    }

    void leaves_the_link_usable_after_each_refusal() {
        const auto link = it_->invite();
        CPPUNIT_ASSERT(!it_->complete(link, {"ab", it_->good}));
        CPPUNIT_ASSERT(!it_->complete(link, {"anna.w", "short"}));
        CPPUNIT_ASSERT(!it_->complete(link, {"anna.w", "password"}));
        CPPUNIT_ASSERT(it_->complete(link, {"anna.w", it_->good}));
    }

    void says_taken_meanwhile_and_keeps_the_link() {
        it_->store.set_up("P002", "taken.name");
        const auto link = it_->invite();
        const auto refused = it_->complete(link, {"Taken.Name", it_->good}).refusal();
        CPPUNIT_ASSERT(refused.reason == Refusal::UsernameTaken);
        CPPUNIT_ASSERT_EQUAL(std::string{"username"}, refused.field);
        CPPUNIT_ASSERT(it_->complete(link, {"anna.w", it_->good}));
    }

    void says_taken_for_a_look_alike_as_shown() {
        it_->store.set_up("P002", "paul01");
        const auto refused = it_->complete(it_->invite(), {"pauI01", it_->good}).refusal();
        CPPUNIT_ASSERT(refused.reason == Refusal::UsernameTaken);
        CPPUNIT_ASSERT_EQUAL(std::string{"This username is taken."},
                             refusal_sentence(refused, "en"));
    }

    void username_set_by_staff_meanwhile_kills_the_link_with_its_sentence() {
        const auto link = it_->invite();
        CPPUNIT_ASSERT(open_link(it_->store, it_->practice, link, noon).asks_username);
        set_username_by_staff();
        const auto refused = it_->complete(link, {"anna.w", it_->good}).refusal();
        CPPUNIT_ASSERT_EQUAL(std::string{"This link does not work any more, because username or "
                                         "password were changed."},
                             refusal_sentence(refused, "en"));
        CPPUNIT_ASSERT(open_link(it_->store, it_->practice, link, noon).renewable);
    }

    void fresh_link_after_that_takes_the_password_alone() {
        set_username_by_staff();
        const auto link = it_->invite();
        CPPUNIT_ASSERT(!open_link(it_->store, it_->practice, link, noon).asks_username);
        const auto refused = it_->complete(link, {"anna.w", it_->good}).refusal();
        CPPUNIT_ASSERT_EQUAL(std::string{"username"}, refused.field);
        CPPUNIT_ASSERT_EQUAL(std::string{"There is a username on file already. Ask the practice to "
                                         "change it."},
                             refusal_sentence(refused, "en"));
        CPPUNIT_ASSERT(it_->complete(link, {{}, it_->good}));
    }

    void refuses_a_wrong_birth_date() {
        const auto done = it_->complete(it_->invite(), {"anna.w", it_->good}, noon, "1980-03-01");
        CPPUNIT_ASSERT(done.refusal().reason == Refusal::IdentityMismatch);
        CPPUNIT_ASSERT(!it_->store.account("P001").has_password);
    }

    void refuses_an_expired_link() {
        const auto late = noon + it_->practice.first_link;
        CPPUNIT_ASSERT(it_->complete(it_->invite(), {"anna.w", it_->good}, late).refusal().reason ==
                       Refusal::LinkExpired);
    }

    void refuses_a_link_whose_access_is_off() {
        const auto link = it_->invite();
        CPPUNIT_ASSERT(set_access(it_->store, "P001", false, nurse, noon));
        CPPUNIT_ASSERT(it_->complete(link, {"anna.w", it_->good}).refusal().reason ==
                       Refusal::LinkAccessDisabled);
    }

    void one_of_sixteen_wins_with_the_password_it_chose() {
        const auto winners = race();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, winners.size());
        const auto number = std::to_string(winners.front());
        CPPUNIT_ASSERT_EQUAL("anna." + number, it_->store.account("P001").username);
        CPPUNIT_ASSERT(can_sign_in("anna." + number, it_->good + " " + number));
    }

    void tells_the_losers_that_the_link_was_used() {
        static_cast<void>(race());
        CPPUNIT_ASSERT_EQUAL(15, told_used_.load());
    }

    void says_that_a_password_was_replaced_and_mails_a_notice() {
        it_->set_up("anna.w", it_->good);
        const auto link = it_->invite("P001", noon + std::chrono::minutes{3});
        const auto done = it_->complete(link, {{}, it_->other}, noon + std::chrono::minutes{4});
        CPPUNIT_ASSERT(done->password_replaced);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1},
                             it_->store.number("SELECT COUNT(*) FROM outbox WHERE kind = 3"));
    }

    void lifts_the_wait_after_wrong_passwords() {
        it_->set_up("anna.w", it_->good);
        const auto later = noon + std::chrono::minutes{3};
        for (int i = 0; i < 5; ++i) CPPUNIT_ASSERT(!can_sign_in("anna.w", it_->other, later));
        const auto link = it_->invite("P001", later);
        CPPUNIT_ASSERT(it_->complete(link, {{}, it_->other}, later));
        CPPUNIT_ASSERT(can_sign_in("anna.w", it_->other, later));
    }

    void records_the_patient_and_where_from() {
        it_->set_up("anna.w", it_->good);
        const auto entry = it_->store.ask(
            [](Connection& connection) { return latest_audit(connection, "P001", 1).front(); });
        CPPUNIT_ASSERT_EQUAL(std::string{"setup_completed"}, entry.action);
        CPPUNIT_ASSERT(entry.actor.kind == Actor::Kind::Patient);
        CPPUNIT_ASSERT_EQUAL(std::string{"203.0.113.7"}, entry.actor.from);
    }

    void holds_neither_link_nor_password_in_the_store() {
        const auto link = it_->invite();
        CPPUNIT_ASSERT(it_->complete(link, {"anna.w", it_->good}));
        const auto bytes = it_->store.bytes();
        CPPUNIT_ASSERT(bytes.find("anna.w") != std::string::npos);
        CPPUNIT_ASSERT(bytes.find(link) == std::string::npos);
        CPPUNIT_ASSERT(bytes.find(it_->good) == std::string::npos);
    }

    void renewal_mails_a_fresh_link() {
        const auto old = it_->invite();
        const auto late = noon + it_->practice.first_link;
        CPPUNIT_ASSERT(renew_link(it_->store, it_->practice, old, it_->visitor, late));
        const auto fresh = it_->link_of("P001");
        CPPUNIT_ASSERT(fresh != old);
        const auto page = open_link(it_->store, it_->practice, fresh, late);
        CPPUNIT_ASSERT(page.expires_at == late + it_->practice.requested_link);
    }

    void renewal_of_a_usable_link_mails_nothing() {
        const auto link = it_->invite();
        const auto later = noon + std::chrono::hours{1};
        CPPUNIT_ASSERT(renew_link(it_->store, it_->practice, link, it_->visitor, later));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mails());
    }

    void renewal_of_an_unknown_link_looks_the_same() {
        const std::string unknown(43, 'A');
        CPPUNIT_ASSERT(renew_link(it_->store, it_->practice, unknown, it_->visitor, noon));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mails());
    }

    void renewal_mails_once_within_the_cool_down() {
        const auto link = it_->invite();
        const auto late = noon + it_->practice.first_link;
        CPPUNIT_ASSERT(renew_link(it_->store, it_->practice, link, it_->visitor, late));
        CPPUNIT_ASSERT(renew_link(it_->store, it_->practice, link, it_->visitor, late));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, mails());
    }

    void renewal_over_the_address_s_cap_looks_the_same() {
        it_->practice.address_mails_per_day = 1;
        const auto link = it_->invite();
        const auto late = noon + it_->practice.first_link;
        it_->store.tamper("UPDATE outbox SET created_at = " +
                          std::to_string(to_milliseconds(late) - 1));
        CPPUNIT_ASSERT(renew_link(it_->store, it_->practice, link, it_->visitor, late));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mails());
    }

    void renewal_is_judged_again_before_it_mails() {
        const auto link = it_->invite();
        const auto late = noon + it_->practice.first_link;
        const auto renewable = [&] {
            return it_->store.ask([&](Connection& connection) {
                return who_may_renew(connection, it_->store.database().keyring(), link, late)
                    .has_value();
            });
        };
        CPPUNIT_ASSERT(renewable());
        CPPUNIT_ASSERT(revoke_invitation(it_->store, "P001", nurse, late));
        CPPUNIT_ASSERT(!renewable());
    }

private:
    /// Sixteen visitors with one link and sixteen passwords; returns who won.
    std::vector<int> race() {
        const auto link = it_->invite();
        std::array<std::atomic<bool>, 16> won{};
        std::vector<std::thread> visitors;
        for (int i = 0; i < 16; ++i)
            visitors.emplace_back([&, i] {
                const auto name = "anna." + std::to_string(i);
                const auto password = it_->good + " " + std::to_string(i);
                const auto done = it_->complete(link, {name, password});
                if (done)
                    won.at(static_cast<std::size_t>(i)) = true;
                else if (done.refusal().reason == Refusal::LinkUsed)
                    ++told_used_;
            });
        for (auto& one : visitors) one.join();
        std::vector<int> winners;
        for (int i = 0; i < 16; ++i)
            if (won.at(static_cast<std::size_t>(i))) winners.push_back(i);
        return winners;
    }
    bool can_sign_in(std::string_view username, std::string_view password, UnixTime at = noon) {
        return static_cast<bool>(sign_in(it_->store, LinkFixture::hasher(), it_->practice, username,
                                         password, it_->visitor, at));
    }
    void set_username_by_staff() {
        CPPUNIT_ASSERT(set_credentials(it_->store, LinkFixture::hasher(), it_->practice, "P001",
                                       {"anna.desk", {}}, nurse, noon));
    }
    std::int64_t mails() { return it_->store.number("SELECT COUNT(*) FROM outbox"); }

    std::atomic<int> told_used_{0};
    std::optional<LinkFixture> it_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(CompleteSetupTest);

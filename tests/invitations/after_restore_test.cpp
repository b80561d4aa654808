// SPDX-License-Identifier: Apache-2.0
#include "invitations/after_restore.hpp"

#include "selfservice/link_fixture.hpp"
#include "selfservice/open_link.hpp"
#include "selfservice/session.hpp"
#include "selfservice/sign_in.hpp"
#include "store/audit_table.hpp"
#include "store/audit_verify.hpp"
#include "store/request_table.hpp"
#include "support/batches.hpp"
#include "support/prints.hpp"
#include "support/store_check.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>
#include <thread>

using namespace ppo;

class AfterRestoreTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AfterRestoreTest);
    CPPUNIT_TEST(a_link_of_the_backup_says_that_it_was_restored_and_offers_another);
    CPPUNIT_TEST(a_link_of_the_backup_sets_no_password);
    CPPUNIT_TEST(a_link_that_was_dead_in_the_backup_keeps_its_reason);
    CPPUNIT_TEST(a_new_invitation_works);
    CPPUNIT_TEST(a_mail_that_waits_is_cancelled_with_the_reason);
    CPPUNIT_TEST(a_mail_in_a_worker_s_hand_is_taken_from_it);
    CPPUNIT_TEST(sessions_end_also_of_those_without_a_link);
    CPPUNIT_TEST(a_password_still_opens);
    CPPUNIT_TEST(batches_end_and_nobody_of_them_is_mailed);
    CPPUNIT_TEST(what_visitors_asked_for_is_forgotten);
    CPPUNIT_TEST(rows_and_counts_follow);
    CPPUNIT_TEST(a_wait_of_the_link_s_page_ends_and_one_of_the_password_stays);
    CPPUNIT_TEST(more_patients_than_one_step_takes_all_end);
    CPPUNIT_TEST(is_on_record_with_how_much_ended);
    CPPUNIT_TEST(the_same_generation_again_changes_nothing);
    CPPUNIT_TEST(a_larger_one_ends_everything_again);
    CPPUNIT_TEST(a_smaller_one_changes_nothing_and_is_told);
    CPPUNIT_TEST(two_at_once_do_it_once);
    CPPUNIT_TEST(another_practice_goes_on);
    CPPUNIT_TEST_SUITE_END();

    std::optional<LinkFixture> it_{};

    std::int64_t settle(std::int64_t generation = 1) {
        return settle_restore(it_->store, generation, noon);
    }
    LinkPage page_of(const std::string& link) {
        return open_link(it_->store, it_->practice, link, noon);
    }
    std::int64_t count(const std::string& rows) {
        return it_->store.number("SELECT COUNT(*) FROM " + rows);
    }
    Result<SignedIn> enter() {
        return sign_in(it_->store, LinkFixture::hasher(), it_->practice, "anna.w", it_->good,
                       it_->visitor, noon);
    }
    std::int64_t epoch() { return it_->store.account("P001").security_epoch; }
    std::string wrong() { return untrue_words(find_untrue(it_->store.path())); }

public:
    void setUp() override { it_.emplace(); }
    void tearDown() override { it_.reset(); }

private:
    void a_link_of_the_backup_says_that_it_was_restored_and_offers_another() {
        const auto link = it_->invite();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, settle());
        const auto page = page_of(link);
        CPPUNIT_ASSERT(page.dead == Refusal::LinkRestored);
        CPPUNIT_ASSERT(page.renewable);
    }

    void a_link_of_the_backup_sets_no_password() {
        const auto link = it_->invite();
        static_cast<void>(settle());
        CPPUNIT_ASSERT_EQUAL(Refusal::LinkRestored,
                             refusal_of(it_->complete(link, {"anna.w", it_->good})));
        CPPUNIT_ASSERT(!it_->store.account("P001").has_password);
    }

    void a_link_that_was_dead_in_the_backup_keeps_its_reason() {
        const auto link = it_->invite();
        CPPUNIT_ASSERT(revoke_invitation(it_->store, "P001", nurse, noon));
        static_cast<void>(settle());
        CPPUNIT_ASSERT(page_of(link).dead == Refusal::LinkWithdrawn);
    }

    void a_new_invitation_works() {
        static_cast<void>(it_->invite());
        static_cast<void>(settle());
        const auto later = noon + std::chrono::hours{1};
        const auto link = it_->invite("P001", later);
        CPPUNIT_ASSERT(it_->complete(link, {"anna.w", it_->good}, later));
    }

    void a_mail_that_waits_is_cancelled_with_the_reason() {
        static_cast<void>(it_->invite());
        static_cast<void>(settle());
        CPPUNIT_ASSERT(!it_->store.ask([](Connection& c) { return is_mail_due(c, noon); }));
        const auto mail = it_->store.ask([](Connection& c) { return last_mail_to(c, "P001"); });
        CPPUNIT_ASSERT_EQUAL(MailState::Cancelled, mail->state);
        CPPUNIT_ASSERT(mail->reason.find("restored from a backup") != std::string::npos);
    }

    void a_mail_in_a_worker_s_hand_is_taken_from_it() {
        static_cast<void>(it_->invite());
        std::optional<QueuedMail> mail;
        it_->store.change("P001", [&](Transaction& transaction) {
            mail = lease_due_mail(transaction, noon, noon + std::chrono::minutes{1}, "worker");
        });
        static_cast<void>(settle());
        Transaction transaction{it_->store};
        CPPUNIT_ASSERT(!settle_mail(transaction, mail.value(), "worker", {.at = noon}));
    }

    void sessions_end_also_of_those_without_a_link() {
        it_->set_up("anna.w", it_->good);
        const auto before = epoch();
        CPPUNIT_ASSERT(check_session(it_->store, "P001", before));
        static_cast<void>(settle());
        CPPUNIT_ASSERT(!check_session(it_->store, "P001", before));
    }

    void a_password_still_opens() {
        it_->set_up("anna.w", it_->good);
        static_cast<void>(settle());
        CPPUNIT_ASSERT(enter());
    }

    void batches_end_and_nobody_of_them_is_mailed() {
        const auto id = start_some(it_->store, it_->practice, everybody());
        const auto later = noon + std::chrono::hours{1};
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, settle_restore(it_->store, 1, later));
        CPPUNIT_ASSERT_EQUAL(BatchState::Cancelled, progress_of(it_->store, id).state);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2},
                             how_many(progress_of(it_->store, id), BatchOutcome::TakenBack));
        CPPUNIT_ASSERT_EQUAL(0, advance_all(it_->store, it_->practice, later));
        CPPUNIT_ASSERT_EQUAL(0, settle_due(it_->store, later));
    }

    void what_visitors_asked_for_is_forgotten() {
        it_->store.change("P001", [](Transaction& transaction) {
            add_request(transaction, {"one", "sealed", noon});
            add_request(transaction, {"two", "sealed", noon + std::chrono::hours{1}});
        });
        static_cast<void>(settle());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, count("portal_request"));
    }

    void rows_and_counts_follow() {
        static_cast<void>(it_->invite("P001"));
        static_cast<void>(it_->invite("P002"));
        settle_due(it_->store, noon, MailState::Sent);
        static_cast<void>(it_->invite("P001", noon + std::chrono::hours{1}));
        static_cast<void>(settle());
        CPPUNIT_ASSERT_EQUAL(std::string{}, wrong());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, count("patient WHERE link_expires_at IS NOT NULL"));
        CPPUNIT_ASSERT_EQUAL(MailState::Cancelled, it_->store.account("P001").facts.mail_state);
        CPPUNIT_ASSERT_EQUAL(MailState::Sent, it_->store.account("P002").facts.mail_state);
        CPPUNIT_ASSERT(!it_->store.account("P001").marks.has(Mark::Queued));
    }

    void a_wait_of_the_link_s_page_ends_and_one_of_the_password_stays() {
        static_cast<void>(it_->invite("P001"));
        it_->store.set_up("P002", "bruno.n");
        const auto until = noon + std::chrono::minutes{5};
        for (const auto* statement :
             {"UPDATE invitation SET wait_until = ", "UPDATE credential SET wait_until = ",
              "UPDATE patient SET locked_until = "})
            it_->store.tamper(statement + std::to_string(to_milliseconds(until)));
        static_cast<void>(settle());
        CPPUNIT_ASSERT(!it_->store.account("P001").facts.locked_until);
        CPPUNIT_ASSERT(it_->store.account("P002").facts.locked_until == until);
    }

    void more_patients_than_one_step_takes_all_end() {
        add_people(it_->store, 5001);
        static_cast<void>(settle());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5003}, count("patient WHERE security_epoch = 1"));
    }

    void is_on_record_with_how_much_ended() {
        static_cast<void>(it_->invite("P001"));
        static_cast<void>(it_->invite("P002"));
        static_cast<void>(settle(7));
        const auto entries = it_->store.ask(
            [](Connection& c) { return read_audit(c, 0, {}, 100); });
        CPPUNIT_ASSERT_EQUAL(std::string{"store_restored"}, entries.back().action);
        CPPUNIT_ASSERT(entries.back().actor.kind == Actor::Kind::Host);
        CPPUNIT_ASSERT_EQUAL(std::string{"generation=7 links=2 mails=2 batches=0 requests=0"},
                             entries.back().detail);
        CPPUNIT_ASSERT(verify_audit(it_->store.database()).flaw == AuditFlaw::None);
    }

    void the_same_generation_again_changes_nothing() {
        static_cast<void>(settle());
        const auto link = it_->invite();
        const auto before = it_->store.bytes();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, settle());
        CPPUNIT_ASSERT(before == it_->store.bytes());
        CPPUNIT_ASSERT(!page_of(link).dead);
    }

    void a_larger_one_ends_everything_again() {
        static_cast<void>(settle());
        const auto link = it_->invite();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, settle(2));
        CPPUNIT_ASSERT(page_of(link).dead == Refusal::LinkRestored);
    }

    void a_smaller_one_changes_nothing_and_is_told() {
        static_cast<void>(settle(3));
        const auto before = it_->store.bytes();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, settle(2));
        CPPUNIT_ASSERT(before == it_->store.bytes());
    }

    void two_at_once_do_it_once() {
        static_cast<void>(it_->invite());
        Database other_process{it_->store.path(), test_keyring()};
        std::thread other{[&] { static_cast<void>(settle_restore(other_process, 1, noon)); }};
        static_cast<void>(settle());
        other.join();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count("audit WHERE action = 'store_restored'"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, count("patient WHERE security_epoch = 1"));
    }

    void another_practice_goes_on() {
        const auto link = it_->invite();
        Database other_practice{it_->store.path(), test_keyring(), "oak"};
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, settle_restore(other_practice, 1, noon));
        CPPUNIT_ASSERT(!page_of(link).dead);
        CPPUNIT_ASSERT(it_->store.ask([](Connection& c) { return is_mail_due(c, noon); }));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AfterRestoreTest);

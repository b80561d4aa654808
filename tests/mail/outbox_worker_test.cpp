// SPDX-License-Identifier: Apache-2.0
#include "mail/outbox_worker.hpp"

#include "mail/delivery_fixture.hpp"
#include "mail/mail_outcome.hpp"
#include "onboarding/access.hpp"
#include "onboarding/patients.hpp"

using namespace ppo;
using namespace ppo_test;
using std::chrono::hours;
using std::chrono::minutes;

namespace {
const OutboxWorker::Tell nothing_to_tell = [](std::string_view) {};
}

class OutboxWorkerTest : public DeliveryFixture {
    CPPUNIT_TEST_SUITE(OutboxWorkerTest);
    CPPUNIT_TEST(sends_an_invitation_once);
    CPPUNIT_TEST(the_row_turns_orange_at_sent_and_not_before);
    CPPUNIT_TEST(stores_why_a_mail_was_deferred_and_when_it_is_tried_again);
    CPPUNIT_TEST(sends_a_deferred_mail_at_its_time_and_not_before);
    CPPUNIT_TEST(says_given_up_after_a_day);
    CPPUNIT_TEST(stores_why_a_mail_failed_and_tries_no_more);
    CPPUNIT_TEST(retries_an_unknown_outcome_once_with_the_same_message);
    CPPUNIT_TEST(leaves_a_second_unknown_outcome_alone);
    CPPUNIT_TEST(cancels_the_mail_when_the_address_changed);
    CPPUNIT_TEST(cancels_the_mail_when_nobody_may_be_mailed_any_more);
    CPPUNIT_TEST(cancels_the_mail_of_an_expired_link);
    CPPUNIT_TEST(a_mail_that_left_makes_the_row_orange_also_if_its_link_is_dead);
    CPPUNIT_TEST(mails_only_the_newer_of_two_invitations);
    CPPUNIT_TEST(takes_over_what_a_dead_worker_had_in_hand);
    CPPUNIT_TEST(settles_nothing_that_another_worker_took_over);
    CPPUNIT_TEST(holds_no_transaction_while_it_sends);
    CPPUNIT_TEST(records_how_each_try_ended);
    CPPUNIT_TEST(survives_a_restart);
    CPPUNIT_TEST(holds_no_link_in_the_store);
    CPPUNIT_TEST_SUITE_END();

public:
    void sends_an_invitation_once() {
        CPPUNIT_ASSERT(!send());
        invite();
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(!send());
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org"}, transport_.mails.at(0).recipient);
        CPPUNIT_ASSERT(transport_.mails.at(0).words.text.find(link()) != std::string::npos);
    }

    void the_row_turns_orange_at_sent_and_not_before() {
        invite();
        CPPUNIT_ASSERT(account().status == PortalStatus::NotInvited);
        CPPUNIT_ASSERT(account().marks.has(Mark::Queued));
        CPPUNIT_ASSERT(send(noon + minutes{1}));
        CPPUNIT_ASSERT(account().status == PortalStatus::Invited);
        CPPUNIT_ASSERT(account().last_invited_at == noon + minutes{1});
        CPPUNIT_ASSERT(!account().marks.has(Mark::Queued));
    }

    void stores_why_a_mail_was_deferred_and_when_it_is_tried_again() {
        invite();
        transport_.answers = {later};
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(account().facts.mail_state == MailState::Deferred);
        CPPUNIT_ASSERT_EQUAL(std::string{"450 try later"}, mail().reason);
        CPPUNIT_ASSERT(mail().next_try_at == next_try(mail(), 1, noon));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mail().tries);
        CPPUNIT_ASSERT(account().status == PortalStatus::NotInvited);
    }

    void sends_a_deferred_mail_at_its_time_and_not_before() {
        invite();
        transport_.answers = {later};
        CPPUNIT_ASSERT(send());
        const auto at = mail().next_try_at.value();
        CPPUNIT_ASSERT(!send(at - std::chrono::milliseconds{1}));
        CPPUNIT_ASSERT(send(at));
        CPPUNIT_ASSERT(account().facts.mail_state == MailState::Sent);
        CPPUNIT_ASSERT_EQUAL(std::string{}, mail().reason);
    }

    void says_given_up_after_a_day() {
        invite();
        for (int i = 0; i < 40; ++i) transport_.answers.push_back(later);
        int tries = 0;
        for (auto now = noon; now <= noon + hours{30}; now += minutes{1})
            if (send(now)) ++tries;
        CPPUNIT_ASSERT(account().facts.mail_state == MailState::Failed);
        CPPUNIT_ASSERT(!mail().next_try_at);
        CPPUNIT_ASSERT_EQUAL(std::string{"Given up after a day. 450 try later"}, mail().reason);
        CPPUNIT_ASSERT_EQUAL(static_cast<std::int64_t>(tries), mail().tries);
        CPPUNIT_ASSERT(tries >= 11 && tries <= 16);  // 13, were it not for the scatter.
    }

    void stores_why_a_mail_failed_and_tries_no_more() {
        invite();
        transport_.answers = {{DeliveryState::Failed, "550 no such mailbox", false}};
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(account().marks.has(Mark::Failed));
        CPPUNIT_ASSERT_EQUAL(std::string{"550 no such mailbox"}, mail().reason);
        CPPUNIT_ASSERT(!send(noon + hours{20}));
    }

    void retries_an_unknown_outcome_once_with_the_same_message() {
        invite();
        transport_.answers = {lost};
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(account().marks.has(Mark::OutcomeUnknown));
        CPPUNIT_ASSERT(!send(noon + minutes{29}));
        CPPUNIT_ASSERT(send(noon + minutes{30}));
        const auto& mails = transport_.mails;
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, mails.size());
        CPPUNIT_ASSERT_EQUAL(mails[0].message_id, mails[1].message_id);
        CPPUNIT_ASSERT_EQUAL(mails[0].words.text, mails[1].words.text);
        CPPUNIT_ASSERT_EQUAL(std::string{"It may have been sent twice."}, mail().reason);
    }

    void leaves_a_second_unknown_outcome_alone() {
        invite();
        transport_.answers = {lost, lost};
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(send(noon + minutes{30}));
        CPPUNIT_ASSERT(!send(noon + hours{20}));
        CPPUNIT_ASSERT(account().facts.mail_state == MailState::Unknown);
    }

    void cancels_the_mail_when_the_address_changed() {
        invite();
        auto moved = anna();
        moved.email = "moved@example.org";
        take_patient(*store_, moved, noon);
        static_cast<void>(send());
        CPPUNIT_ASSERT(transport_.mails.empty());
        CPPUNIT_ASSERT(mail().state == MailState::Cancelled);
    }

    void cancels_the_mail_when_nobody_may_be_mailed_any_more() {
        invite();
        auto patient = anna();
        patient.opted_out = true;  // The link lives on, but nothing is mailed.
        take_patient(*store_, patient, noon);
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(transport_.mails.empty());
        CPPUNIT_ASSERT(account().facts.mail_state == MailState::Cancelled);
        CPPUNIT_ASSERT_EQUAL(std::string{"mail_cancelled"}, last_entry().action);
    }

    void cancels_the_mail_of_an_expired_link() {
        practice_.first_link = minutes{15};
        invite();
        CPPUNIT_ASSERT(send(noon + minutes{15}));
        CPPUNIT_ASSERT(transport_.mails.empty());
        CPPUNIT_ASSERT(mail().state == MailState::Cancelled);
    }

    void a_mail_that_left_makes_the_row_orange_also_if_its_link_is_dead() {
        invite();
        const OutboxWorker::Compose composing = [this](const QueuedMail& queued, UnixTime now) {
            auto written = compose_mail(*store_, practice_, queued, now);
            CPPUNIT_ASSERT(revoke_invitation(*store_, "P001", nurse, now));  // While it leaves.
            return written;
        };
        OutboxWorker worker{*store_, transport_, composing, practice_, "", nothing_to_tell};
        CPPUNIT_ASSERT(worker.send_group(noon, soon()));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport_.mails.size());
        CPPUNIT_ASSERT(account().status == PortalStatus::Invited);
    }

    void mails_only_the_newer_of_two_invitations() {
        invite();
        CPPUNIT_ASSERT(send_invitation(*store_, practice_, "P001", nurse, noon + minutes{3}));
        while (send(noon + minutes{3})) continue;
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport_.mails.size());
        CPPUNIT_ASSERT(transport_.mails.at(0).words.text.find(link()) != std::string::npos);
    }

    void takes_over_what_a_dead_worker_had_in_hand() {
        invite();
        take_in_hand("dead");
        CPPUNIT_ASSERT(!send(noon + minutes{19}));
        CPPUNIT_ASSERT(send(noon + minutes{20}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport_.mails.size());
    }

    void settles_nothing_that_another_worker_took_over() {
        invite();
        const OutboxWorker::Compose composing = [this](const QueuedMail& queued, UnixTime now) {
            store_->tamper("UPDATE outbox SET lease = 'another'");
            return compose_mail(*store_, practice_, queued, now);
        };
        OutboxWorker slow{*store_, transport_, composing, practice_, "", nothing_to_tell};
        CPPUNIT_ASSERT(slow.send_group(noon, soon()));
        CPPUNIT_ASSERT(mail().state == MailState::Queued);
    }

    void holds_no_transaction_while_it_sends() {
        invite();
        class Writing : public Transport {
        public:
            explicit Writing(Database& database) : database_{database} {}
            void walk(const OutgoingMail*, const TellStep&) override {}
            Delivery send(const OutgoingMail&, const Leaving&) override {
                CPPUNIT_ASSERT(set_access(database_, "P001", false, nurse, noon));
                return {DeliveryState::Sent, {}, false};
            }

        private:
            Database& database_;
        } writing{*store_};
        OutboxWorker worker{*store_, writing, compose(*store_), practice_, "", nothing_to_tell};
        CPPUNIT_ASSERT(worker.send_group(noon, soon()));
        CPPUNIT_ASSERT(!account().facts.access_enabled);
    }

    void records_how_each_try_ended() {
        invite();
        transport_.answers = {later, lost};
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(std::string{"mail_deferred"}, last_entry().action);
        CPPUNIT_ASSERT(send(noon + minutes{2}));
        CPPUNIT_ASSERT_EQUAL(std::string{"mail_outcome_unknown"}, last_entry().action);
        CPPUNIT_ASSERT(send(noon + minutes{32}));
        CPPUNIT_ASSERT_EQUAL(std::string{"mail_sent"}, last_entry().action);
        CPPUNIT_ASSERT(last_entry().actor.kind == Actor::Kind::Plugin);
        CPPUNIT_ASSERT_EQUAL(std::string{"invitation"}, last_entry().detail);
    }

    void survives_a_restart() {
        invite();
        const auto before = link();
        store_->reopen();
        make_worker();
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(transport_.mails.at(0).words.text.find(before) != std::string::npos);
    }

    void holds_no_link_in_the_store() {
        invite();
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(store_->bytes().find(link()) == std::string::npos);
    }

private:
    void take_in_hand(const std::string& lease) {
        store_->change("P001", [&](Transaction& transaction) {
            CPPUNIT_ASSERT(lease_due_mail(transaction, noon, noon + minutes{20}, lease));
        });
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(OutboxWorkerTest);

// SPDX-License-Identifier: Apache-2.0
#include "mail/outbox_worker.hpp"

#include "invitations/compose_mail.hpp"
#include "invitations/link.hpp"
#include "invitations/send_invitation.hpp"
#include "mail/scripted_transport.hpp"
#include "onboarding/access.hpp"
#include "onboarding/patients.hpp"
#include "store/audit_table.hpp"
#include "store/invitation_table.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <array>
#include <optional>
#include <set>
#include <thread>

using namespace ppo;
using std::chrono::hours;
using std::chrono::minutes;

namespace {
const Delivery later{DeliveryState::Deferred, "450 try later", false};
const Delivery relay_down{DeliveryState::Deferred, "connection refused", true};
const Delivery lost{DeliveryState::Unknown, "connection lost", false};
}  // namespace

namespace {
const Practice& practice() {
    static const Practice some{};
    return some;
}

std::chrono::steady_clock::time_point soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds{30};
}
}  // namespace

class OutboxWorkerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OutboxWorkerTest);
    CPPUNIT_TEST(sends_an_invitation_once);
    CPPUNIT_TEST(the_row_turns_orange_at_sent_and_not_before);
    CPPUNIT_TEST(tries_again_after_these_waits);
    CPPUNIT_TEST(gives_up_a_day_after_queuing);
    CPPUNIT_TEST(stores_why_a_mail_was_deferred_and_when_it_is_tried_again);
    CPPUNIT_TEST(sends_a_deferred_mail_at_its_time_and_not_before);
    CPPUNIT_TEST(says_given_up_after_a_day);
    CPPUNIT_TEST(stores_why_a_mail_failed_and_tries_no_more);
    CPPUNIT_TEST(retries_an_unknown_outcome_once_with_the_same_message);
    CPPUNIT_TEST(leaves_a_second_unknown_outcome_alone);
    CPPUNIT_TEST(a_broken_relay_rests);
    CPPUNIT_TEST(a_broken_relay_rests_longer_each_time);
    CPPUNIT_TEST(a_relay_that_works_again_is_forgiven);
    CPPUNIT_TEST(a_broken_relay_burns_no_tries);
    CPPUNIT_TEST(a_mail_of_its_own_trouble_does_not_rest_the_relay);
    CPPUNIT_TEST(cancels_the_mail_when_the_address_changed);
    CPPUNIT_TEST(cancels_the_mail_when_nobody_may_be_mailed_any_more);
    CPPUNIT_TEST(cancels_the_mail_of_an_expired_link);
    CPPUNIT_TEST(a_sent_mail_of_a_dead_link_does_not_make_the_row_orange);
    CPPUNIT_TEST(mails_only_the_newer_of_two_invitations);
    CPPUNIT_TEST(takes_over_what_a_dead_worker_had_in_hand);
    CPPUNIT_TEST(settles_nothing_that_another_worker_took_over);
    CPPUNIT_TEST(two_workers_send_each_mail_once);
    CPPUNIT_TEST(holds_no_transaction_while_it_sends);
    CPPUNIT_TEST(records_how_each_try_ended);
    CPPUNIT_TEST(survives_a_restart);
    CPPUNIT_TEST(holds_no_link_in_the_store);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        store_.emplace();
        worker_.emplace(*store_, transport_, compose_, practice(), "", [](std::string_view) {});
        store_->add(anna());
    }

    void tearDown() override {
        worker_.reset();
        store_.reset();
    }

    void sends_an_invitation_once() {
        CPPUNIT_ASSERT(!worker_->send_group(noon, soon()));
        invite();
        CPPUNIT_ASSERT(worker_->send_group(noon, soon()));
        CPPUNIT_ASSERT(!worker_->send_group(noon, soon()));
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org"}, transport_.mails.at(0).recipient);
        CPPUNIT_ASSERT(transport_.mails.at(0).words.text.find(link()) != std::string::npos);
    }

    void the_row_turns_orange_at_sent_and_not_before() {
        invite();
        CPPUNIT_ASSERT(account().status == PortalStatus::NotInvited);
        CPPUNIT_ASSERT(account().marks.has(Mark::Queued));
        CPPUNIT_ASSERT(worker_->send_group(noon + minutes{1}, soon()));
        CPPUNIT_ASSERT(account().status == PortalStatus::Invited);
        CPPUNIT_ASSERT(account().last_invited_at == noon + minutes{1});
        CPPUNIT_ASSERT(!account().marks.has(Mark::Queued));
    }

    void tries_again_after_these_waits() {
        const std::array<minutes, 9> waits{minutes{1},   minutes{5},   minutes{15},
                                           minutes{30},  minutes{60},  minutes{120},
                                           minutes{240}, minutes{240}, minutes{240}};
        for (std::size_t i = 0; i < waits.size(); ++i)
            CPPUNIT_ASSERT(next_try(QueuedMail{.created_at = noon},
                                    static_cast<std::int64_t>(i + 1), noon) == noon + waits.at(i));
    }

    void gives_up_a_day_after_queuing() {
        CPPUNIT_ASSERT(next_try(QueuedMail{.created_at = noon}, 3,
                                noon + hours{24} - std::chrono::milliseconds{1}));
        CPPUNIT_ASSERT(!next_try(QueuedMail{.created_at = noon}, 3, noon + hours{24}));
    }

    void stores_why_a_mail_was_deferred_and_when_it_is_tried_again() {
        invite();
        transport_.answers = {later};
        CPPUNIT_ASSERT(worker_->send_group(noon, soon()));
        CPPUNIT_ASSERT(account().facts.mail_state == MailState::Deferred);
        CPPUNIT_ASSERT_EQUAL(std::string{"450 try later"}, mail().reason);
        CPPUNIT_ASSERT(mail().next_try_at == noon + minutes{1});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mail().tries);
        CPPUNIT_ASSERT(account().status == PortalStatus::NotInvited);
    }

    void sends_a_deferred_mail_at_its_time_and_not_before() {
        invite();
        transport_.answers = {later};
        CPPUNIT_ASSERT(worker_->send_group(noon, soon()));
        CPPUNIT_ASSERT(
            !worker_->send_group(noon + minutes{1} - std::chrono::milliseconds{1}, soon()));
        CPPUNIT_ASSERT(worker_->send_group(noon + minutes{1}, soon()));
        CPPUNIT_ASSERT(account().facts.mail_state == MailState::Sent);
        CPPUNIT_ASSERT_EQUAL(std::string{}, mail().reason);
    }

    void says_given_up_after_a_day() {
        invite();
        for (int i = 0; i < 40; ++i) transport_.answers.push_back(later);
        int tries = 0;
        for (auto now = noon; now <= noon + hours{30}; now += minutes{1})
            if (worker_->send_group(now, soon())) ++tries;
        CPPUNIT_ASSERT(account().facts.mail_state == MailState::Failed);
        CPPUNIT_ASSERT(!mail().next_try_at);
        CPPUNIT_ASSERT_EQUAL(std::string{"Given up after a day. 450 try later"}, mail().reason);
        CPPUNIT_ASSERT_EQUAL(static_cast<std::int64_t>(tries), mail().tries);
        CPPUNIT_ASSERT_EQUAL(13, tries);
    }

    void stores_why_a_mail_failed_and_tries_no_more() {
        invite();
        transport_.answers = {{DeliveryState::Failed, "550 no such mailbox", false}};
        CPPUNIT_ASSERT(worker_->send_group(noon, soon()));
        CPPUNIT_ASSERT(account().marks.has(Mark::Failed));
        CPPUNIT_ASSERT_EQUAL(std::string{"550 no such mailbox"}, mail().reason);
        CPPUNIT_ASSERT(!worker_->send_group(noon + hours{20}, soon()));
    }

    void retries_an_unknown_outcome_once_with_the_same_message() {
        invite();
        transport_.answers = {lost};
        CPPUNIT_ASSERT(worker_->send_group(noon, soon()));
        CPPUNIT_ASSERT(account().marks.has(Mark::OutcomeUnknown));
        CPPUNIT_ASSERT(!worker_->send_group(noon + minutes{29}, soon()));
        CPPUNIT_ASSERT(worker_->send_group(noon + minutes{30}, soon()));
        const auto& mails = transport_.mails;
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, mails.size());
        CPPUNIT_ASSERT_EQUAL(mails[0].message_id, mails[1].message_id);
        CPPUNIT_ASSERT_EQUAL(mails[0].words.text, mails[1].words.text);
        CPPUNIT_ASSERT_EQUAL(std::string{"It may have been sent twice."}, mail().reason);
    }

    void leaves_a_second_unknown_outcome_alone() {
        invite();
        transport_.answers = {lost, lost};
        CPPUNIT_ASSERT(worker_->send_group(noon, soon()));
        CPPUNIT_ASSERT(worker_->send_group(noon + minutes{30}, soon()));
        CPPUNIT_ASSERT(!worker_->send_group(noon + hours{20}, soon()));
        CPPUNIT_ASSERT(account().facts.mail_state == MailState::Unknown);
    }

    void a_broken_relay_rests() {
        invite();
        store_->add(bruno());
        CPPUNIT_ASSERT(send_invitation(*store_, practice_, "P002", nurse, noon));
        transport_.answers = {relay_down};
        CPPUNIT_ASSERT(worker_->send_group(noon, soon()));
        CPPUNIT_ASSERT(
            !worker_->send_group(noon, soon()));  // The other mail is due, but is spared.
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport_.mails.size());
        CPPUNIT_ASSERT(worker_->send_group(noon + minutes{1}, soon()));
    }

    void a_broken_relay_rests_longer_each_time() {
        invite();
        for (int i = 0; i < 7; ++i) transport_.answers.push_back(relay_down);
        auto now = noon;
        for (const auto rest : {1, 2, 4, 8, 15, 15}) {
            CPPUNIT_ASSERT(worker_->send_group(now, soon()));
            CPPUNIT_ASSERT(
                !worker_->send_group(now + minutes{rest} - std::chrono::milliseconds{1}, soon()));
            now += minutes{rest};
        }
    }

    void a_relay_that_works_again_is_forgiven() {
        invite();
        transport_.answers = {relay_down, relay_down, later, relay_down};
        CPPUNIT_ASSERT(worker_->send_group(noon, soon()));
        CPPUNIT_ASSERT(worker_->send_group(noon + minutes{1}, soon()));
        CPPUNIT_ASSERT(worker_->send_group(noon + minutes{3}, soon()));
        CPPUNIT_ASSERT(worker_->send_group(noon + minutes{4}, soon()));
        CPPUNIT_ASSERT(
            worker_->send_group(noon + minutes{5}, soon()));  // One minute again, not four.
    }

    void a_broken_relay_burns_no_tries() {
        invite();
        transport_.answers = {relay_down, relay_down, later};
        CPPUNIT_ASSERT(worker_->send_group(noon, soon()));
        CPPUNIT_ASSERT(worker_->send_group(noon + minutes{1}, soon()));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mail().tries);
        CPPUNIT_ASSERT(worker_->send_group(noon + minutes{3}, soon()));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mail().tries);
        CPPUNIT_ASSERT(mail().next_try_at == noon + minutes{4});
    }

    void a_mail_of_its_own_trouble_does_not_rest_the_relay() {
        invite();
        store_->add(bruno());
        CPPUNIT_ASSERT(send_invitation(*store_, practice_, "P002", nurse, noon));
        transport_.answers = {later};
        CPPUNIT_ASSERT(worker_->send_group(noon, soon()));
        CPPUNIT_ASSERT(worker_->send_group(noon, soon()));
    }

    void cancels_the_mail_when_the_address_changed() {
        invite();
        auto moved = anna();
        moved.email = "moved@example.org";
        take_patient(*store_, moved, noon);
        static_cast<void>(worker_->send_group(noon, soon()));
        CPPUNIT_ASSERT(transport_.mails.empty());
        CPPUNIT_ASSERT(mail().state == MailState::Cancelled);
    }

    void cancels_the_mail_when_nobody_may_be_mailed_any_more() {
        invite();
        auto patient = anna();
        patient.opted_out = true;  // The link lives on, but nothing is mailed.
        take_patient(*store_, patient, noon);
        CPPUNIT_ASSERT(worker_->send_group(noon, soon()));
        CPPUNIT_ASSERT(transport_.mails.empty());
        CPPUNIT_ASSERT(account().facts.mail_state == MailState::Cancelled);
        CPPUNIT_ASSERT_EQUAL(std::string{"mail_cancelled"}, last_entry().action);
    }

    void cancels_the_mail_of_an_expired_link() {
        practice_.first_link = minutes{15};
        invite();
        CPPUNIT_ASSERT(worker_->send_group(noon + minutes{15}, soon()));
        CPPUNIT_ASSERT(transport_.mails.empty());
        CPPUNIT_ASSERT(mail().state == MailState::Cancelled);
    }

    void a_sent_mail_of_a_dead_link_does_not_make_the_row_orange() {
        invite();
        const OutboxWorker::Compose compose = [this](const QueuedMail& queued, UnixTime now) {
            auto written = compose_mail(*store_, practice_, queued, now);
            CPPUNIT_ASSERT(revoke_invitation(*store_, "P001", nurse, now));  // While it leaves.
            return written;
        };
        OutboxWorker worker{*store_, transport_, compose, practice(), "", [](std::string_view) {}};
        CPPUNIT_ASSERT(worker.send_group(noon, soon()));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport_.mails.size());
        CPPUNIT_ASSERT(account().status == PortalStatus::NotInvited);
    }

    void mails_only_the_newer_of_two_invitations() {
        invite();
        CPPUNIT_ASSERT(send_invitation(*store_, practice_, "P001", nurse, noon + minutes{3}));
        while (worker_->send_group(noon + minutes{3}, soon())) continue;
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport_.mails.size());
        CPPUNIT_ASSERT(transport_.mails.at(0).words.text.find(link()) != std::string::npos);
    }

    void takes_over_what_a_dead_worker_had_in_hand() {
        invite();
        take_in_hand("dead");
        CPPUNIT_ASSERT(!worker_->send_group(noon + minutes{19}, soon()));
        CPPUNIT_ASSERT(worker_->send_group(noon + minutes{20}, soon()));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport_.mails.size());
    }

    void settles_nothing_that_another_worker_took_over() {
        invite();
        const OutboxWorker::Compose compose = [this](const QueuedMail& queued, UnixTime now) {
            store_->tamper("UPDATE outbox SET lease = 'another'");
            return compose_mail(*store_, practice_, queued, now);
        };
        OutboxWorker slow{*store_, transport_, compose, practice(), "", [](std::string_view) {}};
        CPPUNIT_ASSERT(slow.send_group(noon, soon()));
        CPPUNIT_ASSERT(mail().state == MailState::Queued);
    }

    void two_workers_send_each_mail_once() {
        for (int i = 0; i < 24; ++i) {
            const auto id = "W" + std::to_string(i);
            auto patient = anna(id);
            patient.email = "patient" + std::to_string(i) + "@example.org";
            store_->add(patient);
            CPPUNIT_ASSERT(send_invitation(*store_, practice_, id, nurse, noon));
        }
        Database other_process{store_->path(), test_keyring()};
        const auto send_all = [this](Database& database) {
            OutboxWorker worker{database,
                                transport_,
                                [&](const QueuedMail& queued, UnixTime now) {
                                    return compose_mail(database, practice_, queued, now);
                                },
                                practice(),
                                "",
                                [](std::string_view) {}};
            while (worker.send_group(noon, soon())) continue;
        };
        std::thread first{[&] { send_all(store_->database()); }};
        std::thread second{[&] { send_all(other_process); }};
        first.join();
        second.join();
        std::set<std::string> recipients;
        for (const auto& sent : transport_.mails) recipients.insert(sent.recipient);
        CPPUNIT_ASSERT_EQUAL(std::size_t{24}, transport_.mails.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{24}, recipients.size());
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
        OutboxWorker worker{*store_, writing, compose_, practice(), "", [](std::string_view) {}};
        CPPUNIT_ASSERT(worker.send_group(noon, soon()));
        CPPUNIT_ASSERT(!account().facts.access_enabled);
    }

    void records_how_each_try_ended() {
        invite();
        transport_.answers = {later, lost};
        CPPUNIT_ASSERT(worker_->send_group(noon, soon()));
        CPPUNIT_ASSERT_EQUAL(std::string{"mail_deferred"}, last_entry().action);
        CPPUNIT_ASSERT(worker_->send_group(noon + minutes{1}, soon()));
        CPPUNIT_ASSERT_EQUAL(std::string{"mail_outcome_unknown"}, last_entry().action);
        CPPUNIT_ASSERT(worker_->send_group(noon + minutes{31}, soon()));
        CPPUNIT_ASSERT_EQUAL(std::string{"mail_sent"}, last_entry().action);
        CPPUNIT_ASSERT(last_entry().actor.kind == Actor::Kind::Plugin);
        CPPUNIT_ASSERT_EQUAL(std::string{"invitation"}, last_entry().detail);
    }

    void survives_a_restart() {
        invite();
        const auto before = link();
        store_->reopen();
        OutboxWorker worker{*store_, transport_, compose_, practice(), "", [](std::string_view) {}};
        CPPUNIT_ASSERT(worker.send_group(noon, soon()));
        CPPUNIT_ASSERT(transport_.mails.at(0).words.text.find(before) != std::string::npos);
    }

    void holds_no_link_in_the_store() {
        invite();
        CPPUNIT_ASSERT(worker_->send_group(noon, soon()));
        CPPUNIT_ASSERT(bytes_of_file(store_->path()).find(link()) == std::string::npos);
    }

private:
    void invite() { CPPUNIT_ASSERT(send_invitation(*store_, practice_, "P001", nurse, noon)); }
    Account account() { return store_->account("P001"); }
    QueuedMail mail() {
        return store_->ask([](Connection& connection) { return last_mail_to(connection, "P001"); })
            .value();
    }
    std::string link() {
        return store_->ask([this](Connection& connection) {
            return link_secret(store_->database().keyring(),
                               open_invitation(connection, "P001").value());
        });
    }
    AuditEntry last_entry() {
        return store_->ask(
            [](Connection& connection) { return latest_audit(connection, "P001", 1).front(); });
    }
    void take_in_hand(const std::string& lease) {
        store_->change("P001", [&](Transaction& transaction) {
            CPPUNIT_ASSERT(lease_due_mail(transaction, noon, noon + minutes{20}, lease));
        });
    }

    Practice practice_ = elm_practice();
    std::optional<TempStore> store_{};
    ppo_test::ScriptedTransport transport_{};
    OutboxWorker::Compose compose_ = [this](const QueuedMail& queued, UnixTime now) {
        return compose_mail(*store_, practice_, queued, now);
    };
    std::optional<OutboxWorker> worker_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(OutboxWorkerTest);

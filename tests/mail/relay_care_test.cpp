// SPDX-License-Identifier: Apache-2.0
#include "mail/relay_care.hpp"

#include "mail/delivery_fixture.hpp"
#include "store/relay_table.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;
using std::chrono::minutes;
using namespace ppo_test;

class RelayCareTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RelayCareTest);
    CPPUNIT_TEST(rests_longer_each_time_up_to_a_quarter_of_an_hour);
    CPPUNIT_TEST(keeps_since_when_and_takes_the_newest_reason);
    CPPUNIT_TEST(only_who_asked_lengthens_the_rest);
    CPPUNIT_TEST(rests_while_one_asks);
    CPPUNIT_TEST(may_be_asked_at_once_after_no_answer);
    CPPUNIT_TEST_SUITE_END();

public:
    void rests_longer_each_time_up_to_a_quarter_of_an_hour() {
        Relay relay;
        for (const int rest : {1, 2, 4, 8, 15, 15, 15}) {
            relay = after_trouble(relay, "down", true, noon);
            CPPUNIT_ASSERT(relay.rests_until == noon + minutes{rest});
        }
    }

    void keeps_since_when_and_takes_the_newest_reason() {
        const auto first = after_trouble({}, "one", false, noon);
        const auto second = after_trouble(first, "two", true, noon + minutes{1});
        CPPUNIT_ASSERT(second.broken_since == noon);
        CPPUNIT_ASSERT_EQUAL(std::string{"two"}, second.reason);
    }

    void only_who_asked_lengthens_the_rest() {
        const auto first = after_trouble({}, "one", false, noon);
        const auto second = after_trouble(first, "two", false, noon + minutes{1});
        CPPUNIT_ASSERT(second.rests_until == noon + minutes{1});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, second.failures);
    }

    void rests_while_one_asks() {
        const auto asked = while_asked(after_trouble({}, "one", false, noon), noon + minutes{1});
        CPPUNIT_ASSERT(asked.rests(noon + minutes{1}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, asked.failures);
    }

    void may_be_asked_at_once_after_no_answer() {
        const auto at = noon + minutes{1};
        const auto asked = while_asked(after_trouble({}, "one", false, noon), at);
        CPPUNIT_ASSERT(!after_no_answer(asked, at).rests(at));
        CPPUNIT_ASSERT(after_no_answer(asked, at).broken_since == noon);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RelayCareTest);

/// A mail server that takes nothing at all, as the worker and other workers see it.
class OutboxWorkerRelayTest : public DeliveryFixture {
    CPPUNIT_TEST_SUITE(OutboxWorkerRelayTest);
    CPPUNIT_TEST(a_broken_relay_rests);
    CPPUNIT_TEST(a_broken_relay_rests_for_all_workers_and_after_a_restart);
    CPPUNIT_TEST(a_broken_relay_rests_longer_each_time);
    CPPUNIT_TEST(a_relay_that_works_again_is_forgiven);
    CPPUNIT_TEST(a_broken_relay_burns_no_tries);
    CPPUNIT_TEST(mails_behind_a_broken_relay_stay_as_they_were);
    CPPUNIT_TEST(a_mail_of_its_own_trouble_does_not_rest_the_relay);
    CPPUNIT_TEST(only_one_worker_asks_with_one_mail);
    CPPUNIT_TEST(a_mail_that_need_not_leave_is_no_answer);
    CPPUNIT_TEST(an_outage_is_recorded_and_told_once);
    CPPUNIT_TEST(a_lost_connection_is_unknown_for_the_mail_and_trouble_for_the_others);
    CPPUNIT_TEST(being_stopped_is_no_outage);
    CPPUNIT_TEST_SUITE_END();

public:
    void a_broken_relay_rests() {
        invite_crowd(1, 2);
        transport_.answers = {relay_down};
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(!send());  // The other mail is due, but is spared.
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport_.mails.size());
        CPPUNIT_ASSERT(send(noon + minutes{1}));
    }

    void a_broken_relay_rests_for_all_workers_and_after_a_restart() {
        invite_crowd(1, 2);
        transport_.answers = {relay_down};
        CPPUNIT_ASSERT(send());
        worker_.reset();
        store_->reopen();
        make_worker();
        CPPUNIT_ASSERT(!send());
        CPPUNIT_ASSERT(send(noon + minutes{1}));
    }

    void a_broken_relay_rests_longer_each_time() {
        invite();
        for (int i = 0; i < 7; ++i) transport_.answers.push_back(relay_down);
        auto now = noon;
        for (const auto rest : {1, 2, 4, 8, 15, 15}) {
            CPPUNIT_ASSERT(send(now));
            CPPUNIT_ASSERT(mail().next_try_at == now + minutes{rest});
            CPPUNIT_ASSERT(!send(now + minutes{rest} - std::chrono::milliseconds{1}));
            now += minutes{rest};
        }
    }

    void a_relay_that_works_again_is_forgiven() {
        invite();
        transport_.answers = {relay_down, relay_down, later, relay_down};
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(send(noon + minutes{1}));
        CPPUNIT_ASSERT(send(noon + minutes{3}));
        CPPUNIT_ASSERT(send(noon + minutes{5}));
        CPPUNIT_ASSERT(relay().rests_until == noon + minutes{6});  // One minute again, not four.
    }

    void a_broken_relay_burns_no_tries() {
        invite();
        transport_.answers = {relay_down, relay_down, later};
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(send(noon + minutes{1}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mail().tries);
        CPPUNIT_ASSERT(send(noon + minutes{3}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mail().tries);
    }

    void mails_behind_a_broken_relay_stay_as_they_were() {
        invite_crowd(1, 5);
        transport_.answers = {{DeliveryState::Sent, "", false}, relay_down};
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, store_->number("SELECT COUNT(*) FROM outbox WHERE "
                                                             "state = 1 AND tries = 0 AND "
                                                             "lease = '' AND reason = ''"));
    }

    void a_mail_of_its_own_trouble_does_not_rest_the_relay() {
        invite_crowd(1, 2);
        transport_.answers = {later};
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, transport_.mails.size());
        CPPUNIT_ASSERT(!relay().broken_since);
    }

    void only_one_worker_asks_with_one_mail() {
        invite_crowd(1, 5);
        transport_.answers = {relay_down};
        CPPUNIT_ASSERT(send());
        Database other_process{store_->path(), test_keyring()};
        bool another_asked_too = false;
        OutboxWorker another{other_process, transport_, compose(other_process),
                             practice_,     "",         [](std::string_view) {}};
        const OutboxWorker::Compose meanwhile = [&](const QueuedMail& queued, UnixTime now) {
            another_asked_too = another.send_group(now, soon());
            return compose_mail(*store_, practice_, queued, now);
        };
        OutboxWorker asking{*store_, transport_, meanwhile, practice_, "", [](std::string_view) {}};
        CPPUNIT_ASSERT(asking.send_group(noon + minutes{1}, soon()));
        CPPUNIT_ASSERT(!another_asked_too);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, transport_.mails.size());
        CPPUNIT_ASSERT(send(noon + minutes{1}));  // It answered: the rest follows in one group.
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, transport_.mails.size() - 1);
    }

    void a_mail_that_need_not_leave_is_no_answer() {
        invite();
        transport_.answers = {relay_down};
        CPPUNIT_ASSERT(send());
        store_->tamper("UPDATE patient SET opted_out = 1");
        CPPUNIT_ASSERT(send(noon + minutes{1}));
        CPPUNIT_ASSERT(relay().broken_since == noon);
        CPPUNIT_ASSERT(!relay().rests(noon + minutes{1}));
    }

    void an_outage_is_recorded_and_told_once() {
        invite();
        transport_.answers = {relay_down, relay_down, relay_down};
        for (const int minute : {0, 1, 3}) CPPUNIT_ASSERT(send(noon + minutes{minute}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, entries_of("mail_server_down"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, entries_of("mail_server_back"));
        CPPUNIT_ASSERT(send(noon + minutes{7}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, entries_of("mail_server_back"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told_.size());
        CPPUNIT_ASSERT_EQUAL(
            std::string{"The mail server takes no mails, so they wait: connection refused"},
            told_.front());
    }

    void a_lost_connection_is_unknown_for_the_mail_and_trouble_for_the_others() {
        invite_crowd(1, 2);
        transport_.answers = {{DeliveryState::Unknown, "connection lost", true}};
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport_.mails.size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1},
                             store_->number("SELECT COUNT(*) FROM outbox WHERE state = 5"));
        CPPUNIT_ASSERT(relay().broken_since == noon);
    }

    void being_stopped_is_no_outage() {
        invite_crowd(1, 2);
        transport_.answers = {relay_down};
        const OutboxWorker::Compose stopping = [this](const QueuedMail& queued, UnixTime now) {
            worker_->stop();
            return compose_mail(*store_, practice_, queued, now);
        };
        worker_.emplace(*store_, transport_, stopping, practice_, "", [](std::string_view) {});
        CPPUNIT_ASSERT(!send());
        CPPUNIT_ASSERT(!relay().broken_since);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, store_->number("SELECT COUNT(*) FROM outbox WHERE "
                                                             "state = 1 AND lease = ''"));
        make_worker();
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, transport_.mails.size());
    }

private:
    Relay relay() {
        return store_->ask([](Connection& connection) { return read_relay(connection); });
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(OutboxWorkerRelayTest);

// SPDX-License-Identifier: Apache-2.0
#include "mail/group_sender.hpp"

#include "mail/delivery_fixture.hpp"
#include "mail/scripted_transport.hpp"
#include "store/delivery_table.hpp"
#include "store/fault.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <condition_variable>
#include <future>
#include <set>
#include <thread>

using namespace ppo;
using namespace ppo_test;
using std::chrono::hours;
using std::chrono::minutes;

namespace {
/// Lets nobody out of send() before as many as it takes at once are in.
class WideTransport : public ScriptedTransport {
public:
    explicit WideTransport(int width) : width_{width} {}
    [[nodiscard]] int connections() const override { return width_; }
    Delivery send(const OutgoingMail& mail, const Leaving& leaving) override {
        {
            std::unique_lock lock{door_};
            threads.insert(std::this_thread::get_id());
            ++inside_;
            all_in_.notify_all();
            all_in_.wait(lock, [this] { return inside_ >= width_; });
        }
        return ScriptedTransport::send(mail, leaving);
    }

    std::set<std::thread::id> threads{};

private:
    int width_;
    int inside_ = 0;
    std::mutex door_{};
    std::condition_variable all_in_{};
};

std::vector<MailInHand> mails(int count) {
    std::vector<MailInHand> all(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        all[static_cast<std::size_t>(i)].mail.id = "m" + std::to_string(i);
    return all;
}
}  // namespace

class GroupSenderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(GroupSenderTest);
    CPPUNIT_TEST(one_connection_means_the_callers_thread);
    CPPUNIT_TEST(uses_as_many_threads_as_there_are_connections);
    CPPUNIT_TEST(sends_each_mail_once);
    CPPUNIT_TEST(goes_on_where_it_stood);
    CPPUNIT_TEST(ends_at_trouble_with_the_mail_server);
    CPPUNIT_TEST(ends_when_stopped);
    CPPUNIT_TEST(keeps_what_broke_and_ends);
    CPPUNIT_TEST(knows_who_may_have_left);
    CPPUNIT_TEST_SUITE_END();

    SendingJournal journal_{""};
    std::atomic<bool> stopped_{false};
    OutboxWorker::Compose compose_ = [](const QueuedMail& mail, UnixTime) {
        return std::optional{OutgoingMail{.message_id = mail.id}};
    };

    void send(Transport& transport, std::vector<MailInHand>& group) {
        GroupSender{transport, compose_, journal_, stopped_, group, noon}.send(group.size(),
                                                                               soon());
    }

public:
    void one_connection_means_the_callers_thread() {
        WideTransport transport{1};
        auto group = mails(3);
        send(transport, group);
        CPPUNIT_ASSERT(transport.threads == std::set{std::this_thread::get_id()});
    }

    void uses_as_many_threads_as_there_are_connections() {
        WideTransport transport{4};
        auto group = mails(20);
        send(transport, group);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, transport.threads.size());
    }

    void sends_each_mail_once() {
        WideTransport transport{4};
        auto group = mails(200);
        send(transport, group);
        std::set<std::string> ids;
        for (const auto& mail : transport.mails) ids.insert(mail.message_id);
        CPPUNIT_ASSERT(transport.mails.size() == 200 && ids.size() == 200);
    }

    void goes_on_where_it_stood() {
        ScriptedTransport transport;
        auto group = mails(3);
        GroupSender sender{transport, compose_, journal_, stopped_, group, noon};
        sender.send(group.size(), std::chrono::steady_clock::now());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, sender.begun());
        sender.send(group.size(), soon());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, sender.begun());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, transport.mails.size());
    }

    void ends_at_trouble_with_the_mail_server() {
        ScriptedTransport transport;
        transport.answers = {{DeliveryState::Sent, "", false},
                             {DeliveryState::Deferred, "x", true}};
        auto group = mails(5);
        GroupSender sender{transport, compose_, journal_, stopped_, group, noon};
        sender.send(group.size(), soon());
        CPPUNIT_ASSERT(sender.must_end());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, sender.begun());
        CPPUNIT_ASSERT(!group[2].delivery);
    }

    void ends_when_stopped() {
        ScriptedTransport transport;
        stopped_ = true;
        auto group = mails(5);
        GroupSender sender{transport, compose_, journal_, stopped_, group, noon};
        sender.send(group.size(), soon());
        CPPUNIT_ASSERT(transport.mails.empty());
    }

    void keeps_what_broke_and_ends() {
        ScriptedTransport transport;
        compose_ = [](const QueuedMail&, UnixTime) -> std::optional<OutgoingMail> {
            throw std::logic_error{"a bug"};
        };
        auto group = mails(2);
        GroupSender sender{transport, compose_, journal_, stopped_, group, noon};
        sender.send(group.size(), soon());
        CPPUNIT_ASSERT(sender.failure() && sender.must_end());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, sender.begun());
        CPPUNIT_ASSERT(group[0].delivery->state == DeliveryState::Deferred);
    }

    void knows_who_may_have_left() {
        class Breaking : public ScriptedTransport {
            Delivery send(const OutgoingMail&, const Leaving& leaving) override {
                leaving();
                throw std::runtime_error{"a bug"};
            }
        } transport;
        auto group = mails(1);
        GroupSender sender{transport, compose_, journal_, stopped_, group, noon};
        sender.send(group.size(), soon());
        CPPUNIT_ASSERT(group[0].may_have_left && !group[0].delivery);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(GroupSenderTest);

/// What goes into a group, and who of several workers has it.
class OutboxWorkerGroupTest : public DeliveryFixture {
    CPPUNIT_TEST_SUITE(OutboxWorkerGroupTest);
    CPPUNIT_TEST(sends_many_mails_in_one_call);
    CPPUNIT_TEST(groups_grow_while_they_are_quick);
    CPPUNIT_TEST(mails_somebody_waits_for_leave_first);
    CPPUNIT_TEST(mails_of_a_paused_batch_stay);
    CPPUNIT_TEST(gives_the_rest_back_when_the_time_is_over);
    CPPUNIT_TEST(takes_no_more_than_the_time_was_enough_for);
    CPPUNIT_TEST(sends_one_mail_however_short_the_time);
    CPPUNIT_TEST(waiting_behind_other_writers_takes_no_time_from_sending);
    CPPUNIT_TEST(the_cap_of_the_minute_holds_over_all_workers);
    CPPUNIT_TEST(the_cap_of_the_day_holds);
    CPPUNIT_TEST(mails_that_do_not_leave_give_their_share_back);
    CPPUNIT_TEST(two_workers_send_each_mail_once);
    CPPUNIT_TEST(another_thread_does_not_send_beside_the_first);
    CPPUNIT_TEST(a_mail_that_cannot_be_written_is_not_in_the_way);
    CPPUNIT_TEST(a_store_that_breaks_sends_nobody_twice);
    CPPUNIT_TEST(leaves_no_journal_when_it_ends);
    CPPUNIT_TEST_SUITE_END();

public:
    void sends_many_mails_in_one_call() {
        invite_crowd(1, 10);
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(std::size_t{10}, transport_.mails.size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{10},
                             store_->number("SELECT COUNT(*) FROM patient WHERE status = 3"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{10}, entries_of("mail_sent"));
    }

    void groups_grow_while_they_are_quick() {
        practice_.mails_per_minute = 1000;
        invite_crowd(1, 350);
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(std::size_t{64}, transport_.mails.size());
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(std::size_t{320}, transport_.mails.size());
    }

    void mails_somebody_waits_for_leave_first() {
        invite_crowd(1, 3);
        store_->tamper("UPDATE outbox SET urgency = 2");
        invite();
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org"}, transport_.mails.at(0).recipient);
    }

    void mails_of_a_paused_batch_stay() {
        invite_crowd(1, 2);
        put_into_batch("W1", 3);
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport_.mails.size());
        CPPUNIT_ASSERT(!send());
        store_->tamper("UPDATE batch SET state = 2");
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(std::string{"patient1@example.org"}, transport_.mails.at(1).recipient);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{static_cast<int>(MailState::Sent)},
                             store_->number("SELECT outcome FROM batch_person"));
    }

    void gives_the_rest_back_when_the_time_is_over() {
        invite_crowd(1, 3);
        make_slow_worker();
        CPPUNIT_ASSERT(send_for_all_of_the_time());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport_.mails.size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2},
                             store_->number("SELECT COUNT(*) FROM outbox WHERE state = 1 AND "
                                            "tries = 0 AND lease = '' AND leased_until IS NULL"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, left().last_day);
    }

    void takes_no_more_than_the_time_was_enough_for() {
        invite_crowd(1, 9);
        make_slow_worker();
        CPPUNIT_ASSERT(send_for_all_of_the_time());
        CPPUNIT_ASSERT(send_for_all_of_the_time());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, in_hand_);
    }

    void sends_one_mail_however_short_the_time() {
        invite_crowd(1, 2);
        CPPUNIT_ASSERT(worker_->send_group(noon, std::chrono::steady_clock::now()));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport_.mails.size());
    }

    void waiting_behind_other_writers_takes_no_time_from_sending() {
        invite_crowd(1, 3);
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{1};
        std::future<bool> sent;
        {
            const Transaction in_the_way{*store_};
            sent = std::async(std::launch::async, [&] { return worker_->send_group(noon, until); });
            while (std::chrono::steady_clock::now() < until) std::this_thread::yield();
        }
        CPPUNIT_ASSERT(sent.get());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, transport_.mails.size());
    }

    void the_cap_of_the_minute_holds_over_all_workers() {
        practice_.mails_per_minute = 3;
        invite_crowd(1, 8);
        Database other_process{store_->path(), test_keyring()};
        OutboxWorker other{other_process, transport_, compose(other_process),
                           practice_,     "",         [](std::string_view) {}};
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(!send() && !other.send_group(noon, soon()));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, transport_.mails.size());
        CPPUNIT_ASSERT(other.send_group(noon + minutes{1}, soon()));
        CPPUNIT_ASSERT(!send(noon + minutes{1}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, transport_.mails.size());
    }

    void the_cap_of_the_day_holds() {
        practice_.mails_per_day = 2;
        invite_crowd(1, 3);
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(!send(noon + hours{24} - minutes{1}));
        CPPUNIT_ASSERT(send(noon + hours{24}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, transport_.mails.size());
    }

    void mails_that_do_not_leave_give_their_share_back() {
        practice_.mails_per_day = 4;
        invite_crowd(1, 4);
        store_->tamper("UPDATE patient SET opted_out = 1 WHERE patient_id = 'W1'");
        transport_.answers = {later, {DeliveryState::Failed, "550 no", false}};
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, transport_.mails.size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, left().last_day);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, store_->number("SELECT tries FROM delivery_minute"));
    }

    void two_workers_send_each_mail_once() {
        invite_crowd(1, 60);
        Database other_process{store_->path(), test_keyring()};
        const auto send_all = [this](Database& database) {
            OutboxWorker worker{database,  transport_, compose(database),
                                practice_, journal(),  [](std::string_view) {}};
            while (worker.send_group(noon, soon())) continue;
        };
        std::thread first{[&] { send_all(store_->database()); }};
        std::thread second{[&] { send_all(other_process); }};
        first.join();
        second.join();
        std::set<std::string> recipients;
        for (const auto& sent : transport_.mails) recipients.insert(sent.recipient);
        CPPUNIT_ASSERT_EQUAL(std::size_t{60}, transport_.mails.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{60}, recipients.size());
    }

    void another_thread_does_not_send_beside_the_first() {
        invite_crowd(1, 20);
        bool sent_beside = false;
        const OutboxWorker::Compose meanwhile = [&](const QueuedMail& queued, UnixTime now) {
            std::thread{[&] { sent_beside = sent_beside || send(); }}.join();
            return compose_mail(*store_, practice_, queued, now);
        };
        worker_.emplace(*store_, transport_, meanwhile, practice_, "", [](std::string_view) {});
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(!sent_beside);
    }

    void a_mail_that_cannot_be_written_is_not_in_the_way() {
        invite_crowd(1, 2);
        const OutboxWorker::Compose failing = [this](const QueuedMail& queued, UnixTime now) {
            if (queued.people.front().patient_id == "W1") throw std::runtime_error{"a bug"};
            return compose_mail(*store_, practice_, queued, now);
        };
        worker_.emplace(*store_, transport_, failing, practice_, "", [](std::string_view) {});
        CPPUNIT_ASSERT_THROW(send(), std::runtime_error);
        CPPUNIT_ASSERT_EQUAL(MailState::Deferred, mail("W1").state);
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(MailState::Sent, mail("W2").state);
    }

    /// The mail has left and the store does not take that any more: what the journal says is stored
    /// as soon as the store works again.
    void a_store_that_breaks_sends_nobody_twice() {
        invite_crowd(1, 2);
        store_->break_on("UPDATE OF state", "outbox");
        CPPUNIT_ASSERT_THROW(send(), StoreFault);
        CPPUNIT_ASSERT_THROW(send(), StoreFault);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, transport_.mails.size());
        store_->mend("outbox");
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, transport_.mails.size());
        CPPUNIT_ASSERT_EQUAL(MailState::Sent, mail("W1").state);
        CPPUNIT_ASSERT_EQUAL(MailState::Sent, mail("W2").state);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, entries_of("mail_sent"));
    }

    void leaves_no_journal_when_it_ends() {
        invite();
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(1, count_journals());
        worker_.reset();
        CPPUNIT_ASSERT_EQUAL(0, count_journals());
    }

private:
    void put_into_batch(const std::string& patient_id, int state) {
        store_->tamper("INSERT INTO batch VALUES (1, 1, " + std::to_string(state) +
                       ", 'nurse-1', '', 0, 0, NULL, 0, 1)");
        store_->tamper(
            "INSERT INTO batch_person (practice, batch_id, place, patient_id, outcome) VALUES "
            "(1, 1, 1, '" +
            patient_id + "', 1)");
        store_->tamper(
            "UPDATE outbox SET urgency = 2, batch_id = 1, batch_place = 1 WHERE mail_id "
            "= '" +
            mail(patient_id).id + "'");
    }
    MailsLeft left() {
        return store_->ask(
            [](Connection& connection) { return read_mails_left(connection, noon); });
    }

    /// Takes all of the time for its first mail.
    void make_slow_worker() {
        const OutboxWorker::Compose slow = [this](const QueuedMail& queued, UnixTime now) {
            in_hand_ = store_->number("SELECT COUNT(*) FROM outbox WHERE lease <> ''");
            const auto end = std::chrono::steady_clock::now() + budget_;
            while (std::chrono::steady_clock::now() < end) std::this_thread::yield();
            return compose_mail(*store_, practice_, queued, now);
        };
        worker_.emplace(*store_, transport_, slow, practice_, "", [](std::string_view) {});
    }

    bool send_for_all_of_the_time() {
        return worker_->send_group(noon, std::chrono::steady_clock::now() + budget_);
    }

    const std::chrono::milliseconds budget_{200};
    std::int64_t in_hand_ = 0;
};
CPPUNIT_TEST_SUITE_REGISTRATION(OutboxWorkerGroupTest);

// SPDX-License-Identifier: Apache-2.0
#include "mail/group_sender.hpp"

#include "mail/scripted_transport.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <condition_variable>
#include <set>
#include <thread>

using namespace ppo;

namespace {
/// Lets nobody out of send() before as many as it takes at once are in.
class WideTransport : public ppo_test::ScriptedTransport {
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

std::chrono::steady_clock::time_point soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds{30};
}

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
        OutgoingMail written;
        written.message_id = mail.id;
        return std::optional{written};
    };

public:
    void one_connection_means_the_callers_thread() {
        WideTransport transport{1};
        auto group = mails(3);
        GroupSender{transport, compose_, journal_, stopped_, group, noon}.send(soon());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, transport.threads.size());
        CPPUNIT_ASSERT(transport.threads.contains(std::this_thread::get_id()));
    }

    void uses_as_many_threads_as_there_are_connections() {
        WideTransport transport{4};
        auto group = mails(20);
        GroupSender{transport, compose_, journal_, stopped_, group, noon}.send(soon());
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, transport.threads.size());
    }

    void sends_each_mail_once() {
        WideTransport transport{4};
        auto group = mails(200);
        GroupSender{transport, compose_, journal_, stopped_, group, noon}.send(soon());
        std::set<std::string> ids;
        for (const auto& mail : transport.mails) ids.insert(mail.message_id);
        CPPUNIT_ASSERT_EQUAL(std::size_t{200}, transport.mails.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{200}, ids.size());
    }

    void goes_on_where_it_stood() {
        ppo_test::ScriptedTransport transport;
        auto group = mails(3);
        GroupSender sender{transport, compose_, journal_, stopped_, group, noon};
        sender.send(std::chrono::steady_clock::now());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, sender.begun());
        sender.send(soon());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, sender.begun());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, transport.mails.size());
    }

    void ends_at_trouble_with_the_mail_server() {
        ppo_test::ScriptedTransport transport;
        transport.answers = {{DeliveryState::Sent, "", false},
                             {DeliveryState::Deferred, "x", true}};
        auto group = mails(5);
        GroupSender sender{transport, compose_, journal_, stopped_, group, noon};
        sender.send(soon());
        CPPUNIT_ASSERT(sender.must_end());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, sender.begun());
        CPPUNIT_ASSERT(!group[2].delivery);
    }

    void ends_when_stopped() {
        ppo_test::ScriptedTransport transport;
        stopped_ = true;
        auto group = mails(5);
        GroupSender sender{transport, compose_, journal_, stopped_, group, noon};
        sender.send(soon());
        CPPUNIT_ASSERT(transport.mails.empty());
    }

    void keeps_what_broke_and_ends() {
        ppo_test::ScriptedTransport transport;
        compose_ = [](const QueuedMail&, UnixTime) -> std::optional<OutgoingMail> {
            throw std::logic_error{"a bug"};
        };
        auto group = mails(2);
        GroupSender sender{transport, compose_, journal_, stopped_, group, noon};
        sender.send(soon());
        CPPUNIT_ASSERT(sender.failure() && sender.must_end());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, sender.begun());
        CPPUNIT_ASSERT(group[0].delivery->state == DeliveryState::Deferred);
    }

    void knows_who_may_have_left() {
        class Breaking : public ppo_test::ScriptedTransport {
            Delivery send(const OutgoingMail&, const Leaving& leaving) override {
                leaving();
                throw std::runtime_error{"a bug"};
            }
        } transport;
        auto group = mails(1);
        GroupSender sender{transport, compose_, journal_, stopped_, group, noon};
        sender.send(soon());
        CPPUNIT_ASSERT(group[0].may_have_left && !group[0].delivery);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(GroupSenderTest);

// SPDX-License-Identifier: Apache-2.0
#include "mail/delivery_fixture.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <functional>

using namespace ppo;
using namespace ppo_test;
using std::chrono::minutes;

namespace {
/// Takes each mail for sent and writes its recipient into a file, as a mail server would that
/// outlives us; kills the process at one moment of the third mail.
class DeadlyTransport : public Transport {
public:
    enum class Moment { BeforeLeaving, AfterLeaving, AfterHandingOver };

    DeadlyTransport(std::string taken, Moment moment) : taken_{std::move(taken)}, moment_{moment} {}

    Delivery send(const OutgoingMail& mail, const Leaving& leaving) override {
        const bool is_last = ++mails_ == 3;
        if (is_last && moment_ == Moment::BeforeLeaving) die();
        leaving();
        if (is_last && moment_ == Moment::AfterLeaving) die();
        write_file(taken_, bytes_of_file(taken_) + mail.recipient + "\n");
        if (is_last) die();
        return {DeliveryState::Sent, {}, false};
    }
    void walk(const OutgoingMail*, const TellStep&) override {}

    [[noreturn]] static void die() {
        ::kill(::getpid(), SIGKILL);
        while (true) ::pause();
    }

private:
    std::string taken_;
    Moment moment_;
    int mails_ = 0;
};

std::string lines(int first, int last) {
    std::string text;
    for (int i = first; i <= last; ++i) text += "patient" + std::to_string(i) + "@example.org\n";
    return text;
}
}  // namespace

/// Workers that are killed, in a process of their own.
class OutboxWorkerCrashTest : public DeliveryFixture {
    CPPUNIT_TEST_SUITE(OutboxWorkerCrashTest);
    CPPUNIT_TEST(killed_before_the_last_bytes_left);
    CPPUNIT_TEST(killed_while_the_last_bytes_left);
    CPPUNIT_TEST(killed_when_the_server_had_the_mail);
    CPPUNIT_TEST(killed_between_outcome_and_store);
    CPPUNIT_TEST(a_worker_that_lives_on_finds_out);
    CPPUNIT_TEST(a_live_worker_is_left_alone);
    CPPUNIT_TEST(without_a_journal_the_lease_ends_some_time);
    CPPUNIT_TEST(gives_back_the_shares_of_mails_that_stayed);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        DeliveryFixture::setUp();
        invite_crowd(1, 5);
    }

    void killed_before_the_last_bytes_left() {
        die_at(DeadlyTransport::Moment::BeforeLeaving);
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(lines(1, 2), bytes_of_file(taken()));
        CPPUNIT_ASSERT_EQUAL(lines(3, 5), recipients());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, sent());
    }

    void killed_while_the_last_bytes_left() {
        die_at(DeadlyTransport::Moment::AfterLeaving);
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(lines(4, 5), recipients());
        CPPUNIT_ASSERT_EQUAL(MailState::Unknown, mail("W3").state);
        CPPUNIT_ASSERT(mail("W3").next_try_at == noon + minutes{30});
        CPPUNIT_ASSERT(send(noon + minutes{30}));
        CPPUNIT_ASSERT_EQUAL(std::string{"It may have been sent twice."}, mail("W3").reason);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, sent());
    }

    void killed_when_the_server_had_the_mail() {
        die_at(DeadlyTransport::Moment::AfterHandingOver);
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(lines(1, 3), bytes_of_file(taken()));
        CPPUNIT_ASSERT_EQUAL(lines(4, 5), recipients());
        CPPUNIT_ASSERT_EQUAL(MailState::Unknown, mail("W3").state);
    }

    void killed_between_outcome_and_store() {
        const OutboxWorker::Compose deadly = [this](const QueuedMail& queued, UnixTime now) {
            if (queued.people.front().patient_id == "W4") DeadlyTransport::die();
            return compose_mail(*store_, practice_, queued, now);
        };
        in_a_process_that_dies(
            [&] {
                OutboxWorker worker{*store_,   transport_, deadly,
                                    practice_, journal(),  [](std::string_view) {}};
                static_cast<void>(worker.send_group(noon, soon()));
            },
            [] {});
        CPPUNIT_ASSERT(send(noon + minutes{1}));
        CPPUNIT_ASSERT_EQUAL(lines(4, 5), recipients());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, sent());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, entries_of("mail_sent"));
        CPPUNIT_ASSERT(account("W1").status == PortalStatus::Invited);
        CPPUNIT_ASSERT_EQUAL(1, count_journals());  // The survivor's own.
    }

    void a_worker_that_lives_on_finds_out() {
        die_at(DeadlyTransport::Moment::AfterHandingOver, journal(), [this] {
            CPPUNIT_ASSERT(!send(noon - minutes{1}));  // Looks for the dead: nobody is, yet.
        });
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(lines(4, 5), recipients());
        CPPUNIT_ASSERT_EQUAL(MailState::Unknown, mail("W3").state);
    }

    void a_live_worker_is_left_alone() {
        Database other_process{store_->path(), test_keyring()};
        OutboxWorker other{other_process, transport_, compose(other_process),
                           practice_,     journal(),  [](std::string_view) {}};
        bool took_something = false;
        const OutboxWorker::Compose meanwhile = [&](const QueuedMail& queued, UnixTime now) {
            took_something = took_something || other.send_group(now, soon());
            return compose_mail(*store_, practice_, queued, now);
        };
        OutboxWorker living{*store_,   transport_, meanwhile,
                            practice_, journal(),  [](std::string_view) {}};
        CPPUNIT_ASSERT(living.send_group(noon, soon()));
        CPPUNIT_ASSERT(!took_something);
        CPPUNIT_ASSERT_EQUAL(lines(1, 5), recipients());
    }

    void without_a_journal_the_lease_ends_some_time() {
        die_at(DeadlyTransport::Moment::BeforeLeaving, "", [] {});
        CPPUNIT_ASSERT(!send(noon + minutes{19}));
        CPPUNIT_ASSERT(send(noon + minutes{20}));
        CPPUNIT_ASSERT_EQUAL(lines(1, 5), recipients());
    }

    void gives_back_the_shares_of_mails_that_stayed() {
        practice_.mails_per_minute = 5;
        die_at(DeadlyTransport::Moment::BeforeLeaving);
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, sent());
    }

private:
    [[nodiscard]] std::string taken() const { return store_->path() + ".taken"; }

    void die_at(DeadlyTransport::Moment moment) {
        die_at(moment, journal(), [] {});
    }
    void die_at(DeadlyTransport::Moment moment, const std::string& prefix,
                const std::function<void()>& before) {
        in_a_process_that_dies(
            [&] {
                DeadlyTransport transport{taken(), moment};
                OutboxWorker worker{*store_,   transport, compose(*store_),
                                    practice_, prefix,    [](std::string_view) {}};
                static_cast<void>(worker.send_group(noon, soon()));
            },
            before);
    }

    /// Does `before` here, then the deed in a process that was made before the store was opened:
    /// SQLite's connections do not go through a fork.
    void in_a_process_that_dies(const std::function<void()>& deed,
                                const std::function<void()>& before) {
        worker_.reset();
        store_->close();
        std::array<int, 2> go{};
        CPPUNIT_ASSERT(::pipe(go.data()) == 0);
        const auto child = ::fork();
        if (child == 0) {
            char sign = 0;
            if (::read(go[0], &sign, 1) == 1) {
                store_->reopen();
                deed();
            }
            ::_exit(0);
        }
        store_->reopen();
        make_worker();
        before();
        CPPUNIT_ASSERT(::write(go[1], "!", 1) == 1);
        int ended = 0;
        CPPUNIT_ASSERT_EQUAL(child, ::waitpid(child, &ended, 0));
        for (const int end : go) ::close(end);
        CPPUNIT_ASSERT(WIFSIGNALED(ended) && WTERMSIG(ended) == SIGKILL);
    }

    std::string recipients() {
        std::string text;
        for (const auto& sent : transport_.mails) text += sent.recipient + "\n";
        return text;
    }
    std::int64_t sent() {
        return store_->number("SELECT COUNT(*) FROM outbox WHERE state = 2 AND lease = ''");
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(OutboxWorkerCrashTest);

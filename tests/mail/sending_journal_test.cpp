// SPDX-License-Identifier: Apache-2.0
#include "mail/sending_journal.hpp"

#include "mail/delivery_fixture.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <functional>
#include <thread>
#include <vector>

using namespace ppo;
using namespace ppo_test;
using std::chrono::minutes;

namespace {
const Delivery accepted{DeliveryState::Sent, "", false};
const Delivery refused{DeliveryState::Failed, "550 no such\nmailbox", false};
}  // namespace

class SendingJournalTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SendingJournalTest);
    CPPUNIT_TEST(is_read_back_by_who_comes_after);
    CPPUNIT_TEST(is_nobody_elses_while_its_worker_lives);
    CPPUNIT_TEST(is_taken_over_once);
    CPPUNIT_TEST(stays_if_it_could_not_be_recovered);
    CPPUNIT_TEST(forgets_what_is_stored);
    CPPUNIT_TEST(goes_with_its_worker);
    CPPUNIT_TEST(is_for_its_owner_alone);
    CPPUNIT_TEST(half_a_line_at_the_end_was_not_written);
    CPPUNIT_TEST(nonsense_was_not_written);
    CPPUNIT_TEST(lines_of_several_threads_do_not_mix);
    CPPUNIT_TEST(does_without_a_file_where_none_is_wanted);
    CPPUNIT_TEST(other_files_beside_the_store_are_left_alone);
    CPPUNIT_TEST_SUITE_END();

    TempFolder folder_{};
    std::string prefix_ = folder_.file("store.db");

    std::vector<LeftBehind> take_over() {
        std::vector<LeftBehind> all;
        take_journals_left_behind(prefix_, [&](const LeftBehind& left) { all.push_back(left); });
        return all;
    }
    std::string path_of(const SendingJournal& journal) {
        return prefix_ + "-sending-" + journal.lease();
    }

public:
    void is_read_back_by_who_comes_after() {
        SendingJournal journal{prefix_};
        journal.begin(noon);
        for (const auto* id : {"m1", "m2", "m3", "m4"}) journal.leaving(id);
        journal.ended("m1", accepted);
        journal.ended("m2", refused);
        journal.ended("m3", relay_down);
        journal.leave_behind();
        const auto all = take_over();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, all.size());
        CPPUNIT_ASSERT_EQUAL(journal.lease(), all.front().lease);
        CPPUNIT_ASSERT(all.front().begun_at == noon);
        const auto& mails = all.front().mails;
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, mails.size());
        CPPUNIT_ASSERT(mails.at("m1")->state == DeliveryState::Sent);
        CPPUNIT_ASSERT(mails.at("m2")->state == DeliveryState::Failed);
        CPPUNIT_ASSERT_EQUAL(std::string{"550 no such mailbox"}, mails.at("m2")->reason);
        CPPUNIT_ASSERT(mails.at("m3")->relay_broken && !mails.at("m1")->relay_broken);
        CPPUNIT_ASSERT(!mails.at("m4"));
    }

    void is_nobody_elses_while_its_worker_lives() {
        const SendingJournal journal{prefix_};
        CPPUNIT_ASSERT(take_over().empty());
        CPPUNIT_ASSERT(std::filesystem::exists(path_of(journal)));
    }

    void is_taken_over_once() {
        SendingJournal journal{prefix_};
        journal.leave_behind();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, take_over().size());
        CPPUNIT_ASSERT(take_over().empty());
    }

    void stays_if_it_could_not_be_recovered() {
        SendingJournal journal{prefix_};
        journal.leave_behind();
        const auto fail = [](const LeftBehind&) { throw std::runtime_error{"the store broke"}; };
        CPPUNIT_ASSERT_THROW(take_journals_left_behind(prefix_, fail), std::runtime_error);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, take_over().size());
    }

    void forgets_what_is_stored() {
        SendingJournal journal{prefix_};
        journal.leaving("m1");
        journal.forget();
        journal.leaving("m2");
        journal.leave_behind();
        const auto mails = take_over().front().mails;
        CPPUNIT_ASSERT(mails.size() == 1 && mails.contains("m2"));
    }

    void goes_with_its_worker() {
        std::string path;
        {
            const SendingJournal journal{prefix_};
            path = path_of(journal);
            CPPUNIT_ASSERT(std::filesystem::exists(path));
        }
        CPPUNIT_ASSERT(!std::filesystem::exists(path));
    }

    void is_for_its_owner_alone() {
        const SendingJournal journal{prefix_};
        struct stat facts {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat(path_of(journal).c_str(), &facts));
        CPPUNIT_ASSERT_EQUAL(0600U, facts.st_mode & 0777U);
    }

    void half_a_line_at_the_end_was_not_written() {
        const std::string whole = "leaving m1\nended m1 2 0 550 no\nleaving m2\n";
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto left = read_journal("l", std::string_view{whole}.substr(0, length));
            CPPUNIT_ASSERT_EQUAL(length >= 11, left.mails.contains("m1"));
            CPPUNIT_ASSERT(!left.mails.contains("m2"));
            if (length >= 11) CPPUNIT_ASSERT_EQUAL(length >= 31, left.mails.at("m1").has_value());
        }
    }

    void nonsense_was_not_written() {
        std::string bytes(100, '\0');
        bytes += "\n\nended\nended m1\nended m1 9 0 x\nended m1 -1 0 x\nended m1 1x 0 x\nbegun x\n";
        const auto left = read_journal("l", bytes);
        CPPUNIT_ASSERT(left.mails.empty());
        CPPUNIT_ASSERT(left.begun_at == UnixTime{});
    }

    void lines_of_several_threads_do_not_mix() {
        SendingJournal journal{prefix_};
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([&journal, thread] {
                for (int i = 0; i < 100; ++i) {
                    const auto id = std::to_string(thread) + "-" + std::to_string(i);
                    journal.leaving(id);
                    journal.ended(id, refused);
                }
            });
        for (auto& thread : threads) thread.join();
        journal.leave_behind();
        const auto mails = take_over().front().mails;
        CPPUNIT_ASSERT_EQUAL(std::size_t{400}, mails.size());
        for (const auto& [id, delivery] : mails) CPPUNIT_ASSERT(delivery.has_value());
    }

    void does_without_a_file_where_none_is_wanted() {
        SendingJournal journal{""};
        journal.begin(noon);
        journal.leaving("m1");
        journal.ended("m1", accepted);
        journal.forget();
        CPPUNIT_ASSERT_EQUAL(std::size_t{32}, journal.lease().size());
    }

    void other_files_beside_the_store_are_left_alone() {
        const auto other = folder_.file("store.db-journal");
        const auto stranger = folder_.file("other.db-sending-1");
        write_file(other, "x");
        write_file(stranger, "x");
        CPPUNIT_ASSERT(take_over().empty());
        CPPUNIT_ASSERT(std::filesystem::exists(other) && std::filesystem::exists(stranger));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SendingJournalTest);

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
    [[nodiscard]] std::string taken() { return store_->local_prefix() + ".taken"; }

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

// SPDX-License-Identifier: Apache-2.0
#include "mail/sending_journal.hpp"

#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <sys/stat.h>

#include <filesystem>
#include <thread>
#include <vector>

using namespace ppo;

namespace {
const Delivery sent{DeliveryState::Sent, "", false};
const Delivery refused{DeliveryState::Failed, "550 no such\nmailbox", false};
const Delivery lost{DeliveryState::Unknown, "connection lost", true};
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
        journal.ended("m1", sent);
        journal.ended("m2", refused);
        journal.ended("m3", lost);
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
        journal.ended("m1", sent);
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

// SPDX-License-Identifier: Apache-2.0
#include "host/maildir.hpp"

#include "host/bounce_intake.hpp"
#include "scenario/world.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <fstream>
#include <sstream>

namespace fs = std::filesystem;

namespace {
std::size_t files_in(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}));
}

void write(const fs::path& file, const std::string& text) { std::ofstream{file} << text; }
}  // namespace

class MaildirTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MaildirTest);
    CPPUNIT_TEST(a_delivered_mail_waits_and_is_read_as_it_was);
    CPPUNIT_TEST(a_mail_that_is_still_written_does_not_wait);
    CPPUNIT_TEST(hidden_files_folders_and_links_are_no_mails);
    CPPUNIT_TEST(a_mail_that_is_too_long_is_not_read);
    CPPUNIT_TEST(a_seen_mail_lies_in_cur_with_its_flag);
    CPPUNIT_TEST(a_seen_mail_replaces_none_of_the_same_name);
    CPPUNIT_TEST(a_mail_that_somebody_else_moved_is_no_trouble);
    CPPUNIT_TEST_SUITE_END();

    ppo_sim::TemporaryFolder temporary_{};
    const fs::path folder_ = temporary_.path() / "bounces";
    const ppo_sim::Maildir maildir_{folder_};

    void a_delivered_mail_waits_and_is_read_as_it_was() {
        maildir_.deliver("one\r\ntwo");
        const auto names = maildir_.waiting();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, names.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"one\r\ntwo"}, *maildir_.read(names[0], 100));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, files_in(folder_ / "tmp"));
    }

    void a_mail_that_is_still_written_does_not_wait() {
        write(folder_ / "tmp" / "half", "From: ");
        CPPUNIT_ASSERT(maildir_.waiting().empty());
    }

    void hidden_files_folders_and_links_are_no_mails() {
        write(folder_ / "new" / ".hidden", "x");
        fs::create_directory(folder_ / "new" / "folder");
        fs::create_symlink("/etc/hostname", folder_ / "new" / "link");
        CPPUNIT_ASSERT(maildir_.waiting().empty());
    }

    void a_mail_that_is_too_long_is_not_read() {
        write(folder_ / "new" / "long", std::string(11, 'x'));
        CPPUNIT_ASSERT(!maildir_.read("long", 10));
        CPPUNIT_ASSERT(maildir_.read("long", 11));
    }

    void a_seen_mail_lies_in_cur_with_its_flag() {
        write(folder_ / "new" / "one", "x");
        maildir_.mark_seen("one");
        CPPUNIT_ASSERT(maildir_.waiting().empty());
        CPPUNIT_ASSERT(fs::exists(folder_ / "cur" / "one:2,S"));
    }

    void a_seen_mail_replaces_none_of_the_same_name() {
        write(folder_ / "cur" / "one:2,S", "first");
        write(folder_ / "new" / "one", "second");
        maildir_.mark_seen("one");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, files_in(folder_ / "cur"));
    }

    void a_mail_that_somebody_else_moved_is_no_trouble() {
        maildir_.mark_seen("gone");
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, files_in(folder_ / "cur"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MaildirTest);

class BounceIntakeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BounceIntakeTest);
    CPPUNIT_TEST(a_report_goes_to_the_plugin_and_to_cur);
    CPPUNIT_TEST(what_is_no_report_is_set_aside);
    CPPUNIT_TEST(a_mail_over_the_limit_is_set_aside_unread);
    CPPUNIT_TEST(a_fault_leaves_the_report_for_the_next_look);
    CPPUNIT_TEST(the_log_has_numbers_alone);
    CPPUNIT_TEST_SUITE_END();

    ppo_sim::TemporaryFolder temporary_{};
    const fs::path folder_ = temporary_.path();
    const ppo_sim::Maildir maildir_{folder_};

    static ppo_sim::TakeReport answering(ppo_result result) {
        return [result](const std::string&) {
            return ppo_sim::to_answer(result, ppo_sim::empty_error());
        };
    }

    void a_report_goes_to_the_plugin_and_to_cur() {
        maildir_.deliver("a report");
        std::string seen;
        const auto intake = ppo_sim::take_bounces(maildir_, [&](const std::string& report) {
            seen = report;
            return ppo_sim::to_answer(PPO_OK, ppo_sim::empty_error());
        });
        CPPUNIT_ASSERT_EQUAL(std::string{"a report"}, seen);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, intake.taken);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, files_in(folder_ / "cur"));
    }

    void what_is_no_report_is_set_aside() {
        maildir_.deliver("a letter from anna@b.example");
        const auto intake = ppo_sim::take_bounces(maildir_,
                                                  answering(PPO_REFUSED_NOT_A_DELIVERY_REPORT));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, intake.set_aside);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, files_in(folder_ / "cur"));
    }

    void a_mail_over_the_limit_is_set_aside_unread() {
        maildir_.deliver(std::string(1024 * 1024 + 1, 'x'));
        bool asked = false;
        const auto intake = ppo_sim::take_bounces(maildir_, [&](const std::string&) {
            asked = true;
            return ppo_sim::Answer{};
        });
        CPPUNIT_ASSERT(!asked);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, intake.set_aside);
        CPPUNIT_ASSERT(maildir_.waiting().empty());
    }

    void a_fault_leaves_the_report_for_the_next_look() {
        maildir_.deliver("a report");
        const auto intake = ppo_sim::take_bounces(maildir_, answering(PPO_FAULT_STORE));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, intake.left);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, maildir_.waiting().size());
    }

    void the_log_has_numbers_alone() {
        maildir_.deliver("a letter from anna@b.example");
        std::ostringstream log;
        ppo_sim::tell(ppo_sim::take_bounces(maildir_, answering(PPO_REFUSED_UNKNOWN_MAIL)), log);
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Bounces: 1 set aside, no delivery reports about mails of ours\n"},
            log.str());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BounceIntakeTest);

// SPDX-License-Identifier: Apache-2.0
#include "mail/folder_transport.hpp"

#include "mail/mail_message.hpp"
#include "mail/sample_mail.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

using namespace ppo;
using namespace ppo_test;
namespace fs = std::filesystem;

class FolderTransportTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FolderTransportTest);
    CPPUNIT_TEST(writes_the_message_into_one_file);
    CPPUNIT_TEST(file_and_folder_are_private);
    CPPUNIT_TEST(same_mail_again_makes_no_second_file);
    CPPUNIT_TEST(names_sort_by_date);
    CPPUNIT_TEST(message_id_cannot_leave_the_folder);
    CPPUNIT_TEST(unusable_folder_is_a_broken_relay);
    CPPUNIT_TEST(mail_that_cannot_be_written_has_failed);
    CPPUNIT_TEST(mail_leaves_when_its_file_appears);
    CPPUNIT_TEST(mail_that_does_not_leave_leaves_nothing_behind);
    CPPUNIT_TEST(one_thread_is_enough);
    CPPUNIT_TEST(walk_without_a_mail_tries_the_folder_and_leaves_nothing);
    CPPUNIT_TEST(walk_with_a_mail_writes_it);
    CPPUNIT_TEST(walk_says_what_is_wrong_with_the_folder);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        std::string name = fs::temp_directory_path() / "ppo-mail-XXXXXX";
        root_ = ::mkdtemp(name.data());
    }
    void tearDown() override { fs::remove_all(root_); }

private:
    fs::path root_{};

    [[nodiscard]] std::vector<fs::path> files() const {
        std::vector<fs::path> found;
        for (const auto& entry : fs::directory_iterator{root_ / "mails"})
            found.push_back(entry.path());
        return found;
    }

    void writes_the_message_into_one_file() {
        FolderTransport transport{root_ / "mails"};
        CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, files().size());
        std::ifstream file{files()[0], std::ios::binary};
        CPPUNIT_ASSERT_EQUAL(write_message(sample_mail()),
                             std::string(std::istreambuf_iterator<char>{file}, {}));
    }
    void file_and_folder_are_private() {
        FolderTransport transport{root_ / "mails"};
        CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Sent);
        CPPUNIT_ASSERT(fs::status(root_ / "mails").permissions() == fs::perms::owner_all);
        CPPUNIT_ASSERT(fs::status(files()[0]).permissions() ==
                       (fs::perms::owner_read | fs::perms::owner_write));
    }
    void same_mail_again_makes_no_second_file() {
        FolderTransport transport{root_ / "mails"};
        for (int i = 0; i < 2; ++i)
            CPPUNIT_ASSERT(transport.send(sample_mail(), [] {}).state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, files().size());
    }
    void names_sort_by_date() {
        auto later = sample_mail();
        later.date += std::chrono::seconds{1};
        later.message_id = "0@elm.example";
        CPPUNIT_ASSERT_EQUAL(std::string{"20261122T193000Z-0123456789abcdef_elm.example.eml"},
                             FolderTransport::file_name(sample_mail()));
        CPPUNIT_ASSERT(FolderTransport::file_name(sample_mail()) <
                       FolderTransport::file_name(later));
    }
    void message_id_cannot_leave_the_folder() {
        auto mail = sample_mail();
        mail.message_id = "../../etc/passwd@x";
        CPPUNIT_ASSERT(FolderTransport::file_name(mail).find('/') == std::string::npos);
    }
    void unusable_folder_is_a_broken_relay() {
        std::ofstream{root_ / "file"} << "in the way";
        FolderTransport transport{root_ / "file"};
        const auto delivery = transport.send(sample_mail(), [] {});
        CPPUNIT_ASSERT(delivery.state == DeliveryState::Deferred);
        CPPUNIT_ASSERT(delivery.relay_broken);
        CPPUNIT_ASSERT_EQUAL(std::string{"The mail folder cannot be written: Not a directory."},
                             delivery.reason);
    }
    void mail_that_cannot_be_written_has_failed() {
        FolderTransport transport{root_ / "mails"};
        auto mail = sample_mail();
        mail.recipient = "a@b.example\n";
        CPPUNIT_ASSERT(transport.send(mail, [] {}).state == DeliveryState::Failed);
        CPPUNIT_ASSERT(!fs::exists(root_ / "mails"));
    }
    void mail_leaves_when_its_file_appears() {
        FolderTransport transport{root_ / "mails"};
        const auto file = root_ / "mails" / FolderTransport::file_name(sample_mail());
        bool was_there = true;
        int times = 0;
        const auto delivery = transport.send(sample_mail(), [&] {
            was_there = fs::exists(file);
            ++times;
        });
        CPPUNIT_ASSERT(delivery.state == DeliveryState::Sent);
        CPPUNIT_ASSERT_EQUAL(1, times);
        CPPUNIT_ASSERT(!was_there && fs::exists(file));
    }
    void mail_that_does_not_leave_leaves_nothing_behind() {
        FolderTransport transport{root_ / "mails"};
        const auto stop = [] { throw std::logic_error{"the journal cannot be written"}; };
        CPPUNIT_ASSERT_THROW((void)transport.send(sample_mail(), stop), std::logic_error);
        CPPUNIT_ASSERT(files().empty());
    }
    void one_thread_is_enough() {
        CPPUNIT_ASSERT_EQUAL(1, FolderTransport{root_ / "mails"}.connections());
    }
    static std::vector<MailStep> walk(FolderTransport&& transport, const OutgoingMail* mail) {
        std::vector<MailStep> told;
        transport.walk(mail, [&told](const MailStep& step) { told.push_back(step); });
        return told;
    }
    void walk_without_a_mail_tries_the_folder_and_leaves_nothing() {
        const auto told = walk(FolderTransport{root_ / "mails"}, nullptr);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"folder"}, told[0].step);
        CPPUNIT_ASSERT(told[0].passed);
        CPPUNIT_ASSERT(fs::exists(root_ / "mails") && files().empty());
    }
    void walk_with_a_mail_writes_it() {
        const auto mail = sample_mail();
        CPPUNIT_ASSERT(walk(FolderTransport{root_ / "mails"}, &mail).at(0).passed);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, files().size());
    }
    void walk_says_what_is_wrong_with_the_folder() {
        std::ofstream{root_ / "file"} << "in the way";
        const auto told = walk(FolderTransport{root_ / "file"}, nullptr);
        CPPUNIT_ASSERT(!told.at(0).passed);
        CPPUNIT_ASSERT_EQUAL(
            std::string{"The mail folder cannot be written: Not a directory. "
                        "Check the path in the settings, and who may write there."},
            told[0].sentence);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FolderTransportTest);
